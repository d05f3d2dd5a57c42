import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { applyEdits } from '../server/src/core/index.ts';
import {
  editDocument,
  type FieldPath,
  fieldAt,
  findComments,
  findNode,
  parseDocument,
  rangeOfPath,
  splitDocuments,
  type YamlDocument,
  type YamlEdit,
  type YamlNode,
} from '../server/src/core/yaml/index.ts';
import { wantedOf, without } from './support/edit-model.ts';
import { generateFile, randomFrom } from './support/generate-manifests.ts';

const RUNS = { numRuns: 500, seed: 20260801 };

/** Text of the characters that mean something to YAML, more often than chance would have them. */
const yamlLike = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '---',
        '...',
        '%YAML 1.2\n',
        '\n',
        '\r\n',
        '\r',
        '\t',
        ' ',
        '  ',
        '- ',
        ': ',
        '? ',
        '# ',
        '{',
        '}',
      ),
      fc.constantFrom(
        '[',
        ']',
        ',',
        '"',
        "'",
        '|',
        '>-\n',
        '&a ',
        '*a',
        '<<: ',
        '!!str ',
        '!',
        '@',
        '`',
        '{{',
        '\uFEFF',
        '\0',
      ),
      fc.constantFrom('a', 'app: cart', 'kind: Service', '\u{1F6D2}', '\u2028', '\uD800'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** Every node below and with this one; nodes of aliases stand for text elsewhere and are left out. */
function* nodesOf(node: YamlNode | undefined): Generator<YamlNode> {
  if (node === undefined) return;
  yield node;
  if (node.kind === 'scalar' || node.aliased) return;
  const own = node.kind === 'mapping' ? node.entries.filter((entry) => !entry.merged) : [];
  const children = node.kind === 'sequence' ? node.items : own.map((entry) => entry.value);
  for (const child of children) yield* nodesOf(child);
}

function checkRanges({ text, root, problems }: YamlDocument): void {
  const ranges = [...[...nodesOf(root)].map((node) => node.range), ...problems.map((problem) => problem.range)];
  for (const { start, end } of ranges) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
}

/** What Kubernetes' decoder would get: the last of a repeated key counts. */
function contentOf(node: YamlNode | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(contentOf);
  return Object.fromEntries(node.entries.map((entry) => [entry.key, contentOf(entry.value)]));
}

function valueOfText(text: string): unknown {
  return contentOf(parseDocument(text).root);
}

describe('splitDocuments', () => {
  test('covers the whole text, in order, with pieces that are not empty', () => {
    fc.assert(
      fc.property(yamlLike, (text) => {
        const pieces = splitDocuments(text);
        expect(pieces.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        expect(pieces.every(({ start, end }) => end > start) || text === '').toBe(true);
      }),
      RUNS,
    );
  });

  test('splitting a piece again gives the same piece', () => {
    fc.assert(
      fc.property(yamlLike, (text) => {
        for (const { start, end } of splitDocuments(text)) {
          const piece = text.slice(start, end);
          expect(splitDocuments(piece)).toEqual([{ start: 0, end: piece.length }]);
        }
      }),
      RUNS,
    );
  });

  test.each([
    ['a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    ['---\na: 1\n---\nb: 2', ['---\na: 1\n', '---\nb: 2']],
    ['a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n', '---\nb: 2\n']],
    ['a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
    ['a: 1\n...\nb: 2\n', ['a: 1\n...\nb: 2\n']],
    ['%YAML 1.2\n---\na: 1\n', ['%YAML 1.2\n', '---\na: 1\n']],
    ['a: 1\n--- # next\nb: 2\n', ['a: 1\n', '--- # next\nb: 2\n']],
    ['a: |\n  ---\n  text\n', ['a: |\n  ---\n  text\n']],
    ['a: ---b\n---b: 1\n', ['a: ---b\n', '---b: 1\n']],
    ['\uFEFF---\na: 1\n', ['\uFEFF---\na: 1\n']],
    ['', ['']],
  ])('%j', (text, pieces) => {
    expect(splitDocuments(text).map(({ start, end }) => text.slice(start, end))).toEqual(pieces);
  });
});

describe('parseDocument', () => {
  test('never throws, and its ranges lie in the text', () => {
    fc.assert(
      fc.property(fc.oneof(yamlLike, fc.string({ unit: 'binary' })), (text) => checkRanges(parseDocument(text))),
      {
        ...RUNS,
        numRuns: 2000,
      },
    );
  });

  test('never throws on manifests with random damage', () => {
    const random = randomFrom(1);
    const pick = (length: number) => Math.floor(random() * length);
    const text = generateFile(6);
    const damage = ['', ' ', '\n', '\t', ':', '-', '{', '}', '[', '"', "'", '#', '|', '&x', '*x', '\0', '\r', '---\n'];
    for (let round = 0; round < 150; round++) {
      const at = pick(text.length);
      const damaged = text.slice(0, at) + damage[pick(damage.length)] + text.slice(at + pick(30));
      for (const { start, end } of splitDocuments(damaged)) {
        const document = parseDocument(damaged.slice(start, end));
        checkRanges(document);
        fieldAt(document, pick(end - start));
      }
    }
  });

  test('reads sound YAML as the reference parser does', () => {
    const key = fc.stringMatching(/^[a-z]{1,4}$/);
    const scalar = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.constant(null));
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        scalar,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (wanted) => {
        const document = parseDocument(JSON.stringify(wanted));
        expect(document.problems).toEqual([]);
        expect(contentOf(document.root)).toEqual(wanted);
      }),
      RUNS,
    );
  });

  test.each([
    ['yes', true],
    ['Yes', true],
    ['on', true],
    ['y', true],
    ['TRUE', true],
    ['no', false],
    ['off', false],
    ['n', false],
    ['False', false],
    ['~', null],
    ['null', null],
    ['', null],
    ['NULL', null],
    ['nULL', 'nULL'],
    ['80', 80],
    ['-1', -1],
    ['+1', 1],
    ['0', 0],
    ['0123', 83],
    ['0o17', 15],
    ['0x1f', 31],
    ['0b101', 5],
    ['1e3', 1000],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1_000', 1000],
    ['12:30', '12:30'],
    ['190:20:30', '190:20:30'],
    ['0128', 128],
    ['1.2.3', '1.2.3'],
    ['10.0.0.1', '10.0.0.1'],
    ['fd00::1', 'fd00::1'],
    ['yEs', 'yEs'],
    ['0x', '0x'],
    ['_', '_'],
    ['80m', '80m'],
    ['"80"', '80'],
    ["'yes'", 'yes'],
    ['!!str 80', '80'],
    ['!!str', ''],
    ['!!int "1"', 1],
    ['!!bool yes', true],
    ['!!null ""', null],
    ['!!float 3', 3],
    ['!own y', 'y'],
    ['! 7', '7'],
    ['!!binary aGk=', 'aGk='],
    ['1e400', '1e400'],
    ['"b"# no blank', 'b'],
    ['2001-01-01', '2001-01-01'],
  ])('reads %j as go-yaml v2 does', (text, value) => {
    expect(valueOfText(`a: ${text}\n`)).toEqual({ a: value });
  });

  test.each([
    ['yes', 'true'],
    ['off', 'false'],
    ['0x10', '16'],
    ['1_0', '10'],
    ['-0', '0'],
    ['1.10', '1.1'],
    ['1.0', '1'],
    ['.5', '0.5'],
    ['1e5', '100000'],
    ['1e6', '1e+06'],
    ['1e-5', '1e-05'],
    ['123456789.5', '1.2345679e+08'],
    ['.nan', '.nan'],
    ['-1e60', '-.inf'],
    ['"yes"', 'yes'],
    ['!!str 1.10', '1.10'],
    ['&anchor key', 'key'],
    ['<', '<'],
  ])('takes the key %s as sigs.k8s.io/yaml does', (text, key) => {
    expect(Object.keys(valueOfText(`${text}: 1\n`) as object)).toEqual([key]);
  });

  test('a merge key counts where it stands, and only without quotes', () => {
    expect(valueOfText('a: { b: 1, <<: { b: 2 } }\nc: { "<<": { d: 1 } }\n')).toEqual({
      a: { b: 2 },
      c: { '<<': { d: 1 } },
    });
    expect(valueOfText('a: &k b\n*k : c\n')).toEqual({ a: 'b', b: 'c' });
  });

  test('folds lines that are not indented', () => {
    expect(valueOfText('a: "b\nc\n\n \td\\\n e"\nf: [g\nh, i]\n')).toEqual({ a: 'b c\nde', f: ['g h', 'i'] });
    expect(valueOfText('a: &x !!str "b\nc"\nd: {# e\nf: g,# h\n i: j }\n')).toEqual({
      a: 'b c',
      d: { f: 'g', i: 'j' },
    });
  });

  test('JSON has an escape for a slash', () => {
    expect(valueOfText('{ "a": "\\/b" }')).toEqual({ a: '/b' });
    expect(parseDocument('{ "a": "\\/b" }').problems).toEqual([]);
  });

  test('between brackets a dash, or a colon behind a word, may be text', () => {
    expect(valueOfText('a: [kubectl, apply, -f, -]\nb: {c: -, d:}\ne: [f # g\n , h]\n')).toEqual({
      a: ['kubectl', 'apply', '-f', '-'],
      b: { c: '-', 'd:': null },
      e: ['f', 'h'],
    });
  });

  test('block scalars stay what they are where brackets go on without indentation', () => {
    expect(valueOfText('a: |2\n    x\nb: [\nc\n]\n')).toEqual({ a: '  x\n', b: ['c'] });
  });

  test('between brackets ? may say that a key begins', () => {
    expect(valueOfText('a: {? b\n  : c, d: {"e":1}}\n')).toEqual({ a: { b: 'c', d: { e: 1 } } });
  });

  test('tags are not looked up in what objects inherit', () => {
    expect(valueOfText('a: !!constructor x\nb: !!__proto__ y\n')).toEqual({ a: 'x', b: 'y' });
  });

  test('a lone ! makes a text of a value', () => {
    expect(valueOfText('a: ! 80\nb: !\nc: ! yes\n')).toEqual({ a: '80', b: '', c: 'yes' });
  });

  test('what stands behind ... is not applied', () => {
    const document = parseDocument('a: 1\n... # end\nb: 2\n');
    expect(contentOf(document.root)).toEqual({ a: 1 });
    expect(document.problems).toMatchObject([{ kind: 'ignored-document', range: { start: 5, end: 8 } }]);
  });

  test('expands anchors and merge keys; own keys win, earlier merges win', () => {
    const text =
      'base: &base { a: 1, b: 2 }\nmore: &more { b: 3, c: 4 }\none:\n  <<: *base\n  b: 5\ntwo:\n  <<: [*base, *more]\nthree: *more\n';
    expect(valueOfText(text)).toMatchObject({
      one: { a: 1, b: 5 },
      two: { a: 1, b: 2, c: 4 },
      three: { b: 3, c: 4 },
    });
  });

  test('an alias without its anchor is a problem, not a failure', () => {
    expect(parseDocument('a: *gone\n').problems).toHaveLength(1);
    checkRanges(parseDocument('a: &a [*a]\n'));
  });

  test('a repeated key counts as its last occurrence and is reported', () => {
    const document = parseDocument('a: 1\nb: 2\na: 3\n');
    expect(findNode(document.root, ['a'])).toMatchObject({ value: 3 });
    expect(document.problems).toMatchObject([{ kind: 'duplicate-key', range: { start: 10, end: 11 } }]);
  });

  test.each([
    ['a tab as indentation', 'a:\n\tb: 1\n', 3],
    ['a NUL', 'a: \0\n', 3],
    ['a tab on a blank line', 'a: "b"\n \t\nc: 1\n', 8],
    ['a tab before a comment', '\t# c\na: 1\n', 0],
    ['a tab that is not deep enough below a plain scalar', 'a:\n  b: c\n \t\n', 11],
    ['a tab below a plain scalar between brackets', 'a: [x\n\t\n]\n', 6],
    ['a tab below a key', 'a:\n   \t\n  - b\n', 6],
    ['an escaped slash', 'a: "\\\\ \\/"\n', 7],
    ['an infinite number', 'a: .inf\n', 3],
    ['a directive', '# c\n%YAML 1.1\n', 4],
    ['a text behind a separator', '--- a: 1\n', 4],
    ['a separator of four dashes', '----\n', 3],
    ['a list as a key', '[a]: 1\n', 0],
    ['null as a key', 'a: 1\n~: 1\n', 5],
    ['no key', ': 1\n', 0],
    ['a text to merge', 'a:\n  <<: b\n', 5],
    ['a text that is no number, but tagged', 'a: !!int b\n', 9],
    ['an anchor with a dot', 'a: &b.c d\n', 8],
    ['a question mark between brackets', 'a: [b?c]\n', 4],
    ['a colon that begins a text between brackets', 'a: [:b]\n', 4],
    ['no blank behind a colon between brackets', 'a: {b:[c]}\n', 5],
    ['a key on two lines between brackets', 'a: {b\n  c: d}\n', 4],
    ['a key before the line of its colon', 'a: {"b"\n  : c}\n', 4],
    ['no comma in front of a comment', 'a: [\n  b # c\n  d # e\n  ]\n', undefined],
    ['no comma in front of a comment between braces', 'a: {b: c # d,\n e: f}\n', undefined],
    ['an end of nothing', '# c\n...\na: 1\n', 4],
    ['a separator within brackets', 'a: [b,\n...\nc]\n', undefined],
    ['what a line separator of Unicode leaves of a comment', 'a: b\n# c\u2028d\n', 9],
    ['an open bracket', 'a: [1, 2\nb: c\n', 3],
    ['an open bracket in another', 'a: [1, {b: c]\nd: e\n', 7],
    ['an open quote', 'a: "b\nc: d\n', 3],
    ['an open single quote', "a:\n  - 'b\nc: d\n", 7],
  ])('reports %s', (_name, text, start) => {
    const [problem, ...more] = parseDocument(text).problems;
    expect(problem?.kind).toBe('syntax');
    if (start !== undefined) expect(problem?.range.start).toBe(start);
    expect(more).toEqual([]);
  });

  test.each([
    ['a byte order mark', '\uFEFFa: 1\n'],
    ['CRLF', 'a: 1\r\n'],
    ['an end marker', '---\na: 1\n...\n'],
    ['comments around', '# before\na: 1 # beside\n# after\n'],
    ['tabs after a value', 'a: 1\t# tab\n'],
    ['a tab that stands deep enough below a plain scalar', 'a: 1\n \t\n'],
    ['JSON with tabs', '{\n\t"a": 1\n}\n'],
    ['carriage returns alone', '# old\ra: 1\r'],
    ['a comment behind a separator', '--- # first\na: 1\n'],
    ['a comment that a line separator of Unicode ends', '# one\u2028a: 1\n'],
  ])('reads %s without a problem', (_name, text) => {
    const document = parseDocument(text);
    expect(document.problems).toEqual([]);
    expect(contentOf(document.root)).toEqual({ a: 1 });
    const range = rangeOfPath(document, ['a'], 'value');
    expect(text.slice(range.start, range.end)).toBe('1');
  });

  test('keeps what can be read of half-typed text', () => {
    const document = parseDocument('apiVersion: v1\nkind: Service\nspec:\n  ports:\n    - port:\n  sel\n');
    expect(findNode(document.root, ['kind'])).toMatchObject({ value: 'Service' });
  });

  test('is not held up by an alias bomb', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}*l${i}]`);
    const merges = Array.from({ length: 200 }, (_, i) => `m${i + 1}: &m${i + 1} { <<: [*m${i}, *m${i}], k${i}: 1 }`);
    expect(millisecondsOf(() => parseDocument(`l0: &l0 [x,x,x]\n${levels.join('\n')}\n`))).toBeLessThan(10_000);
    expect(millisecondsOf(() => parseDocument(`m0: &m0 { k: 1 }\n${merges.join('\n')}\n`))).toBeLessThan(10_000);
  });

  test.each([
    ['flow', '['.repeat(10_000)],
    ['closed flow', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['dashes', '- '.repeat(10_000)],
    ['blocks', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['braces', '{a: '.repeat(10_000)],
    ['parentheses of templates', '{{'.repeat(10_000)],
  ])('survives deep nesting: %s', (_name, text) => {
    let document: YamlDocument | undefined;
    expect(
      millisecondsOf(() => {
        document = parseDocument(text);
      }),
    ).toBeLessThan(15_000);
    expect(document?.text).toBe(text);
  });

  test('reads 5 MB in a few seconds', () => {
    const item = '    - name: some-name\n      value: "some text" # with a comment\n';
    const text = `apiVersion: v1\nkind: ConfigMap\nitems:\n${item.repeat(Math.ceil(5e6 / item.length))}`;
    let document: YamlDocument | undefined;
    expect(
      millisecondsOf(() => {
        document = parseDocument(text);
      }),
    ).toBeLessThan(30_000);
    expect(document?.problems).toEqual([]);
  });

  test.each([
    ['quotes', `a: "${'x\n'.repeat(100_000)}`],
    ['comments', '#\n'.repeat(500_000)],
    ['dashes on lines', '---\n'.repeat(20_000)],
    ['colons', ': '.repeat(100_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['one long line', `a: ${'b'.repeat(5_000_000)}`],
    ['open brackets on lines', '[\n'.repeat(3_000)],
    ['quotes on lines', `${'a: "b\n'.repeat(3_000)}`],
    ['braces on lines', `${'a: {b\n'.repeat(12_000)}`],
    ['faulty keys between brackets', `a: {${'b:[c], '.repeat(50_000)}}`],
  ])('takes linear time for many %s', (_name, text) => {
    expect(
      millisecondsOf(() => splitDocuments(text).map(({ start, end }) => parseDocument(text.slice(start, end)))),
    ).toBeLessThan(15_000);
  });
});

function millisecondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

test('findComments finds comments and nothing in quotes or block scalars', () => {
  const text = 'a: 1 # one\nb: "# no"\nc: |\n  # no\n# two\nd: x#no\n';
  expect(findComments(text).map(({ range, text: words }) => [text.slice(range.start, range.end), words])).toEqual([
    ['# one', 'one'],
    ['# two', 'two'],
  ]);
});

/** A document in one of the ways that people write one. */
interface Style {
  readonly indent: number;
  readonly flushDashes: boolean;
  readonly lineBreak: string;
  readonly comments: boolean;
  readonly trailingBreak: boolean;
  readonly flow: boolean;
  readonly blank: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom(2, 4),
  flushDashes: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  comments: fc.boolean(),
  trailingBreak: fc.boolean(),
  flow: fc.boolean(),
  blank: fc.boolean(),
});

type Value = string | number | boolean | { readonly [key: string]: Value } | readonly Value[];

const word = fc.constantFrom(
  'cart',
  'web',
  'shop',
  'a-b',
  'app.kubernetes.io/name',
  'yes',
  '80',
  '# no',
  'a: b',
  '12:30',
  '',
);
const number = fc.constantFrom(80, 443, 8080);
const labels = fc.dictionary(fc.constantFrom('app', 'tier', 'team'), word, {
  minKeys: 1,
  maxKeys: 3,
  noNullPrototype: true,
});
const port = fc.record({ name: fc.constantFrom('http', 'web'), port: number });
const value: fc.Arbitrary<{ readonly [key: string]: Value }> = fc.record({
  kind: fc.constant('Service'),
  metadata: fc.record({ name: word, labels }),
  spec: fc.record({ selector: labels, ports: fc.array(port, { minLength: 1, maxLength: 3 }), type: word }),
});

function render(root: { readonly [key: string]: Value }, options: Style): string {
  const lines = blockOf(root, 0, options);
  const commented = options.comments
    ? lines.map((line, i) => (line.endsWith(':') ? line : `${line} # note ${i}`))
    : lines;
  const spaced = options.blank ? commented.flatMap((line) => (/^\S/.test(line) ? ['', line] : [line])) : commented;
  return spaced.join(options.lineBreak) + (options.trailingBreak ? options.lineBreak : '');
}

function blockOf(node: Value, depth: number, options: Style): readonly string[] {
  const pad = ' '.repeat(depth);
  if (Array.isArray(node)) {
    return node.flatMap((item) => {
      const [first = '', ...rest] = blockOf(item, depth + 2, options);
      return [`${pad}- ${first.slice(depth + 2)}`, ...rest];
    });
  }
  return Object.entries(node as { readonly [key: string]: Value }).flatMap(([key, child]) => {
    if (typeof child !== 'object') return [`${pad}${key}: ${scalarOf(child)}`];
    if (options.flow && depth > 0) return [`${pad}${key}: ${flowOf(child)}`];
    const isList = Array.isArray(child);
    return [
      `${pad}${key}:`,
      ...blockOf(child, isList && options.flushDashes ? depth : depth + options.indent, options),
    ];
  });
}

function flowOf(node: Value): string {
  if (typeof node !== 'object') return scalarOf(node);
  if (Array.isArray(node)) return `[${node.map(flowOf).join(', ')}]`;
  return `{ ${Object.entries(node)
    .map(([key, child]) => `${key}: ${flowOf(child)}`)
    .join(', ')} }`;
}

function scalarOf(node: string | number | boolean): string {
  return typeof node === 'string' && !/^[a-z][a-z-]+$/.test(node)
    ? `"${node}"`
    : typeof node === 'string' && /^(yes|no|on|off)$/.test(node)
      ? `'${node}'`
      : String(node);
}

interface Case {
  readonly text: string;
  readonly before: unknown;
  readonly edit: YamlEdit;
  readonly wanted: unknown;
}

const newValue = fc.oneof(word, number, fc.boolean());
const PATHS: readonly FieldPath[] = [
  ['kind'],
  ['metadata', 'name'],
  ['spec', 'ports', 0, 'port'],
  ['spec', 'ports', 0, 'name'],
  ['spec', 'type'],
];
const LISTS: readonly FieldPath[] = [
  ['spec', 'ports'],
  ['spec', 'externalIPs'],
  ['metadata', 'finalizers'],
];
const INSERTS: readonly FieldPath[] = [
  ['spec', 'clusterIP'],
  ['metadata', 'labels', 'new'],
  ['spec', 'ports', 0, 'protocol'],
  ['status', 'deep', 'er'],
  ['spec', 'selector', 'new.example/key'],
];
const bigValue: fc.Arbitrary<Value> = fc.oneof(
  newValue,
  labels,
  fc.array(port, { minLength: 1, maxLength: 2 }),
  fc.array(word, { minLength: 1, maxLength: 2 }),
);

function editCase(before: { readonly [key: string]: Value }, options: Style, edit: YamlEdit): Case {
  const text = render(before, options);
  return { text, before, edit, wanted: wantedOf(before, edit) };
}

const REMOVABLE: readonly FieldPath[] = [...PATHS, ['metadata', 'labels'], ['spec', 'ports', 0], ['spec', 'ports']];

const edit: fc.Arbitrary<YamlEdit> = fc.oneof(
  fc.record({ op: fc.constant('replace' as const), path: fc.constantFrom(...PATHS), value: newValue }),
  fc.record({
    op: fc.constant('set' as const),
    path: fc.constantFrom<FieldPath>(['metadata', 'labels'], ['spec', 'ports'], ['kind']),
    value: bigValue,
  }),
  fc.record({ op: fc.constant('insert' as const), path: fc.constantFrom(...INSERTS), value: bigValue }),
  fc.record({ op: fc.constant('append' as const), path: fc.constantFrom(...LISTS), value: fc.oneof(port, word) }),
  fc.record({
    op: fc.constant('rename' as const),
    path: fc.constantFrom<FieldPath>(['spec', 'type'], ['spec', 'ports', 0, 'name'], ['metadata', 'labels']),
    key: fc.constantFrom('renamed', 'new.example/key', 'yes'),
  }),
  fc.record({ op: fc.constant('add-document' as const), value: fc.constant({ kind: 'Pod', list: [1, { a: 'b' }] }) }),
);
const editing = fc.tuple(value, style, edit).map(([before, options, change]) => editCase(before, options, change));

function applied({ text, edit: change }: Pick<Case, 'text' | 'edit'>): string | undefined {
  const found = editDocument(parseDocument(text), change);
  return found && applyEdits(text, [found]);
}

describe('editDocument', () => {
  test('what the tests render is what they mean', () => {
    fc.assert(
      fc.property(value, style, (before, options) => {
        expect(parseYaml(render(before, options))).toEqual(before);
      }),
      { ...RUNS, numRuns: 100 },
    );
  });

  test('gives the wanted value and keeps all others', () => {
    fc.assert(
      fc.property(editing, (each) => {
        const result = applied(each);
        expect(result).toBeDefined();
        const [first, second] = splitDocuments(result ?? '').map(({ start, end }) => (result ?? '').slice(start, end));
        expect(parseDocument(first ?? '').problems).toEqual([]);
        expect(valueOfText(first ?? '')).toEqual(each.wanted);
        expect(second === undefined).toBe(each.edit.op !== 'add-document');
        if (each.edit.op === 'add-document') expect(valueOfText(second ?? '')).toEqual(each.edit.value);
      }),
      { ...RUNS, numRuns: 1500 },
    );
  });

  test('keeps comments, line breaks and all text outside of the change', () => {
    fc.assert(
      fc.property(editing, (each) => {
        fc.pre(each.edit.op !== 'set');
        const found = editDocument(parseDocument(each.text), each.edit);
        const result = found === undefined ? '' : applyEdits(each.text, [found]);
        const removed = found === undefined ? '' : each.text.slice(found.range.start, found.range.end);
        expect(removed.trim().includes('\n')).toBe(false);
        const comments = (text: string) => findComments(text).map((comment) => comment.text);
        expect(comments(result)).toEqual(comments(each.text));
        const isCrlf = each.text.includes('\r\n');
        expect(/[^\r]\n/.test(result)).toBe(!isCrlf);
        expect(/\r\n/.test(result)).toBe(isCrlf);
      }),
      { ...RUNS, numRuns: 1500 },
    );
  });

  test('removes a field and leaves all others', () => {
    fc.assert(
      fc.property(value, style, fc.constantFrom<FieldPath>(...REMOVABLE), (before, options, path) => {
        const result = applied({ text: render(before, options), edit: { op: 'remove', path } });
        expect(valueOfText(result ?? '')).toEqual(without(before, path));
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  test.each<[string, string, YamlEdit, string | undefined]>([
    ['keeps double quotes', 'a: "b" # c\n', { op: 'replace', path: ['a'], value: 'd' }, 'a: "d" # c\n'],
    ['keeps single quotes', "a: 'b'\n", { op: 'replace', path: ['a'], value: '80' }, "a: '80'\n"],
    ['quotes what would be no string', 'a: b\n', { op: 'replace', path: ['a'], value: '80' }, 'a: "80"\n'],
    ['quotes what go-yaml reads as a boolean', 'a: b\n', { op: 'replace', path: ['a'], value: 'yes' }, 'a: "yes"\n'],
    ['writes a number without quotes', 'a: "b"\n', { op: 'replace', path: ['a'], value: 80 }, 'a: 80\n'],
    ['fills a key without a value', 'a:\nb: 1\n', { op: 'insert', path: ['a'], value: 'c' }, 'a: c\nb: 1\n'],
    ['fills an empty list', 'a: [] # none\n', { op: 'append', path: ['a'], value: 1 }, 'a:\n  - 1 # none\n'],
    ['appends to a flow list', 'a: [1]\n', { op: 'append', path: ['a'], value: 2 }, 'a: [1, 2]\n'],
    ['appends after a comma', 'a: [1,]\n', { op: 'append', path: ['a'], value: 2 }, 'a: [1, 2]\n'],
    [
      'inserts into a flow mapping',
      'a: { b: 1 }\n',
      { op: 'insert', path: ['a', 'c'], value: 2 },
      'a: { b: 1, c: 2 }\n',
    ],
    ['appends with flush dashes', 'a:\n- 1\nb: 2\n', { op: 'append', path: ['a'], value: 3 }, 'a:\n- 1\n- 3\nb: 2\n'],
    [
      'inserts after a block scalar',
      'a:\n  b: |\n    text\n\nc: 1\n',
      { op: 'insert', path: ['a', 'd'], value: 2 },
      'a:\n  b: |\n    text\n  d: 2\n\nc: 1\n',
    ],
    [
      'fills an empty list inside of braces',
      'a: { b: [], c: 1 }\n',
      { op: 'append', path: ['a', 'b'], value: { d: 2 } },
      'a: { b: [ { d: 2 } ], c: 1 }\n',
    ],
    ['quotes a comma inside of brackets', 'a: [b]\n', { op: 'append', path: ['a'], value: 'c, d' }, 'a: [b, "c, d"]\n'],
    [
      'quotes a key that is no string',
      'a: { b: 1 }\n',
      { op: 'insert', path: ['a', 'on'], value: 'off' },
      'a: { b: 1, "on": "off" }\n',
    ],
    ['removes a field with its comment', 'a: 1\nb: 2 # two\nc: 3\n', { op: 'remove', path: ['b'] }, 'a: 1\nc: 3\n'],
    ['removes the last line', 'a: 1\nb: 2', { op: 'remove', path: ['b'] }, 'a: 1'],
    ['removes a block', 'a:\n  b: 1\n  c: 2\nd: 3\n', { op: 'remove', path: ['a'] }, 'd: 3\n'],
    [
      'removes the first field of an item',
      'a:\n  - b: 1\n    c: 2\n',
      { op: 'remove', path: ['a', 0, 'b'] },
      'a:\n  - c: 2\n',
    ],
    ['removes an item', 'a:\n- 1\n- b: 2\n  c: 3\n- 4\n', { op: 'remove', path: ['a', 1] }, 'a:\n- 1\n- 4\n'],
    [
      'removes a parent without content',
      'a:\n  b:\n    c: 1\nd: 2\n',
      { op: 'remove', path: ['a', 'b', 'c'] },
      'd: 2\n',
    ],
    ['removes from braces', 'a: { b: 1, c: 2 }\n', { op: 'remove', path: ['a', 'b'] }, 'a: { c: 2 }\n'],
    ['removes the last from brackets', 'a: [1, 2]\n', { op: 'remove', path: ['a', 1] }, 'a: [1]\n'],
    ['removes a key without a value', 'a:\nb: 1\n', { op: 'remove', path: ['a'] }, 'b: 1\n'],
    ['removes a field with CRLF', 'a: 1\r\nb: 2\r\n', { op: 'remove', path: ['a'] }, 'b: 2\r\n'],
    ['refuses to remove all there is', 'a: 1\n', { op: 'remove', path: ['a'] }, undefined],
    ['refuses to remove what is not there', 'a: 1\nb: 2\n', { op: 'remove', path: ['c'] }, undefined],
    ['refuses a field that exists', 'a: 1\n', { op: 'insert', path: ['a'], value: 2 }, undefined],
    ['refuses to replace a mapping', 'a: { b: 1 }\n', { op: 'replace', path: ['a'], value: 2 }, undefined],
    ['refuses a missing key', 'a: 1\n', { op: 'rename', path: ['b'], key: 'c' }, undefined],
    ['refuses to append to a mapping', 'a: { b: 1 }\n', { op: 'append', path: ['a'], value: 2 }, undefined],
    [
      'refuses what is shared through an alias',
      'a: &a { b: 1 }\nc: *a\n',
      { op: 'replace', path: ['c', 'b'], value: 2 },
      undefined,
    ],
    [
      'refuses what a merge key brings',
      'a: &a { b: 1 }\nc: { <<: *a }\n',
      { op: 'replace', path: ['c', 'b'], value: 2 },
      undefined,
    ],
    [
      'refuses what others share through an anchor',
      'a: &a { b: 1 }\nc: *a\n',
      { op: 'replace', path: ['a', 'b'], value: 2 },
      undefined,
    ],
  ])('%s', (_name, text, change, wanted) => {
    expect(applied({ text, edit: change })).toBe(wanted);
  });
});
