import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { diagnose, type RuleFailure, Snapshot } from '../server/src/core/index.ts';

const checked: string[] = [];
let fails = false;

// A rule of every sort that can fail, beside the real ones.
vi.mock('../server/src/core/rules/registry.generated.ts', async (importActual) => {
  const { RULES } = await importActual<{ RULES: readonly object[] }>();
  const check = (id: string) => () => {
    checked.push(id);
    if (fails) throw new RangeError(`${id} is broken`);
    return [];
  };
  const added = [
    { id: 'test/object', severity: 'error', resource: 'any', check: check('test/object') },
    { id: 'test/text', severity: 'error', resource: 'document', check: check('test/text') },
    { id: 'test/settings', severity: 'error', resource: 'settings', check: check('test/settings') },
  ];
  return { RULES: [...added, ...RULES] };
});

const service = (name: string, port: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  ports: [{ port: ${port} }]\n`;
const FILES = {
  'shop/cart.yaml': `${service('cart', 'http')}---\n${service('web', 'https')}---\n${service('db', 'sql')}`,
  'shop/.kube-netlens.yaml': 'clusterDomian: example.org\n',
};

function snapshotOf(files: Readonly<Record<string, string>>): Snapshot {
  return Snapshot.empty(['shop']).apply(Object.entries(files).map(([uri, text]) => ({ uri, text })));
}

beforeEach(() => {
  checked.length = 0;
});

afterEach(() => {
  fails = false;
});

describe('a range', () => {
  const snapshot = snapshotOf(FILES);
  const text = FILES['shop/cart.yaml'];
  const linesIn = (range: { start: number; end: number }) =>
    diagnose(snapshot, 'shop/cart.yaml', { range }).map(
      (finding) => snapshot.files.get('shop/cart.yaml')?.lines.positionAt(finding.range.start).line,
    );

  test('asks the rules only about the documents that it touches', () => {
    const at = text.indexOf('name: web');
    expect(linesIn({ start: at, end: at })).toEqual([10]);
    expect(checked.filter((id) => id === 'test/object')).toHaveLength(1);
    expect(linesIn({ start: at, end: text.length })).toEqual([10, 16]);
    expect(linesIn({ start: 0, end: text.length })).toEqual([4, 10, 16]);
  });

  test('leaves nothing out of a file of settings', () => {
    const uri = 'shop/.kube-netlens.yaml';
    const found = (start: number) => diagnose(snapshot, uri, { range: { start, end: start } }).map(({ rule }) => rule);
    expect(found(0)).toEqual(['settings/no-effect']);
  });
});

describe('a rule that fails', () => {
  const failuresOf = (uri: string) => {
    const failures: RuleFailure[] = [];
    const findings = diagnose(snapshotOf(FILES), uri, { onFailure: (failure) => failures.push(failure) });
    return { failures, rules: findings.map(({ rule }) => rule) };
  };

  test('is told once for a file, and the others go on', () => {
    fails = true;
    const { failures, rules } = failuresOf('shop/cart.yaml');
    expect(rules).toEqual(Array(3).fill('api/service/wrong-type'));
    expect(failures).toEqual([
      { rule: 'test/text', uri: 'shop/cart.yaml', error: new RangeError('test/text is broken') },
      { rule: 'test/object', uri: 'shop/cart.yaml', error: new RangeError('test/object is broken') },
    ]);
    expect(checked).toEqual(['test/text', 'test/object']);
  });

  test('of settings too', () => {
    fails = true;
    const { failures, rules } = failuresOf('shop/.kube-netlens.yaml');
    expect(rules).toEqual(['settings/no-effect']);
    expect(failures.map(({ rule }) => rule)).toEqual(['test/settings', 'test/text']);
  });

  test('is an error of whoever does not ask to be told', () => {
    fails = true;
    expect(() => diagnose(snapshotOf(FILES), 'shop/cart.yaml')).toThrow('test/text is broken');
  });
});

describe('what editors show too', () => {
  const found = (text: string, options: Parameters<typeof diagnose>[2] = {}) =>
    diagnose(snapshotOf({ 'shop/cart.yaml': text }), 'shop/cart.yaml', options).map(({ rule }) => rule);
  const leaveSchema = { schemaChecks: (uri: string) => uri !== 'shop/cart.yaml' };
  const leaveYaml = { yamlChecks: (uri: string) => uri !== 'shop/cart.yaml' };
  const node = (label: string) => `apiVersion: v1\nkind: Node\nmetadata: { name: one, labels: { zone: ${label} } }\n`;
  const configMap = (field: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cart }\n${field}\n`;
  const pod = (cpu: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: cart }\nspec:\n  containers:\n    - { name: cart, image: cart, resources: { limits: { cpu: ${cpu} } } }\n`;

  test.each([
    ['a number where a text belongs', service('cart', 'eighty'), 'api/service/wrong-type'],
    ['the same in a kind that is not known in full', node('1'), 'manifest/wrong-type'],
    ['a fraction of a whole', service('cart', '80.5'), 'api/service/wrong-type'],
    ['a list where a mapping belongs', configMap('data: []'), 'api/config-map/wrong-type'],
    ['an unknown field', configMap('dat: {}'), 'api/config-map/unknown-field'],
    ['neither a number nor a text as a quantity', pod('true'), 'api/pod/bad-value'],
  ])('is left to them where they know the schema: %s', (_, text, rule) => {
    expect(found(text)).toEqual([rule]);
    expect(found(text, leaveSchema)).toEqual([]);
    expect(found(text, leaveYaml)).toEqual([rule]);
  });

  test.each([
    ['a word that only YAML 1.1 takes for true', configMap('data: { on: yes }'), 'api/config-map/wrong-type'],
    ['the same in a kind that is not known in full', node('no'), 'manifest/wrong-type'],
    ['a number that is too large', service('cart', '3000000000'), 'api/service/wrong-type'],
    ['no quantity', pod('1x'), 'api/pod/bad-value'],
    ['what the server validates', service('cart', '0'), 'api/service/ports-port'],
  ])('does not include what they do not see: %s', (_, text, rule) => {
    expect(found(text, leaveSchema)).toContain(rule);
  });

  test.each([
    ['a bracket that is not closed', configMap('data: {'), 'yaml/syntax'],
    ['a key twice', configMap('data: {}\ndata: {}'), 'yaml/duplicate-key'],
  ])('is left to them where they read the YAML: %s', (_, text, rule) => {
    expect(found(text)).toEqual([rule]);
    expect(found(text, leaveYaml)).toEqual([]);
    expect(found(text, leaveSchema)).toEqual([rule]);
  });

  test.each([
    ['what only kubectl refuses', `...\n${configMap('data: {}')}`, 'yaml/syntax'],
    ['what is lost behind the end', `${configMap('data: {}')}...\n${configMap('data: {}')}`, 'yaml/ignored-document'],
    ['what lacks its type', 'kind: ConfigMap\nmetadata: { name: cart }\n', 'manifest/missing-type'],
  ])('does not include what is no mistake to them: %s', (_, text, rule) => {
    expect(found(text, { ...leaveYaml, ...leaveSchema })).toEqual([rule]);
  });
});

describe('a list of objects without a type', () => {
  const listOf = (count: number) => {
    const items = Array.from({ length: count }, (_, index) => `- metadata: { name: a${index} }\n  data: { a: b }\n`);
    return `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`;
  };
  const found = (count: number) => diagnose(snapshotOf({ 'shop/list.yaml': listOf(count) }), 'shop/list.yaml');

  test('with few items gets fixes, and each of them is found', () => {
    const findings = found(3);
    expect(findings.map(({ rule }) => rule)).toEqual(Array(3).fill('manifest/missing-type'));
    expect(findings.map(({ fixes }) => fixes.map(({ title }) => title))).toEqual(
      Array(3).fill(['Write apiVersion: v1 and kind: ConfigMap']),
    );
  });

  test('with many items is read in time, and without fixes', () => {
    const start = performance.now();
    const findings = found(2_000);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(findings).toHaveLength(2_000);
    expect(findings.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});
