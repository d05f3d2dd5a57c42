// Makes the tables of field definitions in server/src/core/api/schema/*.generated.ts again:
//
//   node scripts/api-fields.mjs DATA API APIMACHINERY
//
// DATA holds two files that were read off a server's OpenAPI document and discovery: fields.json and resources.json.
// API and APIMACHINERY are the Go modules k8s.io/api and k8s.io/apimachinery of the server's version. With Go installed:
//
//   go mod download -json k8s.io/api@v0.36.2 k8s.io/apimachinery@v0.36.2     prints the directory of each
//
// The Go structs know what OpenAPI does not: order of fields, names of types, pointer or not, omitempty, embedding. The
// two are compared; a difference ends the script. Types that OpenAPI does not have are those that are only embedded.
//
// tables.generated.ts has one line for each type:
//
//   string Protocol types.UID                   names of scalar types, after what they are made of
//   ResourceList map[string]Quantity            a named map or list
//   ServicePort name=string? port=int32! …      a struct: fields in Go's order with their Go types
//
// Marks after a field's type: ? omitempty, ~ omitzero, ! required, @key the list is merged by this key, + merged as a set.
// `:VolumeSource` is an embedded struct. A name that two groups have is led by the group: discovery.EndpointPort.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KINDS = {
  v1: [
    'Service',
    'Endpoints',
    'Namespace',
    'ConfigMap',
    'Secret',
    'Pod',
    'ReplicationController',
    'PodTemplate',
    'ServiceAccount',
    'PersistentVolumeClaim',
  ],
  'apps/v1': ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  'batch/v1': ['Job', 'CronJob'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy', 'IPAddress', 'ServiceCIDR'],
};

/** Packages with the types above: how OpenAPI calls them, and where they are below API or APIMACHINERY. */
const PACKAGES = [
  { id: 'core', path: 'k8s.io/api/core/v1', openapi: 'io.k8s.api.core.v1' },
  { id: 'meta', path: 'k8s.io/apimachinery/pkg/apis/meta/v1', openapi: 'io.k8s.apimachinery.pkg.apis.meta.v1' },
  { id: 'apps', path: 'k8s.io/api/apps/v1', openapi: 'io.k8s.api.apps.v1' },
  { id: 'batch', path: 'k8s.io/api/batch/v1', openapi: 'io.k8s.api.batch.v1' },
  { id: 'discovery', path: 'k8s.io/api/discovery/v1', openapi: 'io.k8s.api.discovery.v1' },
  { id: 'networking', path: 'k8s.io/api/networking/v1', openapi: 'io.k8s.api.networking.v1' },
  { id: 'types', path: 'k8s.io/apimachinery/pkg/types', openapi: '' },
  { id: 'intstr', path: 'k8s.io/apimachinery/pkg/util/intstr', openapi: 'io.k8s.apimachinery.pkg.util.intstr' },
  { id: 'resource', path: 'k8s.io/apimachinery/pkg/api/resource', openapi: 'io.k8s.apimachinery.pkg.api.resource' },
  { id: 'runtime', path: 'k8s.io/apimachinery/pkg/runtime', openapi: 'io.k8s.apimachinery.pkg.runtime' },
];

/** Packages whose name Go prints as it is; all others are called v1. */
const PLAIN_PACKAGES = new Set(['types', 'intstr', 'resource', 'runtime']);

/** Types that read and write their JSON themselves. */
const SPECIAL = new Set(['IntOrString', 'Quantity', 'Time', 'MicroTime', 'Duration', 'FieldsV1', 'RawExtension']);

const SCALARS = new Set(['string', 'bool', 'int', 'int32', 'int64', 'float64', 'uint8', 'byte']);

const [data, api, apimachinery] = process.argv.slice(2);
if (data === undefined || api === undefined || apimachinery === undefined) {
  console.error('usage: node scripts/api-fields.mjs DATA API APIMACHINERY');
  process.exit(2);
}

/**
 * @typedef {{ json: string, type: string, marks: string, embedded: boolean }} Field
 * @typedef {{ package: string, name: string, fields?: Field[], type?: string }} GoType
 * @typedef {{ fields?: Record<string, string>, required?: string[] }} OpenApiType
 */

/** @type {{ kinds: Record<string, string>, types: Record<string, OpenApiType> }} */
const openapi = JSON.parse(readFileSync(join(data, 'fields.json'), 'utf8'));

/** @type {Map<string, GoType>} */
const goTypes = new Map(PACKAGES.flatMap(readPackage).map((type) => [`${type.package}.${type.name}`, type]));

/** @param {typeof PACKAGES[number]} source */
function readPackage({ id, path }) {
  const [, module = '', below = ''] = /^k8s\.io\/(api|apimachinery)\/(.*)$/.exec(path) ?? [];
  const directory = join((module === 'api' ? api : apimachinery) ?? '', below);
  return readdirSync(directory)
    .filter((name) => name.endsWith('.go') && !/_test\.go$|^zz_|generated/.test(name))
    .flatMap((name) => readTypes(id, readFileSync(join(directory, name), 'utf8')));
}

/**
 * @param {string} id
 * @param {string} text
 * @returns {GoType[]}
 */
function readTypes(id, text) {
  const aliases = importsOf(text);
  const resolve = (/** @type {string} */ type) => resolveType(type, id, aliases);
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/^type (\w+) (?:struct \{\n([\s\S]*?)^\}|([\w.[\]*]+)$)/gm)].map(([, name, body, type]) =>
    type === undefined
      ? { package: id, name: name ?? '', fields: fieldsOf(body ?? '', resolve) }
      : { package: id, name: name ?? '', type: resolve(type) },
  );
}

/**
 * Names that a file gives to the packages it imports.
 * @param {string} text
 */
function importsOf(text) {
  const block = /^import \(([\s\S]*?)^\)/m.exec(text)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/^\s*(\w+ )?"([^"]+)"$/gm)].flatMap(([, alias, path]) => {
      const source = PACKAGES.find((each) => each.path === path);
      return source === undefined ? [] : [[alias?.trim() ?? path?.split('/').at(-1) ?? '', source.id]];
    }),
  );
}

/**
 * A Go type with the packages' ids in place of the file's own names for them.
 * @param {string} type
 * @param {string} id
 * @param {Map<string, string>} aliases
 */
function resolveType(type, id, aliases) {
  return type.replaceAll(/(?<![\w.])(?:(\w+)\.)?(\w+)/g, (whole, alias, name) => {
    if (alias !== undefined) return `${aliases.get(alias) ?? alias}.${name}`;
    return SCALARS.has(name) || name === 'map' ? whole : `${id}.${name}`;
  });
}

/**
 * @param {string} body
 * @param {(type: string) => string} resolve
 * @returns {Field[]}
 */
function fieldsOf(body, resolve) {
  return body.split('\n').flatMap((line) => {
    const [, names, tags] = /^\s*(\S.*?)\s*`(.*)`\s*(?:\/\/.*)?$/.exec(line) ?? [];
    if (names === undefined || tags === undefined) return [];
    const [json = '', ...options] = (tagOf(tags, 'json') ?? '').split(',');
    const type = resolve(names.split(/\s+/).at(-1) ?? '');
    const embedded = options.includes('inline');
    if (!embedded && (json === '-' || json === '')) return [];
    return [{ json, type, marks: embedded ? '' : marksOf(tags, options), embedded }];
  });
}

/**
 * @param {string} tags
 * @param {string[]} options
 */
function marksOf(tags, options) {
  const merged = /merge/.test(tagOf(tags, 'patchStrategy') ?? '');
  const key = tagOf(tags, 'patchMergeKey');
  const merge = key === undefined ? '+' : `@${key}`;
  return `${options.includes('omitempty') ? '?' : ''}${options.includes('omitzero') ? '~' : ''}${merged ? merge : ''}`;
}

/**
 * @param {string} tags
 * @param {string} name
 */
function tagOf(tags, name) {
  return new RegExp(`(?:^|\\s)${name}:"([^"]*)"`).exec(tags)?.[1];
}

/** Every type that the kinds lead to, in the order in which they are met. */
function reachable() {
  const seen = new Set();
  const visit = (/** @type {string} */ name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const type = goTypes.get(name);
    if (type === undefined) throw new Error(`no Go type ${name}`);
    if (SPECIAL.has(type.name)) return;
    const types = type.fields?.map((field) => field.type) ?? [type.type ?? ''];
    for (const each of types.flatMap(namesIn)) visit(each);
  };
  for (const name of kindTypes().map(({ type }) => type)) visit(name);
  return [...seen];
}

function kindTypes() {
  return Object.entries(KINDS).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => ({ apiVersion, kind, type: typeOfKind(apiVersion, kind) })),
  );
}

/**
 * @param {string} apiVersion
 * @param {string} kind
 */
function typeOfKind(apiVersion, kind) {
  const name = openapi.kinds[`${apiVersion}/${kind}`];
  const source = PACKAGES.find((each) => name === `${each.openapi}.${kind}`);
  if (source === undefined) throw new Error(`no type for ${apiVersion} ${kind}`);
  return `${source.id}.${kind}`;
}

/** @param {string} type */
function namesIn(type) {
  return [...type.matchAll(/\w+\.\w+/g)].map(([name]) => name);
}

const names = reachable();
const short = new Map(names.map((name) => [name, shortName(name)]));

/**
 * A name that is used once goes without its package; of two, core's does.
 * @param {string} name
 */
function shortName(name) {
  const [id = '', plain = ''] = name.split('.');
  if (PLAIN_PACKAGES.has(id)) return SPECIAL.has(plain) ? plain : name;
  const others = names.filter((other) => other !== name && other.endsWith(`.${plain}`));
  return others.length === 0 || id === 'core' ? plain : name;
}

/** @param {string} type */
function shorten(type) {
  return type.replaceAll(/\w+\.\w+/g, (name) => short.get(name) ?? name);
}

/** @param {string} name */
function structLine(name) {
  const type = goTypes.get(name);
  const required = new Set(openApiOf(name)?.required);
  const fields = type?.fields?.map(({ json, type: of, marks, embedded }) =>
    embedded ? `:${shorten(of)}` : `${json}=${shorten(of)}${required.has(json) ? '!' : ''}${marks}`,
  );
  return [short.get(name), ...(fields ?? [])].join(' ');
}

/** @param {string} name */
function openApiOf(name) {
  const [id, plain] = name.split('.');
  return openapi.types[`${PACKAGES.find((each) => each.id === id)?.openapi}.${plain}`];
}

/** @param {(type: GoType) => boolean} accepts */
function namesWhere(accepts) {
  return names.filter((name) => {
    const type = goTypes.get(name);
    return type !== undefined && !SPECIAL.has(type.name) && accepts(type);
  });
}

function tableLines() {
  const scalars = namesWhere(({ type }) => SCALARS.has(type ?? ''));
  const bases = [...new Set(scalars.map((name) => goTypes.get(name)?.type ?? ''))].sort();
  return [
    ...bases.map((base) =>
      [base, ...scalars.filter((name) => goTypes.get(name)?.type === base).map(shorten)].join(' '),
    ),
    ...namesWhere(({ type }) => type !== undefined && !SCALARS.has(type)).map(
      (name) => `${shorten(name)} ${shorten(goTypes.get(name)?.type ?? '')}`,
    ),
    ...namesWhere(({ fields }) => fields !== undefined).map(structLine),
  ];
}

/**
 * The fields of a struct with those of the structs in it.
 * @param {string} name
 * @returns {string[]}
 */
function flatFields(name) {
  const fields = goTypes.get(name)?.fields ?? [];
  return fields.flatMap(({ json, type, embedded }) => (embedded ? flatFields(type) : [json]));
}

/** What the two sources do not agree on. */
function differences() {
  return namesWhere(({ fields }) => fields !== undefined).flatMap((name) => {
    const expected = openApiOf(name)?.fields;
    // Types that are only embedded are not in the OpenAPI document.
    if (expected === undefined) return names.some((other) => embeds(other, name)) ? [] : [`${name} is not in OpenAPI`];
    const found = new Set(flatFields(name));
    return [
      ...[...found].filter((field) => !(field in expected)).map((field) => `${name}.${field} is only in Go`),
      ...Object.keys(expected)
        .filter((field) => !found.has(field))
        .map((field) => `${name}.${field} is only in OpenAPI`),
    ];
  });
}

/**
 * @param {string} other
 * @param {string} name
 */
function embeds(other, name) {
  return goTypes.get(other)?.fields?.some(({ type, embedded }) => embedded && type === name) ?? false;
}

/**
 * @param {string} name
 * @param {string} comment
 * @param {string} constant
 * @param {string[]} lines
 */
function writeTable(name, comment, constant, lines) {
  const path = fileURLToPath(new URL(`../server/src/core/api/schema/${name}`, import.meta.url));
  const text = lines.join('\n').replaceAll(/[`\\$]/g, '\\$&');
  writeFileSync(
    path,
    `// Made by scripts/api-fields.mjs.\n\n/** ${comment} */\nexport const ${constant} = \`${text}\`;\n`,
  );
  console.log(`wrote ${path}: ${lines.length} lines, ${text.length} bytes`);
}

/** @type {{ apiVersion: string, kind: string, plural: string, namespaced: boolean }[]} */
const resources = JSON.parse(readFileSync(join(data, 'resources.json'), 'utf8'));

const found = differences();
for (const difference of found) console.error(difference);
if (found.length > 0) process.exit(1);

const kindLines = kindTypes().map(({ apiVersion, kind, type }) => `${apiVersion} ${kind} ${shorten(type)}`);
writeTable('tables.generated.ts', 'Kinds, then types; scripts/api-fields.mjs explains the form.', 'TABLES', [
  ...kindLines,
  '',
  ...tableLines(),
]);
writeTable(
  'resources.generated.ts',
  'Every kind of the server: apiVersion, then `Kind plural`, `*` if it has no namespace.',
  'RESOURCES',
  [...new Set(resources.map(({ apiVersion }) => apiVersion))].map((version) =>
    [
      version,
      ...resources
        .filter(({ apiVersion }) => apiVersion === version)
        .map(({ kind, plural, namespaced }) => `${kind}=${plural}${namespaced ? '' : '*'}`),
    ].join(' '),
  ),
);
