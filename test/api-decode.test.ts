import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../server/src/core/api/decode.ts';
import { encode, encodeType } from '../server/src/core/api/encode.ts';
import type { Json } from '../server/src/core/api/json.ts';
import {
  fieldAt,
  findResource,
  findType,
  knownKinds,
  typeAt,
  typeOfKind,
} from '../server/src/core/api/schema/schema.ts';
import { describeType, type SchemaType, type StructType } from '../server/src/core/api/schema/types.ts';

type Kind = readonly [apiVersion: string, kind: string];
type Case = readonly [name: string, body: Json, message: string];

const SERVICE: Kind = ['v1', 'Service'];
const CONFIG_MAP: Kind = ['v1', 'ConfigMap'];
const CLAIM: Kind = ['v1', 'PersistentVolumeClaim'];
const INGRESS: Kind = ['networking.k8s.io/v1', 'Ingress'];

function problemsOf([apiVersion, kind]: Kind, value: Json) {
  const result = decode(apiVersion, kind, value);
  return result.type === 'failure' ? result.problems : [];
}

/** The server's answer, without its beginning if that is the usual one. Empty if it takes the object. */
function messageOf([apiVersion, kind]: Kind, value: Json): string {
  const result = decode(apiVersion, kind, value);
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const beginning = `${kind} in version "${version}" cannot be handled as a ${kind}: `;
  return result.type === 'failure' ? result.message.replace(beginning, '… ') : '';
}

/** The decoded object without what is always there. */
function decoded([apiVersion, kind]: Kind, body: Json): Json {
  const result = decode(apiVersion, kind, body);
  if (result.type !== 'object') throw new Error(JSON.stringify(result));
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...rest } = result.object;
  return (Object.keys(metadata).length === 0 ? rest : { metadata, ...rest }) as Json;
}

const INTO = '… json: cannot unmarshal';

describe('wrong types', () => {
  test.each<Case>([
    [
      'text',
      { spec: { clusterIP: 1 } },
      `${INTO} number into Go struct field ServiceSpec.spec.clusterIP of type string`,
    ],
    [
      'named text',
      { spec: { type: [] } },
      `${INTO} array into Go struct field ServiceSpec.spec.type of type v1.ServiceType`,
    ],
    [
      'text of another package',
      { metadata: { uid: {} } },
      `${INTO} object into Go struct field ObjectMeta.metadata.uid of type types.UID`,
    ],
    ['struct', { spec: 'x' }, `${INTO} string into Go struct field Service.spec of type v1.ServiceSpec`],
    [
      'pointer',
      { spec: { ipFamilyPolicy: true } },
      `${INTO} bool into Go struct field ServiceSpec.spec.ipFamilyPolicy of type v1.IPFamilyPolicy`,
    ],
    [
      'list',
      { spec: { ports: {} } },
      `${INTO} object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort`,
    ],
    [
      'item',
      { spec: { ports: [{ port: 1 }, 5] } },
      `${INTO} number into Go struct field ServiceSpec.spec.ports of type v1.ServicePort`,
    ],
    [
      'field of an item',
      { spec: { ports: [{ port: '80' }] } },
      `${INTO} string into Go struct field ServicePort.spec.ports.port of type int32`,
    ],
    [
      'map',
      { spec: { selector: [] } },
      `${INTO} array into Go struct field ServiceSpec.spec.selector of type map[string]string`,
    ],
    [
      'value of a map',
      { metadata: { labels: { a: 1 } } },
      `${INTO} number into Go struct field ObjectMeta.metadata.labels of type string`,
    ],
    [
      'fraction',
      { spec: { healthCheckNodePort: 1.5 } },
      `${INTO} number 1.5 into Go struct field ServiceSpec.spec.healthCheckNodePort of type int32`,
    ],
    [
      'too large',
      { spec: { ports: [{ port: 2147483648 }] } },
      `${INTO} number 2147483648 into Go struct field ServicePort.spec.ports.port of type int32`,
    ],
    [
      'larger than 64 bits',
      { metadata: { generation: 1e20 } },
      `${INTO} number 100000000000000000000 into Go struct field ObjectMeta.metadata.generation of type int64`,
    ],
    [
      'neither number nor text',
      { spec: { ports: [{ targetPort: true }] } },
      `${INTO} bool into Go struct field ServicePort.spec.ports.targetPort of type int32`,
    ],
    [
      'time',
      { metadata: { creationTimestamp: 5 } },
      `${INTO} number into Go struct field ObjectMeta.metadata.creationTimestamp of type string`,
    ],
  ])('%s', (_, body, message) => expect(messageOf(SERVICE, body)).toBe(message));

  test('embedded structs are named', () => {
    const body = { spec: { rules: [{ http: { paths: [{ backend: { service: [] } }] } }] } };
    expect(messageOf(INGRESS, body)).toBe(
      `${INTO} array into Go struct field IngressBackend.spec.rules.IngressRuleValue.http.paths.backend.service of type v1.IngressServiceBackend`,
    );
    expect(messageOf(['v1', 'Pod'], { spec: { volumes: [{ emptyDir: 1 }] } })).toBe(
      `${INTO} number into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource`,
    );
  });

  test('the first one is told, all are found', () => {
    const body = { metadata: { name: 1 }, spec: { clusterIP: 2, ports: [{ port: '80', nodePort: null }] } };
    expect(messageOf(SERVICE, body)).toContain('ObjectMeta.metadata.name');
    expect(problemsOf(SERVICE, body)).toMatchObject([
      { kind: 'wrong-type', path: ['metadata', 'name'], expected: 'text', found: 'number' },
      { kind: 'wrong-type', path: ['spec', 'clusterIP'] },
      { kind: 'wrong-type', path: ['spec', 'ports', 0, 'port'], expected: 'whole number', found: 'string' },
    ]);
  });

  test('a type that reads itself ends the decoding, so it is told first', () => {
    const body = { metadata: { name: 1 }, spec: { x: 1, ports: [{ targetPort: 1.5 }] } };
    expect(messageOf(SERVICE, body)).toBe(
      `${INTO} number 1.5 into Go struct field ServicePort.spec.ports.targetPort of type int32`,
    );
    expect(problemsOf(SERVICE, body).map(({ path }) => path.at(-1))).toEqual(['targetPort', 'name', 'x']);
  });
});

describe('unknown fields', () => {
  test.each<Case>([
    ['one', { spec: { slector: {} } }, '… strict decoding error: unknown field "spec.slector"'],
    [
      'several, in their order',
      { zone: 1, metadata: { Name: 'x' }, spec: { ports: [{}, { prt: 1 }] }, abc: { spec: 1 } },
      '… strict decoding error: unknown field "zone", unknown field "metadata.Name", unknown field "spec.ports[1].prt", unknown field "abc"',
    ],
    ['the case counts', { Spec: {} }, '… strict decoding error: unknown field "Spec"'],
    ['their values do not', { foo: { port: [] }, spec: { ports: [] } }, '… strict decoding error: unknown field "foo"'],
    [
      'wrong types come before',
      { foo: 1, spec: [] },
      `${INTO} array into Go struct field Service.spec of type v1.ServiceSpec`,
    ],
    ['maps have any', { metadata: { labels: { Spec: 'x' } } }, ''],
    [
      'no more than a hundred',
      { ...many(120) },
      `… strict decoding error: ${Object.keys(many(100))
        .map((name) => `unknown field "${name}"`)
        .join(', ')}`,
    ],
  ])('%s', (_, body, message) => expect(messageOf(SERVICE, body)).toBe(message));

  test('in structs below maps and lists', () => {
    const body = { spec: { template: { spec: { containers: [{ name: 'c', ports: [{ containerport: 80 }] }] } } } };
    expect(problemsOf(['apps/v1', 'Deployment'], body)).toEqual([
      {
        kind: 'unknown-field',
        path: ['spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'containerport'],
        message: 'unknown field "spec.template.spec.containers[0].ports[0].containerport"',
        expected: '',
        found: '',
        stops: false,
      },
    ]);
  });
});

function many(count: number): Readonly<Record<string, Json>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, index]));
}

describe('values that are no time, quantity or base64 text', () => {
  const asTime = (text: string, value: string, element: string) =>
    `… parsing time "${text}" as "2006-01-02T15:04:05Z07:00": cannot parse "${value}" as "${element}"`;

  test.each<Case>([
    ['date alone', '2026-01-01', asTime('2026-01-01', '', 'T')],
    ['nothing', '', asTime('', '', '2006')],
    ['space', '2026-01-01 10:00:00Z', asTime('2026-01-01 10:00:00Z', ' 10:00:00Z', 'T')],
    ['no zone', '2026-01-01T10:00:00', asTime('2026-01-01T10:00:00', '', 'Z07:00')],
    ['month', '2026-13-01T10:00:00Z', '… parsing time "2026-13-01T10:00:00Z": month out of range'],
    ['day', '2026-02-29T10:00:00Z', '… parsing time "2026-02-29T10:00:00Z": day out of range'],
    ['more', '2026-02-28T10:00:00Zx', '… parsing time "2026-02-28T10:00:00Zx": extra text: "x"'],
    ['not ASCII', 'ü', asTime('\\xc3\\xbc', '\\xc3\\xbc', '2006')],
  ])('time: %s', (_, text, message) =>
    expect(messageOf(CONFIG_MAP, { metadata: { deletionTimestamp: text } })).toBe(message),
  );

  test.each<Case>([
    ['words', 'much', "… quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    [
      'another type',
      true,
      "… quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    ['suffix', '1ki', "… unable to parse quantity's suffix"],
    ['no number', 'e-20', '… unable to parse numeric part of quantity'],
  ])('quantity: %s', (_, value, message) =>
    expect(messageOf(CLAIM, { spec: { resources: { requests: { storage: value } } } })).toBe(message),
  );

  test.each<Case>([
    ['sign', 'a-b=', '… illegal base64 data at input byte 1'],
    ['too short', 'QUJDQ', '… illegal base64 data at input byte 4'],
    ['no padding', 'QQ', '… illegal base64 data at input byte 0'],
    ['one equals sign of two', 'QQ=', '… illegal base64 data at input byte 3'],
    ['more after the end', 'QQ==QQ==', '… illegal base64 data at input byte 4'],
    ['another type', {}, `${INTO} object into Go struct field ConfigMap.binaryData of type []uint8`],
  ])('base64: %s', (_, value, message) => expect(messageOf(CONFIG_MAP, { binaryData: { a: value } })).toBe(message));
});

describe('the object’s own kind', () => {
  const UNRECOGNIZED = 'the object provided is unrecognized (must be of type Service): ';

  test.each<Case>([
    ['is that of the URL if it is missing', { apiVersion: null, kind: '' }, ''],
    [
      'is found in any case',
      { Kind: 'Foo' },
      'Foo in version "v1" cannot be handled as a Service: no kind "Foo" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      'must be known in the version',
      { apiVersion: 'apps/v1' },
      '… no kind "Service" is registered for version "apps/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      'must fit',
      { kind: 'Pod', x: 1 },
      'Pod in version "v1" cannot be handled as a Service: converting (v1.Pod) to (core.Service): unknown conversion',
    ],
    [
      'counts for the fields',
      { kind: 'Secret', data: 5 },
      'Secret in version "v1" cannot be handled as a Service: json: cannot unmarshal number into Go struct field Secret.data of type map[string][]uint8',
    ],
    [
      'must be a text',
      { kind: 5 },
      `${UNRECOGNIZED}couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({"kind":5})`,
    ],
    [
      'has one slash at most',
      { apiVersion: 'a/b/c', kind: 'Service' },
      `${UNRECOGNIZED}unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)`,
    ],
    [
      'has a version',
      { apiVersion: 'foo/' },
      'Service in version "" cannot be handled as a Service: Object \'apiVersion\' is missing in \'{"apiVersion":"foo/"}\'',
    ],
    [
      'is looked for in objects only',
      [1],
      `${UNRECOGNIZED}couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (5b315d)`,
    ],
  ])('%s', (_, value, message) => expect(messageOf(SERVICE, value)).toBe(message));

  test('in an old version is read, but not taken', () => {
    expect(messageOf(INGRESS, { apiVersion: 'extensions/v1beta1', kind: 'Ingress' })).toBe(
      'the API version in the data (extensions/v1beta1) does not match the expected API version (networking.k8s.io/v1)',
    );
  });

  test('that nobody knows is not decoded', () => {
    expect(decode('example.com/v1', 'Foo', {})).toEqual({ type: 'unknown-kind' });
    expect(decode('constructor', 'toString', { apiVersion: '__proto__' })).toEqual({ type: 'unknown-kind' });
  });
});

describe('decoded objects', () => {
  test.each<readonly [string, Kind, Json, Json]>([
    ['have no nulls', SERVICE, { metadata: null, spec: { ports: null, type: null } }, {}],
    [
      'have no zero values',
      SERVICE,
      { spec: { type: '', healthCheckNodePort: 0, ports: [], publishNotReadyAddresses: false } },
      {},
    ],
    [
      'keep them where pointers are',
      SERVICE,
      { spec: { ipFamilyPolicy: '', allocateLoadBalancerNodePorts: false, sessionAffinityConfig: {} } },
      { spec: { ipFamilyPolicy: '', allocateLoadBalancerNodePorts: false, sessionAffinityConfig: {} } },
    ],
    [
      'keep items',
      SERVICE,
      { metadata: { finalizers: [null] }, spec: { ports: [null, {}] } },
      { metadata: { finalizers: [''] }, spec: { ports: [{}, {}] } },
    ],
    ['keep keys', SERVICE, { spec: { selector: { a: null, b: '' } } }, { spec: { selector: { a: '', b: '' } } }],
    [
      'tell 0 from the empty text',
      SERVICE,
      { spec: { ports: [{ targetPort: 0 }, { targetPort: '' }] } },
      { spec: { ports: [{}, { targetPort: '' }] } },
    ],
    [
      'have times in UTC and seconds',
      CONFIG_MAP,
      { metadata: { creationTimestamp: '2026-03-01T00:30:00.9+01:00' } },
      { metadata: { creationTimestamp: '2026-02-28T23:30:00Z' } },
    ],
    [
      'have no time at the beginning of time',
      CONFIG_MAP,
      { metadata: { creationTimestamp: '0001-01-01T00:00:00Z' } },
      {},
    ],
    [
      'have base64 as Go writes it',
      CONFIG_MAP,
      { binaryData: { a: 'QUI\n=', b: [65, 66], c: null } },
      { binaryData: { a: 'QUI=', b: 'QUI=', c: '' } },
    ],
  ])('%s', (_, kind, body, expected) => expect(decoded(kind, body)).toEqual(expected));

  test('keep keys that JavaScript knows', () => {
    const labels = JSON.parse('{"__proto__":"a","constructor":"b"}');
    expect(JSON.stringify(decoded(SERVICE, { metadata: { labels } }))).toBe(JSON.stringify({ metadata: { labels } }));
  });

  test.each([
    ['1', '1'],
    [1, '1'],
    ['0.5', '500m'],
    ['1500m', '1500m'],
    ['1.500', '1.500'],
    ['1.50', '1500m'],
    ['1000k', '1M'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['1.3Ki', '1331200m'],
    ['100e3', '100e3'],
    ['12e4', '120e3'],
    ['0.0000000001', '1n'],
    ['-0.5', '-500m'],
    ['9000Ei', '9223372036854775807'],
    ['12345678901234567890', '12345678901234567890'],
    ['0Mi', '0'],
    ['0e99999', '0'],
    ['E181024', '0'],
    ['+', '0'],
  ])('have the quantity %s as %s', (written, printed) => {
    const body = (storage: string | number) => ({ spec: { resources: { requests: { storage } } } });
    expect(decoded(CLAIM, body(written))).toEqual(body(printed));
  });
});

describe('encoded objects', () => {
  test('have Go’s order, sorted maps, and what is always printed', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { labels: { b: '1', a: '2', B: '3' }, name: 'x' },
      spec: { type: 'ClusterIP', ports: [{ port: 80, name: 'a' }, {}], selector: {} },
    };
    expect(JSON.stringify(encode('v1', 'Service', object))).toBe(
      '{"kind":"Service","apiVersion":"v1","metadata":{"name":"x","labels":{"B":"3","a":"2","b":"1"}},' +
        '"spec":{"ports":[{"name":"a","port":80,"targetPort":0},{"port":0,"targetPort":0}],"type":"ClusterIP"},' +
        '"status":{"loadBalancer":{}}}',
    );
  });

  test('have null for lists that are always printed', () => {
    expect(encode('discovery.k8s.io/v1', 'EndpointSlice', { endpoints: [], metadata: {} })).toEqual({
      metadata: {},
      addressType: '',
      endpoints: null,
      ports: null,
    });
  });

  test('of kinds without fields stay as they are', () => {
    expect(encode('example.com/v1', 'Foo', { b: 1, a: null })).toEqual({ b: 1, a: null });
  });

  test('in part', () => {
    const selector = { matchExpressions: [{ operator: 'In', values: ['x'], key: 'a' }], matchLabels: { b: 'c' } };
    expect(JSON.stringify(encodeType('LabelSelector', selector))).toBe(
      '{"matchLabels":{"b":"c"},"matchExpressions":[{"key":"a","operator":"In","values":["x"]}]}',
    );
  });
});

describe('fields', () => {
  const PORT = ['spec', 'ports', 0, 'port'];

  test('are found by path', () => {
    expect(fieldAt('v1', 'Service', PORT)).toMatchObject({ name: 'port', required: true, omit: 'never' });
    expect(fieldAt('v1', 'Service', ['spec', 'ports'])).toMatchObject({ mergeKey: 'port', required: false });
    expect(fieldAt('v1', 'Service', ['spec', 'ports', 0])).toBeUndefined();
    expect(fieldAt('v1', 'Service', ['spec', 'port'])).toBeUndefined();
    expect(fieldAt('v1', 'Foo', ['spec'])).toBeUndefined();
  });

  test.each([
    [PORT, 'whole number'],
    [['spec', 'ports'], 'list of ServicePort'],
    [['spec', 'ports', 0], 'ServicePort'],
    [['spec', 'ports', 0, 'targetPort'], 'number or text'],
    [['metadata', 'labels'], 'map from text to text'],
    [['metadata', 'labels', 'a'], 'text'],
    [['spec', 'allocateLoadBalancerNodePorts'], 'true or false'],
    [['metadata', 'creationTimestamp'], 'time (RFC 3339)'],
  ])('%j is described', (path, words) => {
    const type = typeAt('v1', 'Service', path);
    expect(type && describeType(type)).toBe(words);
  });

  test('of a name that two groups have', () => {
    expect(findType('EndpointPort')?.byName.get('name')?.type.kind).toBe('scalar');
    expect(findType('discovery.EndpointPort')?.byName.get('name')?.type.kind).toBe('pointer');
    expect(findType('Foo')).toBeUndefined();
    expect(findType('Protocol')).toBeUndefined();
  });

  test('every kind can be read', () => {
    const types = knownKinds().map(([apiVersion, kind]) => typeOfKind(apiVersion, kind));
    expect(types.every((type) => type?.byName.has('metadata'))).toBe(true);
    const seen = new Set<StructType>();
    for (const type of types) collect(type, seen);
    expect(seen.size).toBeGreaterThan(200);
  });

  test('resources are known beyond them', () => {
    expect(findResource('v1', 'Node')).toEqual({ apiVersion: 'v1', kind: 'Node', plural: 'nodes', namespaced: false });
    expect(findResource('networking.k8s.io/v1', 'Ingress')).toMatchObject({ plural: 'ingresses', namespaced: true });
    expect(findResource('v1', 'Ingress')).toBeUndefined();
  });
});

function collect(type: SchemaType | undefined, seen: Set<StructType>): void {
  if (type?.kind === 'list') collect(type.item, seen);
  if (type?.kind === 'map') collect(type.value, seen);
  if (type?.kind === 'pointer') collect(type.to, seen);
  if (type?.kind !== 'struct' || seen.has(type)) return;
  seen.add(type);
  for (const field of type.fields) collect(field.type, seen);
}

describe('whatever comes', () => {
  const RUNS = { numRuns: 200, seed: 20261125 };
  const kinds = fc.constantFrom(...knownKinds());

  test('decoding answers', () => {
    fc.assert(
      fc.property(kinds, fc.jsonValue(), ([apiVersion, kind], value) => {
        expect(['object', 'failure']).toContain(decode(apiVersion, kind, value as Json).type);
      }),
      RUNS,
    );
  });

  test('a wrong value anywhere is found there', () => {
    const cases = kinds.chain((kind) => fc.tuple(fc.constant(kind), objectsOf(kind), fc.nat(), fc.jsonValue()));
    fc.assert(
      fc.property(cases, ([kind, object, nth, wrong]) => {
        const path = pathsIn(object)[nth % pathsIn(object).length] ?? [];
        for (const problem of problemsOf(kind, replaced(object, path, wrong as Json))) {
          expect(problem.path.slice(0, path.length)).toEqual(path.slice(0, problem.path.length));
        }
      }),
      RUNS,
    );
  });

  test('what is printed can be read again', () => {
    fc.assert(
      fc.property(
        kinds.chain((kind) => fc.tuple(fc.constant(kind), objectsOf(kind))),
        ([[apiVersion, kind], value]) => {
          const first = decode(apiVersion, kind, value);
          if (first.type !== 'object') throw new Error(JSON.stringify(first));
          expect(decode(apiVersion, kind, encode(apiVersion, kind, first.object))).toEqual(first);
        },
      ),
      RUNS,
    );
  });
});

/** Sound objects of a kind. */
function objectsOf([apiVersion, kind]: Kind): fc.Arbitrary<Json> {
  const type = typeOfKind(apiVersion, kind);
  if (type === undefined) throw new Error(kind);
  return valuesOf(type, 0).map((value) => ({ ...(value as object), apiVersion, kind }));
}

function valuesOf(type: SchemaType, depth: number): fc.Arbitrary<Json> {
  switch (type.kind) {
    case 'scalar':
      return type.base === 'string' ? fc.string() : type.base === 'bool' ? fc.boolean() : fc.integer();
    case 'bytes':
      return fc.base64String();
    case 'special':
      return SPECIAL[type.name];
    case 'pointer':
      return valuesOf(type.to, depth);
    case 'list':
      return fc.array(valuesOf(type.item, depth + 1), { minLength: 1, maxLength: 2 });
    case 'map':
      return fc.dictionary(fc.string(), valuesOf(type.value, depth + 1), { minKeys: 1, maxKeys: 3 });
    case 'struct':
      return structsOf(type, depth);
  }
}

/** With few fields, so that objects do not grow too large. */
function structsOf(type: StructType, depth: number): fc.Arbitrary<Json> {
  if (depth > 7 || type.fields.length === 0) return fc.constant({});
  return fc
    .subarray([...type.fields], { maxLength: Math.min(type.fields.length, 4) })
    .chain((fields) =>
      fc.tuple(...fields.map((field) => valuesOf(field.type, depth + 1).map((value) => [field.name, value] as const))),
    )
    .map((entries) => Object.fromEntries(entries));
}

const SPECIAL: Readonly<Record<'IntOrString' | 'Quantity' | 'Time' | 'FieldsV1', fc.Arbitrary<Json>>> = {
  IntOrString: fc.oneof(fc.integer(), fc.string()),
  Quantity: fc.oneof(fc.integer(), fc.constantFrom('100m', '1Gi', '0.5Gi', '1e3', '-3', '12345678901234567890')),
  Time: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  FieldsV1: fc.constantFrom({}, { 'f:a': {} }),
};

function pathsIn(value: Json): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, each]) => {
    const step = isList ? Number(key) : key;
    return [[step], ...pathsIn(each as Json).map((path) => [step, ...path])];
  });
}

function replaced(value: Json, [step, ...rest]: readonly (string | number)[], by: Json): Json {
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value).map(
    ([key, each]) => [key, key === String(step) ? replaced(each as Json, rest, by) : (each as Json)] as const,
  );
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}
