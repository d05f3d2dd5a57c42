import { describe, expect, test } from 'vitest';
import { diagnose, type Resource, Snapshot } from '../server/src/core/index.ts';

const service = (name: string, port: number, namespace = 'shop') =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec:\n  selector: { app: ${name} }\n  ports: [{ port: ${port} }]\n`;
const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [] }\n`;

function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  return Snapshot.empty(['shop']).apply(Object.entries(files).map(([uri, text]) => ({ uri, text })));
}

/** The only object of that name in a file as it is now. */
function objectIn(snapshot: Snapshot, uri: string, name: string): Resource {
  const found = snapshot.files.get(uri)?.resources.filter((resource) => resource.name === name) ?? [];
  expect(found).toHaveLength(1);
  return found[0] as Resource;
}

function storedOf(snapshot: Snapshot, uri: string, name: string): Resource | undefined {
  return snapshot.clusterOf(uri)?.findStored(objectIn(snapshot, uri, name));
}

/** The port of the Service as committed; undefined if nothing is known of it. */
function storedPort(snapshot: Snapshot, uri: string, name: string): number | undefined {
  const stored = storedOf(snapshot, uri, name);
  return stored?.type === 'Service' ? stored.spec.ports[0]?.port : undefined;
}

describe('an object as last committed', () => {
  const now = snapshotOf({ 'shop/cart.yaml': `${service('cart', 8080)}---\n${pod('web')}` });

  test('is unknown until somebody says what is committed', () => {
    expect(storedOf(now, 'shop/cart.yaml', 'cart')).toBeUndefined();
  });

  test('follows what is set, replaced and forgotten, and edits of the file', () => {
    const first = now.withCommitted('shop/cart.yaml', service('cart', 80));
    const second = first.withCommitted('shop/cart.yaml', service('cart', 81));
    const edited = second.apply([{ uri: 'shop/cart.yaml', text: service('cart', 9090) }]);
    const forgotten = edited.withCommitted('shop/cart.yaml', undefined);
    expect([now, first, second, edited, forgotten].map((each) => storedPort(each, 'shop/cart.yaml', 'cart'))).toEqual([
      undefined,
      80,
      81,
      81,
      undefined,
    ]);
  });

  test('is unknown if it is new', () => {
    const snapshot = now.withCommitted('shop/cart.yaml', service('cart', 80));
    expect(storedOf(snapshot, 'shop/cart.yaml', 'web')).toBeUndefined();
  });

  test('is found by group, kind, namespace and name, not by version', () => {
    const stored = ['v1\nkind: Pod', 'apps/v1\nkind: Service'].map((type) =>
      service('cart', 80).replace('v1\nkind: Service', type),
    );
    const snapshot = now.withCommitted('shop/cart.yaml', [...stored, service('cart', 80, 'other')].join('---\n'));
    expect(storedOf(snapshot, 'shop/cart.yaml', 'cart')).toBeUndefined();
    const beta = now.withCommitted('shop/cart.yaml', service('cart', 80).replace('v1\n', 'v1beta1\n'));
    expect(storedOf(beta, 'shop/cart.yaml', 'cart')).toBeDefined();
  });

  test('may have been in another file of the set', () => {
    const moved = snapshotOf({ 'shop/cart.yaml': service('cart', 8080), 'shop/web.yaml': pod('web') });
    const snapshot = moved.withCommitted('shop/web.yaml', `${pod('web')}---\n${service('cart', 80)}`);
    expect(storedPort(snapshot, 'shop/cart.yaml', 'cart')).toBe(80);
  });

  test('is not looked for in another set', () => {
    const two = snapshotOf({ 'shop/a/cart.yaml': service('cart', 1), 'shop/b/cart.yaml': service('cart', 2) });
    const snapshot = two
      .withCommitted('shop/a/cart.yaml', service('cart', 80))
      .withCommitted('shop/b/cart.yaml', service('cart', 81));
    expect(storedPort(snapshot, 'shop/a/cart.yaml', 'cart')).toBe(80);
    expect(storedPort(snapshot, 'shop/b/cart.yaml', 'cart')).toBe(81);
  });

  test('is unknown if two objects claim to be it, and known again when one is gone', () => {
    const files = snapshotOf({ 'shop/cart.yaml': service('cart', 8080), 'shop/web.yaml': pod('web') });
    const twice = files
      .withCommitted('shop/cart.yaml', service('cart', 80))
      .withCommitted('shop/web.yaml', service('cart', 81));
    expect(storedOf(twice, 'shop/cart.yaml', 'cart')).toBeUndefined();
    expect(storedPort(twice.withCommitted('shop/web.yaml', undefined), 'shop/cart.yaml', 'cart')).toBe(80);
    const inOneFile = files.withCommitted('shop/cart.yaml', `${service('cart', 80)}---\n${service('cart', 80)}`);
    expect(storedOf(inOneFile, 'shop/cart.yaml', 'cart')).toBeUndefined();
  });

  test('without a name is no object that can be found', () => {
    const nameless = service('cart', 80).replace('name: cart, ', '');
    const snapshot = snapshotOf({ 'shop/cart.yaml': nameless }).withCommitted('shop/cart.yaml', nameless);
    expect(storedOf(snapshot, 'shop/cart.yaml', '')).toBeUndefined();
  });

  test('is never applied, and says nothing of sets and findings', () => {
    const snapshot = now.withCommitted('shop/cart.yaml', `${service('gone', 80)}---\nkind: {`);
    expect(
      snapshot
        .clusterOf('shop/cart.yaml')
        ?.namespace('shop')
        .services.map(({ name }) => name),
    ).toEqual(['cart']);
    expect(snapshot.sets).toEqual(now.sets);
    expect(diagnose(snapshot, 'shop/cart.yaml')).toEqual(diagnose(now, 'shop/cart.yaml'));
  });
});

describe('a snapshot', () => {
  const files = { 'shop/cart.yaml': `${service('cart', 8080)}---\n${pod('web')}` };

  test('is the same if the same is committed', () => {
    const snapshot = snapshotOf(files).withCommitted('shop/cart.yaml', 'a: b\n');
    expect(snapshot.withCommitted('shop/cart.yaml', 'a: b\n')).toBe(snapshot);
    expect(snapshot.withCommitted('shop/other.yaml', undefined)).toBe(snapshot);
  });

  test('shares what is committed with the next one, and with the file what was not changed', () => {
    const committed = `${service('cart', 80)}---\n${pod('web')}`;
    const before = snapshotOf(files).withCommitted('shop/cart.yaml', committed);
    const stored = storedOf(before, 'shop/cart.yaml', 'cart');
    expect(storedOf(before, 'shop/cart.yaml', 'web')).toBe(objectIn(before, 'shop/cart.yaml', 'web'));
    // Git may give a file other line breaks than it keeps.
    const windows = snapshotOf({ 'shop/cart.yaml': files['shop/cart.yaml'].replaceAll('\n', '\r\n') });
    const same = windows.withCommitted('shop/cart.yaml', committed);
    expect(storedOf(same, 'shop/cart.yaml', 'web')).toBe(objectIn(windows, 'shop/cart.yaml', 'web'));
    expect(storedPort(same, 'shop/cart.yaml', 'cart')).toBe(80);
    const after = before.apply([{ uri: 'shop/cart.yaml', text: service('cart', 9090) }]).withIncomplete('a reason');
    expect(storedOf(after, 'shop/cart.yaml', 'cart')).toBe(stored);
    const restored = after.apply([{ uri: 'shop/cart.yaml', text: committed }]);
    expect(storedPort(restored, 'shop/cart.yaml', 'cart')).toBe(80);
  });
});

describe('an update that the server refuses', () => {
  const stateful = (spec: string) =>
    `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec:\n  ${spec}\n  selector: { matchLabels: { app: db } }\n  template:\n    metadata: { labels: { app: db } }\n    spec: { containers: [{ name: db, image: db }] }\n`;
  const snapshotFor = (before: string, now: string) =>
    snapshotOf({ 'shop/db.yaml': now }).withCommitted('shop/db.yaml', before);
  const updates = (snapshot: Snapshot) =>
    diagnose(snapshot, 'shop/db.yaml').filter(({ rule }) => rule.endsWith('/update'));
  const marked = (snapshot: Snapshot) =>
    updates(snapshot).map(({ uri, range }) => snapshot.files.get(uri)?.text.slice(range.start, range.end));

  test('is told at each field that may not change, and at no other', () => {
    const before = stateful('replicas: 1\n  serviceName: a\n  podManagementPolicy: Parallel');
    expect(marked(snapshotFor(before, before.replace('replicas: 1', 'replicas: 2')))).toEqual([]);
    const one = before.replace('replicas: 1', 'replicas: 2').replace('serviceName: a', 'serviceName: b');
    expect(marked(snapshotFor(before, one))).toEqual(['b']);
    const two = one.replace('Parallel', 'OrderedReady');
    expect(marked(snapshotFor(before, two))).toEqual(['b', 'OrderedReady']);
    expect(updates(snapshotFor(before, two)).map(({ fixes }) => fixes.map(({ title }) => title))).toEqual([
      ['Go back to a', 'Go back in spec.serviceName and spec.podManagementPolicy'],
      ['Go back to Parallel', 'Go back in spec.serviceName and spec.podManagementPolicy'],
    ]);
  });

  test('is the same in every later snapshot, until the object or what is committed changes', () => {
    const before = stateful('serviceName: a');
    const snapshot = snapshotFor(before, before.replace('serviceName: a', 'serviceName: b'));
    expect(marked(snapshot)).toEqual(['b']);
    const later = snapshot.apply([{ uri: 'shop/web.yaml', text: pod('web') }]);
    expect(marked(later)).toEqual(['b']);
    expect(marked(later.withCommitted('shop/db.yaml', stateful('serviceName: b')))).toEqual([]);
    expect(marked(later.apply([{ uri: 'shop/db.yaml', text: before }]))).toEqual([]);
  });

  test('is none where only line breaks, comments and the order of keys differ', () => {
    const before = stateful('serviceName: a\n  replicas: 1');
    const now = stateful('replicas: 1 # one\n  serviceName: a').replaceAll('\n', '\r\n');
    expect(updates(snapshotFor(before, now))).toEqual([]);
  });

  test('is told of an object that was written anew, whatever its size', () => {
    const config = (value: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: db }\nimmutable: true\ndata:\n${Array.from({ length: 2000 }, (_, index) => `  k${index}: ${value}\n`).join('')}`;
    expect(marked(snapshotFor(config('a'), config('b')))).toEqual(['data']);
  });
});
