// Keys of maps are anybody's, also those that every JavaScript object has by itself.
import { describe, expect, test } from 'vitest';
import type { ApiAnswer } from '../server/src/core/api/answer.ts';
import { isObject } from '../server/src/core/api/json.ts';
import { ApplySession, answerJson, createApiServer, type Json, type JsonObject } from '../server/src/core/index.ts';

const SETTINGS = { serviceCIDRs: ['10.96.0.0/12'] };

/** A map with one key, which is its own whatever it is called. */
function mapOf(key: string, value: Json): JsonObject {
  return Object.fromEntries([[key, value]]);
}

function answerTo(object: JsonObject): ApiAnswer {
  const answer = createApiServer(SETTINGS).create(object, { namespace: 'default', mode: 'dry-run' });
  if (answer === undefined) throw new Error('not simulated');
  return answer;
}

/** `field: message` of each error, in the server's order. */
function errorsOf(object: JsonObject): readonly string[] {
  const answer = answerTo(object);
  if (answer.status === 201) return [];
  return answer.status === 422 ? answer.errors.map(({ field, message }) => `${field}: ${message}`) : [answer.message];
}

/** A part of the object as it is stored. */
function storedPart(object: JsonObject, ...path: readonly string[]): Json | undefined {
  const { result } = answerJson(answerTo(object));
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), result);
}

/** What kubectl says has become of an object that is applied in two versions. */
function changed(from: JsonObject, to: JsonObject): string | undefined {
  const session = new ApplySession(createApiServer(SETTINGS));
  session.apply(from, 'default');
  const answer = session.apply(to, 'default')?.answer;
  return answer?.type === 'update' ? answer.answer.type : answer?.type;
}

function pod(spec: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec };
}

function container(fields: JsonObject = {}): JsonObject {
  return { name: 'c', image: 'nginx', ...fields };
}

function deployment(selector: JsonObject, labels: JsonObject): JsonObject {
  const template = { metadata: { labels }, spec: { containers: [container()] } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { selector, template } };
}

function service(metadata: JsonObject, selector: JsonObject): JsonObject {
  const spec = { selector, ports: [{ port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', ...metadata }, spec };
}

describe.each(['constructor', 'toString'])('%s as a key', (key) => {
  const app = { app: 'a' };
  const both = { ...app, ...mapOf(key, 'b') };

  test('of labels and annotations, which are kept', () => {
    const metadata = { name: 'a', labels: both, annotations: both };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    expect(storedPart(object, 'metadata')).toMatchObject({ labels: both, annotations: both });
  });

  test('of a selector, whose label is not there', () => {
    const mismatch = expect.stringContaining('`selector` does not match template `labels`');
    const expression = (operator: string, values?: readonly string[]) => ({
      matchLabels: app,
      matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
    });
    expect(errorsOf(deployment({ matchLabels: both }, app))).toEqual([mismatch]);
    expect(errorsOf(deployment({ matchLabels: both }, both))).toEqual([]);
    expect(errorsOf(deployment(expression('Exists'), app))).toEqual([mismatch]);
    expect(errorsOf(deployment(expression('DoesNotExist'), app))).toEqual([]);
    expect(errorsOf(deployment(expression('In', ['b']), app))).toEqual([mismatch]);
    expect(errorsOf(deployment(expression('NotIn', ['b']), app))).toEqual([]);
  });

  test('of labels to match that the Pod does not have', () => {
    const labelSelector = { matchLabels: app };
    const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector };
    const constraints = [{ ...spread, matchLabelKeys: [key] }];
    const object = pod({ containers: [container()], topologySpreadConstraints: constraints });
    expect(storedPart(object, 'spec', 'topologySpreadConstraints')).toEqual(constraints);
  });

  test('that an update adds and removes', () => {
    const full = service({ annotations: both }, both);
    expect(changed(service({}, app), full)).toBe('configured');
    expect(changed(full, service({}, app))).toBe('configured');
    expect(changed(full, full)).toBe('unchanged');
  });

  test('of the nodes of a gated Pod', () => {
    const gated = (nodeSelector: JsonObject) =>
      pod({ containers: [container()], schedulingGates: [{ name: 'a.com/b' }], nodeSelector });
    expect(changed(gated(app), gated(both))).toBe('configured');
    expect(changed(gated(both), gated(app))).toBe('refused');
  });
});

describe.each(['constructor', 'toString', '__proto__'])('%s as a name of a resource', (name) => {
  const only = (kind: string) => ({ [kind]: mapOf(name, '1') });

  test('that a container requests without a limit', () => {
    const errors = errorsOf(pod({ containers: [container({ resources: only('requests') })] }));
    expect(errors.join()).toContain('must be a standard resource for containers');
    expect(errors.join()).not.toContain('limit of');
  });

  test('that the Pod requests, and its container does not', () => {
    const errors = errorsOf(pod({ containers: [container()], resources: only('requests') }));
    expect(errors.every((error) => error.startsWith(`spec.resources.requests[${name}]: `))).toBe(true);
    expect(errors.length).toBeGreaterThan(0);
  });

  test('that the container limits, and the Pod does not', () => {
    const object = pod({
      containers: [container({ resources: only('limits') })],
      resources: { limits: { cpu: '1' } },
    });
    expect(errorsOf(object).join()).not.toContain('pod limits');
  });
});

test('__proto__ is no key of labels', () => {
  const labels = mapOf('__proto__', 'a');
  const errors = errorsOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels } });
  expect(errors).toEqual([expect.stringContaining('metadata.labels: Invalid value: "__proto__"')]);
});
