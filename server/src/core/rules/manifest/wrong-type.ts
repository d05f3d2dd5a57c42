import type { Resource, TypeProblem } from '../../manifest/index.ts';
import { findNode, renderPath, type YamlScalar } from '../../yaml/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A value that the API server cannot decode into its field. */
export const rule = defineRule({
  id: 'manifest/wrong-type',
  severity: 'error',
  resource: 'any',
  check: (resource) =>
    resource.problems.map((problem) => ({
      path: problem.path,
      message: `${renderPath(problem.path)} takes ${problem.expected}, and this is ${problem.found}. The API server rejects it.`,
      fixes: quoteFix(resource, problem),
    })),
});

/** A plain scalar where a string belongs only lacks its quotes. */
function quoteFix(resource: Resource, { path, expected }: TypeProblem): readonly Fix[] {
  const node = findNode(resource.document.root, path);
  if (expected !== 'a string' || node?.kind !== 'scalar') return [];
  const text = sourceOf(resource, node);
  return [
    {
      title: `Write "${text}" in quotes`,
      kind: 'safe',
      edits: [{ resource, edit: { op: 'replace', path, value: text } }],
    },
  ];
}

function sourceOf(resource: Resource, node: YamlScalar): string {
  return resource.document.text.slice(node.range.start, node.range.end);
}
