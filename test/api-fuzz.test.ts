// Objects and texts that nobody would write. `FUZZ=10 npx vitest run test/api-fuzz.test.ts` tries ten times as many, and `FUZZ_SEED=2` others;
// what fails names its own seed, which `FUZZ_SEED` takes too.
import { expect, test } from 'vitest';
import type { JsonObject } from '../server/src/core/index.ts';
import { readLines } from './conformance/lines.ts';
import { changeProblems, creationProblems, type Problems, textProblems } from './support/fuzz-checks.ts';
import { poolOf, RandomObjects } from './support/random-objects.ts';

const TIMES = Number(process.env['FUZZ'] ?? 1);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

/** In milliseconds: far more than any answer takes, even on a machine that has much else to do. */
const LONGEST = 3_000;

const recorded = ['singles-dual', 'combinations-dual', 'decode'].flatMap((name) =>
  readLines<{ readonly status: number; readonly object: JsonObject }>(
    `test/conformance/data/apiserver/${name}.jsonl.gz`,
  ),
);
const [valid, others] = [true, false].map((isValid) =>
  recorded.filter(({ status }) => (status === 201) === isValid).map(({ object }) => object),
) as [JsonObject[], JsonObject[]];
const pool = poolOf(valid, others);

test(
  'any object gets an answer, the same each time; what is stored can be stored again',
  () => {
    tryOut(8_500, (random) => {
      const object = random.object();
      return { subject: object, check: () => creationProblems(object) };
    });
  },
  minutes(1),
);

test(
  'any change gets an answer, the same each time',
  () => {
    tryOut(1_000, (random) => {
      const from = random.validObject();
      const to = random.changed(random.below(4) === 0 ? random.validObject() : from);
      return { subject: { from, to }, check: () => changeProblems(from, to) };
    });
  },
  minutes(1),
);

test(
  'any text can be opened, and everything be asked about it',
  () => {
    tryOut(300, (random) => {
      const text = random.manifest();
      const offset = random.below(text.length + 1);
      return { subject: { text, offset }, check: () => textProblems(text, offset) };
    });
  },
  minutes(1),
);

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';

function numbered(count: number, lineOf: (number: number) => string): string {
  return Array.from({ length: count }, (_, number) => lineOf(number)).join('\n');
}

/** Each item is ten times the one before. */
function multiplied(levels: number): string {
  return numbered(levels, (level) => {
    const item = level === 0 ? 'x' : `*a${level - 1}`;
    return `a${level}: &a${level} [${`${item}, `.repeat(10)}]`;
  });
}

/** Each item holds the one before, many levels down. */
function stacked(levels: number): string {
  return numbered(levels, (level) => {
    return `a${level}: &a${level} ${'['.repeat(150)}${level === 0 ? 'x' : `*a${level - 1}`}${']'.repeat(150)}`;
  });
}

test.each([
  ['a list in a list in a list …', `${HEAD}a: ${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ['a list of one line that never ends', '['.repeat(20_000)],
  ['an item in an item in an item …', `a:\n  ${'- '.repeat(5_000)}x`],
  ['a key in a key in a key …', '? '.repeat(5_000)],
  ['one level more on each line', numbered(1_000, (level) => `${' '.repeat(level)}a:`)],
  ['aliases that multiply', HEAD + multiplied(9)],
  ['aliases that stack', HEAD + stacked(30)],
  ['an alias within its own anchor', `${HEAD}a: &a { b: *a }`],
  ['many keys', `${HEAD}data:\n${numbered(8_000, (key) => `  k${key}: v`)}`],
  ['many wrong values', `${HEAD}data:\n${numbered(1_000, (key) => `  k${key}: ${key}`)}`],
  ['one key many times', `${HEAD}data:\n${'  k: v\n'.repeat(5_000)}`],
  ['a long text', `${HEAD}data: { a: "${'\\"'.repeat(100_000)}`],
  ['many documents', `---\n${HEAD}`.repeat(300)],
])('a text that takes a parser to its limits: %s', (_, text) => {
  expect(textProblems(text, text.length >> 1)).toEqual([]);
});

test.each([
  [
    'huge amounts',
    podOf({ resources: { limits: { cpu: '1e999999999', memory: '9'.repeat(10_000), x: '1e-999999999' } } }),
  ],
  ['many ports', podOf({ ports: Array.from({ length: 1_000 }, (_, port) => ({ containerPort: port + 1 })) })],
  ['a long image', podOf({ image: 'a/'.repeat(20_000) })],
  [
    'many containers with the same port',
    podOf(...Array.from({ length: 300 }, () => ({ ports: [{ containerPort: 80 }] }))),
  ],
  ['a deep value', podOf({ args: JSON.parse('['.repeat(500) + ']'.repeat(500)) })],
])('an object that takes a server to its limits: %s', (_, object) => {
  expect(creationProblems(object)).toEqual([]);
  expect(changeProblems(podOf({}), object)).toEqual([]);
  expect(changeProblems(object, object)).toEqual([]);
});

test('a change of many ports', () => {
  const ports = Array.from({ length: 1_000 }, (_, index) => ({ name: `p${index}`, port: index + 1 }));
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } };
  const [from, to] = [ports, ports.toReversed()].map((list) => ({ ...service, spec: { ports: list } }));
  expect(changeProblems(from as JsonObject, to as JsonObject)).toEqual([]);
});

function podOf(...containers: readonly JsonObject[]): JsonObject {
  const named = containers.map((container, index) => ({ name: `c${index}`, image: 'nginx', ...container }));
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { containers: named } };
}

interface Attempt {
  readonly subject: unknown;
  readonly check: () => Problems;
}

/** Fails with the first few subjects whose check finds something, throws or takes too long. */
function tryOut(count: number, prepare: (random: RandomObjects) => Attempt): void {
  const failed: string[] = [];
  for (let seed = SEED; seed < SEED + count * TIMES && failed.length < 3; seed++) {
    const { subject, check } = prepare(new RandomObjects(seed, pool));
    const start = performance.now();
    const problems = caught(check);
    const duration = performance.now() - start;
    const found = duration > LONGEST ? [...problems, `took ${duration.toFixed(0)} ms`] : problems;
    if (found.length > 0) failed.push(`seed ${seed}: ${found.join('; ')}\n${JSON.stringify(subject).slice(0, 2_000)}`);
  }
  expect(failed).toEqual([]);
}

function caught(check: () => Problems): Problems {
  try {
    return check();
  } catch (error) {
    return [`threw ${error instanceof Error ? error.stack : String(error)}`];
  }
}

function minutes(count: number): number {
  return count * 60_000 * TIMES;
}
