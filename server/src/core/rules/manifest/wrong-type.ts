import { apiAnswerTo } from '../../cluster/index.ts';
import type { Resource, TypeProblem } from '../../manifest/index.ts';
import { findNode, type JsonType, jsonTypeOf, renderPath, type YamlScalar } from '../../yaml/index.ts';
import { defineRule, type Fix } from '../rule.ts';

/** A value that cannot be decoded into its field, in an object of which the rules `api/…` do not know the server's answer. */
export const rule = defineRule({
  id: 'manifest/wrong-type',
  severity: 'error',
  resource: 'any',
  check: (resource, cluster) => {
    if (resource.problems.length === 0 || apiAnswerTo(cluster, resource) !== undefined) return [];
    return resource.problems.map((problem) => ({
      path: problem.path,
      message: `${renderPath(problem.path)} takes ${problem.expected}, and this is ${problem.found}. The API server rejects it.`,
      fixes: quoteFix(resource, problem),
      isSchemaCheck: isSchemaFault(resource, problem),
    }));
  },
});

/** What reads YAML 1.2 takes `yes` for a text, and shows nothing where the schema wants one. */
function isSchemaFault(resource: Resource, { path, expected }: TypeProblem): boolean {
  const node = findNode(resource.document.root, path);
  return node !== undefined && !(JSON_TYPES[expected]?.includes(jsonTypeOf(node)) ?? true);
}

const JSON_TYPES: Readonly<Record<string, readonly JsonType[]>> = {
  'a string': ['string'],
  'an integer': ['integer'],
  'an integer or a string': ['integer', 'string'],
  'a quantity': ['integer', 'number', 'string'],
  'true or false': ['boolean'],
  'a list': ['array'],
  'a mapping': ['object'],
};

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
