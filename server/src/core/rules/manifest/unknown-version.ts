import {
  CURRENT_VERSION,
  findResource,
  invalidType,
  isBuiltInGroup,
  resourcesOfKind,
  servedResources,
} from '../../api/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import { apiVersionOf, type Resource } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import { findNode } from '../../yaml/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

/** A kind that the API server does not have in this version: removed, in another group, in other letters, or misspelt. */
export const rule = defineRule({
  id: 'manifest/unknown-version',
  severity: 'warning',
  resource: 'any',
  check: (resource, cluster) => {
    const apiVersion = apiVersionOf(resource);
    const invalid = invalidType({ apiVersion, kind: resource.kind });
    if (invalid !== undefined) return [noVersion(resource, invalid)];
    if (findResource(apiVersion, resource.kind) !== undefined) return [];
    if (!isBuiltInGroup(resource.group) || !mayKnowAll(cluster)) return [];
    const known = resourcesOfKind(resource.kind);
    if (known.length > 0) return [findingFor(resource, known)];
    return isOfNoVersion(resource) ? [noKind(resource)] : [];
  },
});

type KnownKinds = ReturnType<typeof resourcesOfKind>;

/** Older servers have versions that ours does not know. */
function mayKnowAll({ settings }: Cluster): boolean {
  return settings.kubernetesVersion >= CURRENT_VERSION;
}

function findingFor(resource: Resource, known: KnownKinds): RuleFinding {
  const apiVersion = apiVersionOf(resource);
  const here = known.find((each) => each.apiVersion === apiVersion);
  const kubectl = noMatches(resource);
  if (here !== undefined) {
    const message = `The kind is written ${here.kind}. ${kubectl}.`;
    return { path: [...resource.path, 'kind'], message, fixes: fixes(resource, 'kind', [here.kind]) };
  }
  const versions = known.map((each) => each.apiVersion);
  const message = `Kubernetes 1.${CURRENT_VERSION} has no ${resource.kind} in ${apiVersion}, but in ${versions.join(' and ')}. ${kubectl}.`;
  return { path: [...resource.path, 'apiVersion'], message, fixes: fixes(resource, 'apiVersion', versions) };
}

/** What kubectl says if the server's discovery lists no such kind (apimachinery/pkg/api/meta/errors.go, NoKindMatchError). */
function noMatches(resource: Resource): string {
  return `kubectl: no matches for kind "${resource.kind}" in version "${apiVersionOf(resource)}"`;
}

function fixes(resource: Resource, field: string, values: readonly string[]): readonly Fix[] {
  return values.map((value) => fixOf(resource, `Use ${value}`, { [field]: value }));
}

function fixOf(resource: Resource, title: string, values: Readonly<Record<string, string>>): Fix {
  const edits = Object.entries(values).map(
    ([field, value]) => ({ resource, edit: { op: 'replace', path: [...resource.path, field], value } }) as const,
  );
  return { title, kind: 'suggested', edits };
}

/** An apiVersion that is no group and version. */
function noVersion(resource: Resource, problem: string): RuleFinding {
  const known = resourcesOfKind(resource.kind).filter(({ kind }) => kind === resource.kind);
  const versions = known.map(({ apiVersion }) => apiVersion);
  return {
    path: [...resource.path, 'apiVersion'],
    severity: 'error',
    message: `An apiVersion is a group and a version, such as apps/v1, so kubectl does not send this: ${problem}.`,
    fixes: fixes(resource, 'apiVersion', versions),
  };
}

/**
 * Versions of alpha and beta can be switched on and may have more kinds. Other programs have an `apiVersion: v1` in their
 * configuration too, but no names.
 */
function isOfNoVersion(resource: Resource): boolean {
  const isStable = resource.group === '' ? resource.version === 'v1' : /^v\d+$/.test(resource.version);
  const isElsewhere = resource.group === '' && OF_OPENSHIFT.has(resource.kind);
  return isStable && isNamed(resource) && !isElsewhere && !SUBRESOURCES.includes(resource.kind);
}

function isNamed({ name, document, path }: Resource): boolean {
  return name !== '' || findNode(document.root, [...path, 'metadata', 'generateName']) !== undefined;
}

/** Kinds that only part of another object's URL takes, `pods/cart/eviction`: not what kubectl applies, but no mistake either. */
const SUBRESOURCES: readonly string[] = ['Eviction', 'Scale', 'TokenRequest'];

/** OpenShift had its own kinds in the core group at first, and still takes them there. */
const OF_OPENSHIFT: ReadonlySet<string> = new Set([
  'Build',
  'BuildConfig',
  'ClusterNetwork',
  'DeploymentConfig',
  'EgressNetworkPolicy',
  'Group',
  'HostSubnet',
  'Identity',
  'Image',
  'ImageStream',
  'ImageStreamImport',
  'ImageStreamTag',
  'NetNamespace',
  'OAuthClient',
  'Project',
  'ProjectRequest',
  'Route',
  'SecurityContextConstraints',
  'Template',
  'User',
]);

function noKind(resource: Resource): RuleFinding {
  const similar = similarTo(resource);
  const question = similar === undefined ? '' : ` Did you mean ${describe(resource, similar)}?`;
  const message = `Kubernetes 1.${CURRENT_VERSION} has no kind ${resource.kind}.${question} ${noMatches(resource)}.`;
  const path = [...resource.path, 'kind'];
  return { path, severity: 'error', message, fixes: similar === undefined ? [] : [useOf(resource, similar)] };
}

/** Of the version first, then of the group, then of any. */
function similarTo(resource: Resource): KnownKinds[number] | undefined {
  const all = servedResources();
  const inGroup = (apiVersion: string) => apiVersion.startsWith(`${resource.group}/`);
  const circles = [
    all.filter(({ apiVersion }) => apiVersion === apiVersionOf(resource)),
    all.filter(({ apiVersion }) => inGroup(apiVersion)),
    all,
  ];
  for (const circle of circles) {
    const kinds = circle.map(({ kind }) => kind);
    const meant = findMostSimilar(resource.kind, kinds, LIKE);
    if (meant !== undefined) return circle.find(({ kind }) => kind === meant);
  }
  return undefined;
}

/** Kinds share many a syllable. */
const LIKE = 0.7;

function describe(resource: Resource, { apiVersion, kind }: KnownKinds[number]): string {
  return apiVersion === apiVersionOf(resource) ? kind : `${kind} of ${apiVersion}`;
}

function useOf(resource: Resource, similar: KnownKinds[number]): Fix {
  const { apiVersion, kind } = similar;
  const isHere = apiVersion === apiVersionOf(resource);
  return fixOf(resource, `Use ${describe(resource, similar)}`, isHere ? { kind } : { apiVersion, kind });
}
