import type { FieldPath } from '../../yaml/index.ts';
import { TypeTables } from './parse.ts';
import { RESOURCES } from './resources.generated.ts';
import { TABLES } from './tables.generated.ts';
import { pointedTo, type SchemaField, type SchemaType, type StructType } from './types.ts';

/** Fields of the kinds that this library decodes, those of Kubernetes 1.36 (k8s.io/api, k8s.io/apimachinery). */
const tables = new TypeTables(TABLES);

/** A struct by the name that Go gives it; a name that several groups have is led by its group: `discovery.EndpointPort`. */
export function findType(name: string): StructType | undefined {
  return tables.findStruct(name);
}

/** The struct of a kind's objects; undefined for kinds that are not in the tables. */
export function typeOfKind(apiVersion: string, kind: string): StructType | undefined {
  const name = tables.nameOfKind(apiVersion, kind);
  return name === undefined ? undefined : tables.findStruct(name);
}

/** Every kind in the tables. */
export function knownKinds(): readonly (readonly [apiVersion: string, kind: string])[] {
  return tables.kinds();
}

/** The type of the value at a path, without the pointer to it; undefined where the kind has no such field. */
export function typeAt(apiVersion: string, kind: string, path: FieldPath): SchemaType | undefined {
  let type: SchemaType | undefined = typeOfKind(apiVersion, kind);
  for (const step of path) type = type === undefined ? undefined : typeBelow(type, step);
  return type === undefined ? undefined : pointedTo(type);
}

/** The type one step further; undefined where there is none. */
export function typeBelow(type: SchemaType, step: string | number): SchemaType | undefined {
  const whole = pointedTo(type);
  if (whole.kind === 'list') return typeof step === 'number' ? whole.item : undefined;
  if (typeof step === 'number') return undefined;
  return whole.kind === 'map' ? whole.value : whole.kind === 'struct' ? whole.byName.get(step)?.type : undefined;
}

/**
 * The field that a path leads to, whose last step is the field's name. Undefined for items of lists, keys of maps, and fields that
 * the kind does not have.
 */
export function fieldAt(apiVersion: string, kind: string, path: FieldPath): SchemaField | undefined {
  const name = path.at(-1);
  const parent = typeAt(apiVersion, kind, path.slice(0, -1));
  return parent?.kind === 'struct' && typeof name === 'string' ? parent.byName.get(name) : undefined;
}

/** How the server names the objects of a kind in its URLs. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Every resource of the server: in the table `Deployment=deployments`, with a star behind those without a namespace. */
const ALL_RESOURCES: readonly Resource[] = RESOURCES.split('\n').flatMap((line) => {
  const [apiVersion = '', ...tokens] = line.split(' ');
  return tokens.map((token): Resource => {
    const [kind = '', plural = ''] = token.split('=');
    return { apiVersion, kind, plural: plural.replace('*', ''), namespaced: !plural.endsWith('*') };
  });
});

const BY_KIND: ReadonlyMap<string, Resource> = new Map(
  ALL_RESOURCES.map((each) => [`${each.apiVersion}/${each.kind}`, each]),
);

const GROUPS: ReadonlySet<string> = new Set([
  'extensions',
  ...ALL_RESOURCES.map(({ apiVersion }) => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))),
]);

/** The resource of any kind that the server has built in, in the tables above or not. */
export function findResource(apiVersion: string, kind: string): Resource | undefined {
  return BY_KIND.get(`${apiVersion}/${kind}`);
}

/** The kind and the namespace that a URL is for: `/apis/apps/v1/namespaces/shop/deployments`. Undefined for any other text. */
export function resourceOfPath(
  path: string,
): { readonly apiVersion: string; readonly kind: string; readonly namespace: string } | undefined {
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(path);
  if (match === null) return undefined;
  const [, group, version = '', namespace = '', plural = ''] = match;
  const apiVersion = group === undefined ? version : `${group}/${version}`;
  const found = ALL_RESOURCES.find((each) => each.apiVersion === apiVersion && each.plural === plural);
  return found === undefined ? undefined : { apiVersion, kind: found.kind, namespace };
}

/** The resources of a kind in all versions that the server has, whatever the case of the kind's letters. */
export function resourcesOfKind(kind: string): readonly Resource[] {
  return ALL_RESOURCES.filter((each) => each.kind.toLowerCase() === kind.toLowerCase());
}

/** Every resource of the server. */
export function servedResources(): readonly Resource[] {
  return ALL_RESOURCES;
}

/** Whether an API group is one that the server has or once had itself, not one of a custom resource. */
export function isBuiltInGroup(group: string): boolean {
  return GROUPS.has(group);
}
