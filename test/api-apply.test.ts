import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Applied, applyManifest, applyText, LAST_APPLIED, outcomeOf } from '../server/src/core/api/apply/index.ts';
import { distinct } from '../server/src/core/api/apply/items.ts';
import { patchTypeOf } from '../server/src/core/api/apply/patch-type.ts';
import { applyPatch, createPatch } from '../server/src/core/api/apply/three-way.ts';
import type { ApiObject } from '../server/src/core/api/index.ts';
import { type ApiServer, createApiServer } from '../server/src/core/api/index.ts';
import type { Json, JsonObject } from '../server/src/core/api/json.ts';
import { typeOfKind } from '../server/src/core/api/schema/schema.ts';

const API_VERSIONS: Readonly<Record<string, string>> = { Service: 'v1', Pod: 'v1', Deployment: 'apps/v1' };

/** Merges three forms of an object's spec, or of its other fields. */
function merge(kind: string, original: JsonObject, current: JsonObject, modified: JsonObject): JsonObject {
  const struct = typeOfKind(API_VERSIONS[kind] ?? '', kind);
  if (struct === undefined) throw new Error(`no table of ${kind}`);
  const type = patchTypeOf(struct);
  return applyPatch(current, createPatch({ original, current, modified }, type), type);
}

function ports(...numbers: readonly number[]): JsonObject {
  return { spec: { ports: numbers.map((port) => ({ port })) } };
}

describe('merging three ways', () => {
  test('what the server filled in stays, what the manifest leaves out now goes', () => {
    const original = { spec: { type: 'NodePort', externalTrafficPolicy: 'Local' } };
    const current = { spec: { ...original.spec, clusterIP: '10.96.0.7' } };
    expect(merge('Service', original, current, { spec: { type: 'NodePort' } })).toEqual({
      spec: { type: 'NodePort', clusterIP: '10.96.0.7' },
    });
  });

  test('what somebody else set stays if the manifest never had it', () => {
    const current = { metadata: { labels: { app: 'x', team: 'a' } } };
    const manifest = { metadata: { labels: { app: 'y' } } };
    expect(merge('Service', { metadata: { labels: { app: 'x' } } }, current, manifest)).toEqual({
      metadata: { labels: { app: 'y', team: 'a' } },
    });
  });

  test('null deletes what the server filled in', () => {
    const current = { spec: { replicas: 1, paused: true } };
    expect(merge('Deployment', {}, current, { spec: { replicas: null } })).toEqual({ spec: { paused: true } });
    expect(merge('Deployment', {}, {}, { spec: { replicas: null } })).toEqual({ spec: {} });
  });

  test('items of a merged list are told apart by their key', () => {
    const current = { spec: { ports: [{ port: 80, name: 'a', nodePort: 30000 }, { port: 99 }] } };
    const manifest = { spec: { ports: [{ port: 82 }, { port: 80, name: 'b' }] } };
    // 99 is somebody else's; the manifest's items come in its order.
    expect(merge('Service', { spec: { ports: [{ port: 80, name: 'a' }] } }, current, manifest)).toEqual({
      spec: { ports: [{ port: 82 }, { port: 80, name: 'b', nodePort: 30000 }, { port: 99 }] },
    });
    expect(merge('Service', ports(80, 81), ports(80, 81, 99), ports(81))).toEqual(ports(81, 99));
  });

  test('where an item is deleted, a new one may come after those of others', () => {
    expect(merge('Service', ports(80, 81), ports(80, 81, 99), ports(82, 80))).toEqual(ports(99, 82, 80));
  });

  test('two ports with the same number become one another', () => {
    const twins = {
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    };
    const alone = { ports: [{ port: 53, protocol: 'UDP' }] };
    expect(merge('Service', { spec: twins }, { spec: twins }, { spec: twins })).toEqual({ spec: twins });
    // To take one away takes both: the deletion knows the number only.
    expect(merge('Service', { spec: twins }, { spec: twins }, { spec: alone })).toEqual({ spec: { ports: [] } });
  });

  test('a list without a merge key is replaced', () => {
    const current = { spec: { tolerations: [{ key: 'a' }, { key: 'added' }] } };
    const manifest = { spec: { tolerations: [{ key: 'b' }] } };
    expect(merge('Pod', { spec: { tolerations: [{ key: 'a' }] } }, current, manifest)).toEqual(manifest);
  });

  test('a list of plain values is merged as a set, in the order of the manifest', () => {
    const finalizers = (...names: readonly string[]) => ({ metadata: { finalizers: names } });
    expect(merge('Service', finalizers('a', 'b'), finalizers('a', 'b', 'server'), finalizers('c', 'b'))).toEqual(
      finalizers('c', 'b', 'server'),
    );
  });

  test('of a volume only the new source stays', () => {
    const volumes = (...sources: readonly JsonObject[]) => ({
      spec: { volumes: sources.map((source) => ({ name: 'v', ...source })) },
    });
    const current = volumes({ configMap: { name: 'x', defaultMode: 420 } });
    expect(merge('Pod', volumes({ configMap: { name: 'x' } }), current, volumes({ emptyDir: {} }))).toEqual(
      volumes({ emptyDir: {} }),
    );
    const strategy = (value: JsonObject) => ({ spec: { strategy: value } });
    const rolling = strategy({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } });
    expect(merge('Deployment', {}, rolling, strategy({ type: 'Recreate' }))).toEqual(strategy({ type: 'Recreate' }));
  });

  test('an item without its key is no item', () => {
    const manifest = { spec: { ports: [{ name: 'a' }] } };
    expect(() => merge('Service', {}, ports(80), manifest)).toThrow(
      'map: map[name:a] does not contain declared merge key: port',
    );
    // Where there was no list before, nothing is merged.
    expect(merge('Service', {}, {}, manifest)).toEqual(manifest);
  });

  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  const image = fc.constantFrom('nginx', 'redis');
  const containers = names.chain((list) =>
    fc.tuple(...list.map((name) => fc.record({ name: fc.constant(name), image }, { requiredKeys: ['name'] }))),
  );
  const labels = fc.dictionary(fc.constantFrom('app', 'tier', '__proto__', 'constructor'), fc.constantFrom('x', 'y'));
  const pod = fc.record(
    {
      metadata: fc.record({ labels, finalizers: names }, { requiredKeys: [] }),
      spec: fc.record({ containers, hostname: image }, { requiredKeys: ['containers'] }),
    },
    { requiredKeys: ['spec'] },
  ) as fc.Arbitrary<JsonObject>;

  test('an unchanged object stays as it is', () => {
    fc.assert(
      fc.property(pod, (each) => {
        expect(merge('Pod', each, each, each)).toEqual(each);
      }),
    );
  });

  test('merging once more changes nothing', () => {
    fc.assert(
      fc.property(pod, pod, pod, (original, current, modified) => {
        const merged = merge('Pod', original, current, modified);
        expect(merge('Pod', modified, merged, modified)).toEqual(merged);
      }),
    );
  });

  test('what only the server set survives', () => {
    fc.assert(
      fc.property(pod, pod, (original, modified) => {
        const spec = { ...(original['spec'] as JsonObject), nodeName: 'node-1' };
        const merged = merge('Pod', original, { ...original, spec, status: { phase: 'Running' } }, modified);
        expect(merged).toMatchObject({ spec: { nodeName: 'node-1' }, status: { phase: 'Running' } });
      }),
    );
  });
});

function service(spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', ...metadata }, spec };
}

function newServer(): ApiServer {
  return createApiServer({ serviceCIDRs: ['10.96.0.0/12', 'fd00:10:96::/108'] });
}

/** Applies the first manifest for good, and then the others to it, each as a dry run. */
function dryRun(first: JsonObject | undefined, ...others: readonly JsonObject[]): readonly Applied[] {
  const server = newServer();
  const stored = first === undefined ? undefined : storedBy(server, first);
  return others.map((manifest) => {
    const request = { manifest, namespace: 'default', mode: 'dry-run' } as const;
    const applied = applyManifest(server, stored === undefined ? request : { ...request, stored });
    if (applied === undefined) throw new Error('not simulated');
    return applied;
  });
}

function storedBy(server: ApiServer, manifest: JsonObject): ApiObject {
  const applied = applyManifest(server, { manifest, namespace: 'default', mode: 'create' });
  if (applied?.answer.type !== 'create' || applied.answer.answer.status !== 201) throw new Error('not stored');
  return applied.answer.answer.stored;
}

/** What kubectl prints of it. */
function textOf(first: JsonObject | undefined, ...others: readonly JsonObject[]): string {
  return applyText(
    dryRun(first, ...others).map((applied) => outcomeOf(applied, 'f.yaml')),
    'dry-run',
  );
}

const HTTP = { ports: [{ port: 80, name: 'http' }] };

describe('applying a changed manifest', () => {
  function specAfter(first: JsonObject, then: JsonObject): unknown {
    const [applied] = dryRun(service(first), service(then));
    if (applied?.answer.type !== 'update' || applied.answer.answer.type !== 'configured')
      throw new Error('not changed');
    const { stored } = applied.answer.answer;
    return 'spec' in stored ? stored.spec : undefined;
  }

  test('keeps the address that the server picked', () => {
    expect(specAfter(HTTP, { ports: [{ port: 81, name: 'http' }] })).toMatchObject({
      clusterIP: '<kept IPv4>',
      clusterIPs: ['<kept IPv4>'],
      ports: [{ port: 81, name: 'http', protocol: 'TCP', targetPort: 81 }],
    });
  });

  test('leaves the target port that the server filled in', () => {
    const first = { ports: [{ port: 80, protocol: 'TCP' }] };
    const then = { ports: [{ port: 80, protocol: 'UDP' }] };
    expect(specAfter(first, then)).toMatchObject({ ports: [{ port: 80, protocol: 'UDP', targetPort: 80 }] });
  });

  test('refuses an object in place of a number, whatever its keys', () => {
    const then = { ports: [{ port: 80, targetPort: { toString: 1, valueOf: 1 } }] };
    expect(dryRun(service(HTTP), service(then))).toMatchObject([{ answer: { answer: { type: 'refused' } } }]);
  });

  test('keeps the manifest as an annotation', () => {
    const [applied] = dryRun(service(HTTP, { annotations: { a: 'b' } }), service(HTTP));
    if (applied?.answer.type !== 'update' || applied.answer.answer.type !== 'configured')
      throw new Error('not changed');
    expect(applied.answer.answer.stored.metadata.annotations).toEqual({
      [LAST_APPLIED]: `${JSON.stringify({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { annotations: {}, name: 'cart', namespace: 'default' },
        spec: { ports: [{ name: 'http', port: 80 }] },
      })}\n`,
    });
  });
});

describe('applying the same manifest again', () => {
  const deployment = (spec: JsonObject): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'cart' },
    spec: {
      ...spec,
      selector: { matchLabels: { app: 'x' } },
      template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  });

  test.each([
    ['is nothing to do', service(HTTP), 'unchanged'],
    ['is nothing to do for a workload', deployment({ replicas: 2 }), 'unchanged'],
    ['sends a null again', deployment({ replicas: null }), 'configured'],
    [
      'sends a strategy again, to clear what it does not name',
      deployment({ strategy: { type: 'RollingUpdate' } }),
      'configured',
    ],
  ] as const)('%s', (_, manifest, type) => {
    expect(dryRun(manifest, manifest)).toMatchObject([{ answer: { answer: { type } } }]);
  });

  test('cannot change what only the server may', () => {
    const [applied] = dryRun(service(HTTP), {
      ...service(HTTP, { generation: 7 }),
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
    });
    if (applied?.answer.type !== 'update' || applied.answer.answer.type !== 'configured')
      throw new Error('not changed');
    const { stored } = applied.answer.answer;
    expect(stored.metadata.generation).toBeUndefined();
    expect(stored).not.toHaveProperty('status');
  });
});

describe('what kubectl prints', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny' },
    spec: { podSelector: {} },
  };

  const replicaSet = (metadata: JsonObject) => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'w' },
    spec: {
      selector: { matchLabels: { app: 'x' } },
      template: { metadata, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  });
  const ingress = (fields: JsonObject) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', ...fields });

  test.each([
    ['created', undefined, service(HTTP), 'service/cart created (server dry run)\n'],
    ['created, with a group', undefined, policy, 'networkpolicy.networking.k8s.io/deny created (server dry run)\n'],
    ['configured', service(HTTP), service({ ports: [{ port: 81 }] }), 'service/cart configured (server dry run)\n'],
    ['unchanged', service(HTTP), service(HTTP), 'service/cart unchanged (server dry run)\n'],
    [
      'one error',
      undefined,
      service({ ports: [{ port: 80, name: 'x' }], sessionAffinity: 'X' }),
      'The Service "cart" is invalid: spec.sessionAffinity: Unsupported value: "X": supported values: "ClientIP", "None"\n',
    ],
    [
      'several errors',
      undefined,
      service({ ports: [{ port: 80 }, { port: 81 }] }),
      'The Service "cart" is invalid: \n* spec.ports[0].name: Required value\n* spec.ports[1].name: Required value\n',
    ],
    [
      'an unknown field',
      undefined,
      service({ ...HTTP, foo: 1 }),
      'Error from server (BadRequest): error when creating "f.yaml": ' +
        'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.foo"\n',
    ],
    [
      'a fixed address',
      service(HTTP),
      service({ ...HTTP, clusterIP: '10.96.0.77' }),
      'The Service "cart" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.0.77"]: may not change once set\n',
    ],
    [
      'a list without items, which is no missing one',
      ingress({ metadata: { name: 'shop' }, spec: { rules: [{ host: 'a.example.com' }] } }),
      ingress({ metadata: { name: 'shop' }, spec: { rules: [] } }),
      'The Ingress "shop" is invalid: spec: Invalid value: []: either `defaultBackend` or `rules` must be specified\n',
    ],
    [
      'a map without entries, which is no missing one',
      replicaSet({ labels: { app: 'x' } }),
      replicaSet({ labels: {} }),
      'The ReplicaSet "w" is invalid: spec.template.metadata.labels: Invalid value: {}: `selector` does not match template `labels`\n',
    ],
    [
      'metadata of a wrong type',
      undefined,
      service(HTTP, { labels: { a: 1 } }),
      'error: unable to decode "f.yaml": ' +
        'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string\n',
    ],
    [
      'no apiVersion',
      undefined,
      { kind: 'Service', metadata: { name: 'x' } },
      'error: error validating "f.yaml": error validating data: apiVersion not set; ' +
        'if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
    [
      'no type, or none that is a text',
      undefined,
      { apiVersion: 1, metadata: { name: 'x', labels: { a: 1 } } },
      'error: error validating "f.yaml": error validating data: [apiVersion isn\'t string type, kind not set]; ' +
        'if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
    [
      'an apiVersion of three parts',
      undefined,
      { apiVersion: 'apps/v1/beta', kind: 'Deployment', metadata: { name: 'x' } },
      'error: error validating "f.yaml": error validating data: unexpected GroupVersion string: apps/v1/beta; ' +
        'if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
    [
      'an empty kind',
      undefined,
      { metadata: { name: '<x>' }, kind: '', apiVersion: 'v1' },
      `error: unable to decode "f.yaml": Object 'Kind' is missing in '{"apiVersion":"v1","kind":"","metadata":{"name":"\\u003cx\\u003e"}}'\n`,
    ],
    [
      'an unknown kind',
      undefined,
      { apiVersion: 'example.com/v1', kind: 'Foo', metadata: { name: 'x' } },
      'error: resource mapping not found for name: "x" namespace: "" from "f.yaml": ' +
        'no matches for kind "Foo" in version "example.com/v1"\nensure CRDs are installed first\n',
    ],
    [
      'a generated name',
      undefined,
      { ...service(HTTP), metadata: { generateName: 'cart-' } },
      'error: from cart-: cannot use generate name with apply\n',
    ],
  ] as const)('%s', (_, first, then, text) => {
    expect(textOf(first, then)).toBe(text);
  });

  test('an object that was not applied before', () => {
    const server = newServer();
    const answer = server.create(service(HTTP), { namespace: 'default', mode: 'create' });
    if (answer?.status !== 201) throw new Error('not stored');
    const request = { manifest: service(HTTP), stored: answer.stored, namespace: 'default', mode: 'dry-run' } as const;
    const applied = applyManifest(server, request);
    if (applied === undefined) throw new Error('not simulated');
    const [warning, line] = applyText([outcomeOf(applied, 'f.yaml')], 'dry-run').split('\n');
    expect(warning).toMatch(
      /^Warning: resource services\/cart is missing the kubectl.kubernetes.io\/last-applied-config/,
    );
    expect(line).toBe('service/cart configured (server dry run)');
  });

  test('a patched object that does not decode', () => {
    const text = textOf(service(HTTP), service({ ports: [{ port: 80, name: 7 }], type: 'ClusterIP' }));
    expect(text).toMatch(/^The request is invalid: patch: Invalid value: "map\[metadata:map\[annotations:/);
    // Lists that the patch orders are used up, and so is what equals the server's.
    expect(text).toMatch(/ spec:map\[\]\]": cannot convert int64 to string\n$/);
  });

  test('warnings come once, before the object that they are first about', () => {
    const addresses = { ...HTTP, externalIPs: ['192.0.2.1'] };
    expect(textOf(undefined, service(addresses), service(addresses, { name: 'other' }))).toBe(
      'Warning: spec.externalIPs is deprecated and may no longer be implemented in some clusters\n' +
        'service/cart created (server dry run)\nservice/other created (server dry run)\n',
    );
  });

  test('several failed objects, the patch with them', () => {
    const fixed = service({ ...HTTP, clusterIP: '10.96.0.77' });
    const annotation = { [LAST_APPLIED]: expect.any(String) };
    const lines = textOf(service(HTTP), fixed, fixed).split('\n');
    expect(lines).toHaveLength(13);
    expect(lines[0]).toBe('Error from server (Invalid): error when applying patch:');
    expect(JSON.parse(lines[1] ?? '')).toEqual({
      metadata: { annotations: annotation },
      spec: { clusterIP: '10.96.0.77' },
    });
    expect(lines.slice(2, 5)).toEqual([
      'to:',
      'Resource: "/v1, Resource=services", GroupVersionKind: "/v1, Kind=Service"',
      'Name: "cart", Namespace: "default"',
    ]);
    expect(lines[5]).toBe(
      'for: "f.yaml": error when patching "f.yaml": Service "cart" is invalid: ' +
        'spec.clusterIPs[0]: Invalid value: ["10.96.0.77"]: may not change once set',
    );
  });

  test('a list item without its key', () => {
    const problem = 'map: map[name:http] does not contain declared merge key: port';
    const text = textOf(service(HTTP), service({ ports: [{ name: 'http' }] }));
    expect(text.split('\n').slice(0, 4)).toEqual([
      `warning: error calculating patch from openapi v3 spec: ${problem}`,
      `warning: error calculating patch from openapi spec: ${problem}`,
      'error: error when applying patch:',
      '',
    ]);
    expect(text).toMatch(/for: map: map\[name:http\] does not contain declared merge key: port\n$/);
  });
});

test('of plain values that repeat, the last takes the place of each, as Go has it', () => {
  // apimachinery/pkg/util/strategicpatch/patch.go, deduplicateScalars, word for word.
  const inGo = (values: readonly Json[]): readonly Json[] => {
    const result = [...values];
    for (let first = 0; first < result.length; first++) {
      for (let second = first + 1; second < result.length; second++) {
        if (result[first] !== result[second]) continue;
        const last = result.pop() as Json;
        if (second < result.length) result[second] = last;
        second--;
      }
    }
    return result;
  };
  const values = fc.array(fc.constantFrom<Json>('a', 'b', 'c', 1, true), { maxLength: 12 });
  fc.assert(
    fc.property(values, (list) => {
      expect(distinct(list)).toEqual(inGo(list));
    }),
  );
});
