import { CURRENT_VERSION, findResource, isBuiltInGroup, resourcesOfKind } from '../../api/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import { apiVersionOf, type Resource } from '../../manifest/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

/** A kind that the API server does not have in this version: removed, in another group, or spelt in another case. */
export const rule = defineRule({
  id: 'manifest/unknown-version',
  severity: 'warning',
  resource: 'any',
  check: (resource, cluster) => {
    if (findResource(apiVersionOf(resource), resource.kind) !== undefined) return [];
    if (!isBuiltInGroup(resource.group) || !mayKnowAll(cluster)) return [];
    const known = resourcesOfKind(resource.kind);
    return known.length === 0 ? [] : [findingFor(resource, known)];
  },
});

/** Older servers have versions that ours does not know. */
function mayKnowAll({ settings }: Cluster): boolean {
  return settings.kubernetesVersion >= CURRENT_VERSION;
}

function findingFor(resource: Resource, known: ReturnType<typeof resourcesOfKind>): RuleFinding {
  const apiVersion = apiVersionOf(resource);
  const here = known.find((each) => each.apiVersion === apiVersion);
  const kubectl = `kubectl: no matches for kind "${resource.kind}" in version "${apiVersion}"`;
  if (here !== undefined) {
    const message = `The kind is written ${here.kind}. ${kubectl}.`;
    return { path: [...resource.path, 'kind'], message, fixes: fixes(resource, 'kind', [here.kind]) };
  }
  const versions = known.map((each) => each.apiVersion);
  const message = `Kubernetes 1.${CURRENT_VERSION} has no ${resource.kind} in ${apiVersion}, but in ${versions.join(' and ')}. ${kubectl}.`;
  return { path: [...resource.path, 'apiVersion'], message, fixes: fixes(resource, 'apiVersion', versions) };
}

function fixes(resource: Resource, field: string, values: readonly string[]): readonly Fix[] {
  return values.map((value) => ({
    title: `Use ${value}`,
    kind: 'suggested',
    edits: [{ resource, edit: { op: 'replace', path: [...resource.path, field], value } }],
  }));
}
