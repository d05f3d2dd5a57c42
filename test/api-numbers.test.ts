// Whole numbers of 64 bits, of which JavaScript's own hold only those up to 2^53 exactly. What Go says was asked of Go.
import { describe, expect, test } from 'vitest';
import { durationProblem } from '../server/src/core/api/go-duration.ts';
import { parseInt64, printedNumber } from '../server/src/core/api/int64.ts';
import { ApplySession, applyText, createApiServer, type JsonObject, outcomeOf } from '../server/src/core/index.ts';

const SETTINGS = { serviceCIDRs: ['10.96.0.0/12'] };
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

/** What kubectl prints of the last of some manifests that are applied one after another. */
function applied(...manifests: readonly JsonObject[]): string {
  const session = new ApplySession(createApiServer(SETTINGS));
  const outcomes = manifests.flatMap((manifest) => {
    const answer = session.apply(manifest, 'default');
    return answer === undefined ? [] : [outcomeOf(answer, 'a.yaml')];
  });
  return applyText(outcomes.slice(-1), 'create').trim();
}

function pod(deadline: number): JsonObject {
  const spec = { activeDeadlineSeconds: deadline, containers: [{ name: 'c', image: 'nginx' }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec };
}

function daemonSet(generation: string, image = 'nginx', more: JsonObject = {}): JsonObject {
  const metadata = { name: 'a', annotations: { [TEMPLATE_GENERATION]: generation } };
  const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image }] } };
  const spec = { selector: { matchLabels: { app: 'a' } }, template, ...more };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata, spec };
}

/** The annotation of what is stored in the end. */
function generationAfter(...manifests: readonly JsonObject[]): string | undefined {
  const session = new ApplySession(createApiServer(SETTINGS));
  const answers = manifests.map((manifest) => session.apply(manifest, 'default')?.answer);
  const last = answers.at(-1);
  if (last?.type === 'create' && last.answer.status === 201) {
    return last.answer.stored.metadata.annotations?.[TEMPLATE_GENERATION];
  }
  return last?.type === 'update' && last.answer.type === 'configured'
    ? last.answer.stored.metadata.annotations?.[TEMPLATE_GENERATION]
    : undefined;
}

describe('numbers of a manifest', () => {
  const range = 'must be between 1 and 2147483647, inclusive';

  test.each([
    // As the parsers of YAML and JSON read 9223372036854775807.
    [2 ** 63, '9223372036854775807'],
    [-(2 ** 63), '-9223372036854775808'],
    [2 ** 60, '1152921504606846976'],
  ])('%d fits', (number, printed) => {
    expect(applied(pod(number))).toBe(
      `The Pod "a" is invalid: spec.activeDeadlineSeconds: Invalid value: ${printed}: ${range}`,
    );
    expect(applied(pod(5), pod(number))).toContain(`spec.activeDeadlineSeconds: Invalid value: ${printed}: `);
  });

  test.each([
    [2 ** 63 + 2 ** 11, '9223372036854777856'],
    [2 ** 64, '18446744073709551615'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
  ])('%d does not', (number, printed) => {
    expect(applied(pod(number))).toContain(`json: cannot unmarshal number ${printed} into Go struct field PodSpec.`);
  });

  test('a number that an update makes too large', () => {
    expect(applied(pod(5), pod(1e20))).toMatch(/: cannot convert float64 to int64$/);
    expect(applied(pod(5), pod(1e20))).toContain('activeDeadlineSeconds:1e+20');
  });

  test('large numbers in all digits', () => {
    expect([2 ** 53, 2 ** 70, 1.5].map(printedNumber)).toEqual(['9007199254740992', '1.1805916207174113e+21', '1.5']);
  });
});

test.each([
  ['-0', 0n],
  ['+9223372036854775807', 9223372036854775807n],
  ['-9223372036854775808', -9223372036854775808n],
  ['00000000000000000000000000000000012', 12n],
  ['', 'parsing "": invalid syntax'],
  ['1_0', 'parsing "1_0": invalid syntax'],
  ['é\u0001"', 'parsing "é\\x01\\"": invalid syntax'],
  ['9223372036854775808', 'parsing "9223372036854775808": value out of range'],
  ['-9223372036854775809', 'parsing "-9223372036854775809": value out of range'],
])('%j read as a number', (text, expected) => {
  const parsed = parseInt64(text, 'ParseInt');
  expect(parsed.type === 'number' ? parsed.value : parsed.message).toBe(
    typeof expected === 'string' ? `strconv.ParseInt: ${expected}` : expected,
  );
});

describe('a duration', () => {
  test.each([
    '9223372036854775807ns',
    '-9223372036854775808ns',
    '2562047h47m16.854775807s',
    '1.5h.5m',
    '1.s',
    '-.5s',
    '+0',
    '0.00000000000000000000000001h',
    '00000000000000000000000000001h',
    '9223372036854775807.9ns',
  ])('%s', (text) => expect(durationProblem(text)).toBeUndefined());

  test.each([
    ['9223372036854775808ns', 'invalid duration "9223372036854775808ns"'],
    ['-9223372036854775809ns', 'invalid duration "-9223372036854775809ns"'],
    ['2562047h47m16.854775808s', 'invalid duration "2562047h47m16.854775808s"'],
    ['2562048h', 'invalid duration "2562048h"'],
    ['99999999999999999999x', 'invalid duration "99999999999999999999x"'],
    ['9223372036854775809', 'invalid duration "9223372036854775809"'],
    ['.s', 'invalid duration ".s"'],
    ['-', 'invalid duration "-"'],
    ['1h1', 'missing unit in duration "1h1"'],
    ['300y', 'unknown unit "y" in duration "300y"'],
    ['1é', 'unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'],
  ])('%s is none', (text, problem) => expect(durationProblem(text)).toBe(`time: ${problem}`));
});

describe('the generation of a template, which is an annotation', () => {
  test('counts beyond 2^53', () => {
    expect(generationAfter(daemonSet('9007199254740993'))).toBe('9007199254740993');
    expect(generationAfter(daemonSet('9007199254740993'), daemonSet('5', 'httpd'))).toBe('9007199254740994');
    expect(generationAfter(daemonSet('9223372036854775807'), daemonSet('5', 'httpd'))).toBe('-9223372036854775808');
    expect(generationAfter(daemonSet('-5'))).toBe('1');
  });

  test.each([
    ['x', 'invalid syntax'],
    ['', 'invalid syntax'],
    ['9223372036854775808', 'value out of range'],
  ])('%j is refused', (text, reason) => {
    const problem = `strconv.ParseInt: parsing "${text}": ${reason}`;
    expect(applied(daemonSet(text))).toBe(
      `Error from server (BadRequest): error when creating "a.yaml": DaemonSet in version "v1" cannot be handled as a DaemonSet: ${problem}`,
    );
    expect(applied(daemonSet('1'), daemonSet(text))).toMatch(new RegExp(`^Error from server: .*: ${problem}$`, 's'));
  });

  test('is converted after types are checked, and before unknown fields are told', () => {
    expect(applied(daemonSet('x', 'nginx', { nope: 1 }))).toMatch(/: invalid syntax$/);
    expect(applied(daemonSet('x', 'nginx', { minReadySeconds: 'a' }))).toContain('cannot unmarshal string');
  });
});

test('indexes beyond 64 bits', () => {
  const job = (succeededIndexes: string): JsonObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'a' },
    spec: {
      completions: 3,
      completionMode: 'Indexed',
      successPolicy: { rules: [{ succeededIndexes }] },
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'nginx' }] } },
    },
  });
  expect(applied(job('9223372036854775807'))).toMatch(/: too large index: "9223372036854775807"$/);
  expect(applied(job('9223372036854775808'))).toMatch(
    /: cannot convert string to integer for index: "9223372036854775808"$/,
  );
});
