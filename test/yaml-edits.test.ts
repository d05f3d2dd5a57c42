import { describe, expect, test } from 'vitest';
import { applyEdits } from '../server/src/core/index.ts';
import {
  editDocument,
  editTogether,
  type FieldPath,
  parseDocument,
  type YamlEdit,
} from '../server/src/core/yaml/index.ts';

/** What an edit makes of a document; undefined where there is none. */
function edited(text: string, edit: YamlEdit): string | undefined {
  const found = editDocument(parseDocument(text), edit);
  return found && applyEdits(text, [found]);
}

type Row = readonly [name: string, text: string, edit: YamlEdit, wanted: string | undefined];

function check(rows: readonly Row[]): void {
  test.each(rows)('%s', (_name, text, edit, wanted) => {
    expect(edited(text, edit)).toBe(wanted);
  });
}

const replaceA = (value: string | number | boolean): YamlEdit => ({ op: 'replace', path: ['a'], value });

describe('block scalars', () => {
  check([
    ['replaced, they leave the next line alone', 'a: |\n  x\nb: 1\n', replaceA('z'), 'a: z\nb: 1\n'],
    ['folded ones, too', 'a: >-\n  x\n  y\nb: 1\n', replaceA('z'), 'a: z\nb: 1\n'],
    ['replaced, they keep the comment behind their header', 'a: | # c\n  x\nb: 1\n', replaceA('z'), 'a: z # c\nb: 1\n'],
    ['replaced at the end of the file', 'b: 1\na: |\n  x', replaceA('z'), 'b: 1\na: z'],
    ['replaced with CRLF', 'a: |\r\n  x\r\nb: 1\r\n', replaceA('z'), 'a: z\r\nb: 1\r\n'],
    [
      'what is inserted behind one that keeps its blank lines stands behind these',
      'a:\n  b: |+\n    x\n\nc: 1\n',
      { op: 'insert', path: ['a', 'd'], value: 2 },
      'a:\n  b: |+\n    x\n\n  d: 2\nc: 1\n',
    ],
    [
      'items, too',
      'a:\n  - |+\n    x\n\n\nc: 1\n',
      { op: 'append', path: ['a'], value: 2 },
      'a:\n  - |+\n    x\n\n\n  - 2\nc: 1\n',
    ],
    [
      'removed, one that keeps its blank lines takes them along',
      'a: |\n  x\nb: |+\n  y\n\nc: 1\n',
      { op: 'remove', path: ['b'] },
      'a: |\n  x\nc: 1\n',
    ],
    [
      'a line break that would come to its text is not written',
      'a: |\n  x',
      { op: 'insert', path: ['b'], value: 2 },
      undefined,
    ],
    ['where it has no part in it, it is', 'a: |-\n  x', { op: 'insert', path: ['b'], value: 2 }, 'a: |-\n  x\nb: 2'],
    ['nor is a document added behind it', 'a: |\n  x', { op: 'add-document', value: { b: 2 } }, undefined],
    ['a # in one is no comment', 'a: |\n  # x\nb: 1\n', replaceA('z'), 'a: z\nb: 1\n'],
  ]);
});

describe('brackets', () => {
  const insertB: YamlEdit = { op: 'insert', path: ['x', 'b'], value: 2 };
  const append: YamlEdit = { op: 'append', path: ['x'], value: 2 };
  check([
    ['the new comes before a comment', 'x: { a: 1 # c\n  }\n', insertB, 'x: { a: 1, b: 2 # c\n  }\n'],
    ['and before a comment on its own line', 'x: [1\n  # c\n  ]\n', append, 'x: [1, 2\n  # c\n  ]\n'],
    ['a comma in a comment is none', 'x: { a: 1 # c,\n  }\n', insertB, 'x: { a: 1, b: 2 # c,\n  }\n'],
    [
      'where each has a line, the new has one',
      'x: [\n    1, # c\n    3 # d\n  ] # e\n',
      append,
      'x: [\n    1, # c\n    3, # d\n    2\n  ] # e\n',
    ],
    ['a last comma stays the last', 'x: [\n    1, # c\n  ] # e\n', append, 'x: [\n    1, # c\n    2,\n  ] # e\n'],
    [
      'a text that needs quotes there gets them',
      'x: [a]\n',
      { op: 'replace', path: ['x', 0], value: 'b, c' },
      'x: ["b, c"]\n',
    ],
    ['a key in quotes stays in quotes', 'x: {"a":1}\n', { op: 'rename', path: ['x', 'a'], key: 'b' }, 'x: {"b":1}\n'],
    [
      'a key without a value gets one',
      'x: { a, b: 1 }\n',
      { op: 'insert', path: ['x', 'a'], value: 2 },
      'x: { a: 2, b: 1 }\n',
    ],
    [
      'the comment of what was before stays',
      'x: { a: 1, # c\n  b: 2 }\n',
      { op: 'remove', path: ['x', 'b'] },
      'x: { a: 1 # c\n  }\n',
    ],
    [
      'the comment of what comes after stays',
      'x: { a: 1,\n  # c\n  b: 2 }\n',
      { op: 'remove', path: ['x', 'a'] },
      'x: {\n  # c\n  b: 2 }\n',
    ],
    [
      'a line goes with its comment',
      'x: [\n    1, # c\n    # d\n    2, # e\n    3 # f\n  ]\n',
      { op: 'remove', path: ['x', 1] },
      'x: [\n    1, # c\n    # d\n    3 # f\n  ]\n',
    ],
    [
      'the last line, too',
      'x: [\n    1, # c\n    # d\n    2 # e\n  ]\n',
      { op: 'remove', path: ['x', 1] },
      'x: [\n    1 # c\n    # d\n  ]\n',
    ],
    [
      'where they go on without indentation, nothing is done in them',
      'x:\n  y: {\na: 1, # c\nb: 2\n}\n',
      { op: 'remove', path: ['x', 'y', 'b'] },
      undefined,
    ],
    ['around them it is', 'x:\n  y: {\na: 1, # c\nb: 2\n}\nz: 3\n', { op: 'remove', path: ['x', 'y'] }, 'z: 3\n'],
    [
      'a comment inside of a value that is set stays, or nothing is done',
      'x: { a: [1, # c\n  2] }\n',
      { op: 'set', path: ['x', 'a'], value: 3 },
      undefined,
    ],
  ]);
});

describe('comments', () => {
  check([
    ['a dash in one is no item', 'a:\n  - # c - d\n    b: 1\n  - 2\n', { op: 'remove', path: ['a', 0] }, 'a:\n  - 2\n'],
    ['one above what is removed stays', '# x\na: 1\n# y\nb: 2\n', { op: 'remove', path: ['a'] }, '# x\n# y\nb: 2\n'],
    [
      'one below a block that is removed stays',
      'a:\n  b:\n    c: 1\n    # x\n  # y\n# z\nd: 3\n',
      { op: 'remove', path: ['a'] },
      '    # x\n  # y\n# z\nd: 3\n',
    ],
    [
      'one above the second field of an item stays above it',
      'a:\n  - b: 1 # x\n    # y\n    c: 2\n',
      { op: 'remove', path: ['a', 0, 'b'] },
      'a:\n  # y\n  - c: 2\n',
    ],
    [
      'what comes to a block stands above those of its neighbour',
      'a:\n  b:\n    c: 1 # x\n\n# y\nd: 3\n',
      { op: 'insert', path: ['a', 'b', 'e'], value: 2 },
      'a:\n  b:\n    c: 1 # x\n    e: 2\n\n# y\nd: 3\n',
    ],
    [
      'one behind a value that is set stays',
      'a: 1 # x\n',
      { op: 'set', path: ['a'], value: { b: 2 } },
      'a:\n  b: 2 # x\n',
    ],
    [
      'those inside of a block that is set stay',
      'a: # v\n  # w\n  b: 1 # x\n  c: 2 # y\n# z\nd: 3\n',
      { op: 'set', path: ['a'], value: { e: { f: 1 } } },
      'a: # v\n  # w\n  # x\n  e:\n    f: 1 # y\n# z\nd: 3\n',
    ],
    [
      'those inside of a block that becomes a scalar stay',
      'a: # v\n  b: 1 # x\n  c: 2 # y\n',
      { op: 'set', path: ['a'], value: 1 },
      'a: 1 # v # x # y\n',
    ],
    [
      'each stays at its field where only a level is added',
      'a: # v\n  # w\n  b: 1 # x\n\n  c: "2" # y\nd: 3\n',
      { op: 'set', path: ['a'], value: { e: { b: 1, c: '2' } } },
      'a: # v\n  e:\n    # w\n    b: 1 # x\n\n    c: "2" # y\nd: 3\n',
    ],
    [
      'and where one is taken away',
      'a: # v\n  # w\n  e: # u\n    b: 1 # x\n    # z\n    c: "2" # y\nd: 3\n',
      { op: 'set', path: ['a'], value: { b: 1, c: '2' } },
      'a: # v\n  # w\n  # u\n  b: 1 # x\n  # z\n  c: "2" # y\nd: 3\n',
    ],
    [
      'a level is added inside of brackets',
      "a: { b: 'x' }\n",
      { op: 'set', path: ['a'], value: { e: { b: 'x' } } },
      "a: { e: { b: 'x' } }\n",
    ],
    [
      'and taken away there',
      "a: { e: { b: 'x' } }\n",
      { op: 'set', path: ['a'], value: { b: 'x' } },
      "a: { b: 'x' }\n",
    ],
  ]);
});

describe('what moves', () => {
  const move = (path: FieldPath, from: FieldPath): YamlEdit => ({
    op: 'insert',
    path,
    value: [{ port: 1 }],
    from,
  });
  check([
    [
      'keeps its text',
      'a:\n  - b: 1\nports: # x\n  # y\n  - port: 1 # z\n# w\nc: 3\n',
      move(['a', 0, 'ports'], ['ports']),
      'a:\n  - b: 1\n    ports: # x\n      # y\n      - port: 1 # z\nports: # x\n  # y\n  - port: 1 # z\n# w\nc: 3\n',
    ],
    [
      'outwards, too',
      'a:\n  - ports:\n      # y\n      - "port": 1\n',
      move(['ports'], ['a', 0, 'ports']),
      'a:\n  - ports:\n      # y\n      - "port": 1\nports:\n  # y\n  - "port": 1\n',
    ],
    [
      'is written anew between brackets',
      'a: { b: 1 }\nports:\n  - port: 1\n',
      move(['a', 'ports'], ['ports']),
      'a: { b: 1, ports: [ { port: 1 } ] }\nports:\n  - port: 1\n',
    ],
  ]);
});

describe('anchors', () => {
  check([
    [
      'one that an alias needs is not removed',
      'a:\n  b: &x 1\n  c: 2\nd: *x\n',
      { op: 'remove', path: ['a', 'b'] },
      undefined,
    ],
    ['nor inside of what is removed', 'a:\n  b: &x 1\n  c: 2\nd: *x\n', { op: 'remove', path: ['a'] }, undefined],
    ['nor overwritten', 'a: { b: &x 1 }\nd: *x\n', { op: 'set', path: ['a'], value: 2 }, undefined],
    [
      'one that stands there again is not lost either',
      'a: &x 1\nb: &x 2\nc: *x\n',
      { op: 'remove', path: ['b'] },
      undefined,
    ],
    ['one that nobody needs stays at a value that is replaced', 'a: &x 1\n', replaceA(2), 'a: &x 2\n'],
    [
      'and does not stop an insertion',
      'a: &x\n  b: 1\n',
      { op: 'insert', path: ['a', 'c'], value: 2 },
      'a: &x\n  b: 1\n  c: 2\n',
    ],
    [
      'an alias gives way to another value',
      'a: &x 1\nb: *x\n',
      { op: 'replace', path: ['b'], value: 2 },
      'a: &x 1\nb: 2\n',
    ],
    [
      'a key without a value keeps nothing of its anchor',
      'a: &x\nb: 1\n',
      { op: 'insert', path: ['a'], value: 2 },
      'a: 2\nb: 1\n',
    ],
  ]);
});

describe('tags and explicit keys', () => {
  check([
    ['a tag would make another value of the new one', 'a: !!str 80\n', replaceA(80), undefined],
    ['where the tag fits, it stays', 'a: !!str x\n', replaceA('z'), 'a: !!str z\n'],
    ['an explicit key is not removed', '? a\n: 1\n? b\n: 2\n', { op: 'remove', path: ['a'] }, undefined],
    ['and its value is not set', '? a\n: 1\n? b\n: 2\n', { op: 'set', path: ['a'], value: { c: 1 } }, undefined],
    ['nothing is inserted beside it', 'a:\n  ? b\n  : 1\n', { op: 'insert', path: ['a', 'c'], value: 2 }, undefined],
    ['a colon in a comment is none', '? a # x: y\n: 1\n', { op: 'set', path: ['a'], value: 2 }, undefined],
  ]);
});

describe('items of lists', () => {
  const removeB: YamlEdit = { op: 'remove', path: ['a', 0, 'b'] };
  check([
    ['stay without their only field', 'a:\n  - b: 1 # x\n  - 2\n', removeB, 'a:\n  - {} # x\n  - 2\n'],
    ['as the only item, too', 'a:\n  - b: 1\n', removeB, 'a:\n  - {}\n'],
    ['between brackets', 'a: [{ b: 1 }]\nc: 2\n', removeB, 'a: [{}]\nc: 2\n'],
    ['with a block below', 'a:\n  - b:\n      c:\n        - 1\n  # x\nd: 2\n', removeB, 'a:\n  - {}\n  # x\nd: 2\n'],
    [
      'without the parents of what goes',
      'a:\n  - b: { c: { d: 1 } }\n',
      { op: 'remove', path: ['a', 0, 'b', 'c', 'd'] },
      'a:\n  - {}\n',
    ],
    ['lists, too', 'a:\n  - - 1\n', { op: 'remove', path: ['a', 0, 0] }, 'a:\n  - []\n'],
  ]);
});

describe('several changes', () => {
  test.each([
    [[0, 1], 'a: [1, 2, 3]\n', 'a: [3]\n'],
    [[0, 1], 'a:\n  - 1\n  - 2\n  - 3\n', 'a:\n  - 3\n'],
    [[2, 0, 10], `a: [${'0123456789'.split('').join(', ')}, 10]\n`, 'a: [1, 3, 4, 5, 6, 7, 8, 9]\n'],
  ])('items %j go from one list', (items, text, wanted) => {
    const removals = items.map((item): YamlEdit => ({ op: 'remove', path: ['a', item] }));
    expect(applyEdits(text, editTogether(parseDocument(text), removals) ?? [])).toBe(wanted);
  });
});

describe('JSON stays JSON', () => {
  const json = '{\n  "a": [\n    {\n      "b": 1\n    }\n  ],\n  "c": "x"\n}\n';
  check([
    ['an inserted field', '{"a":{"b":1}}', { op: 'insert', path: ['a', 'c'], value: 'd' }, '{"a":{"b":1, "c": "d"}}'],
    [
      'with all that is in it',
      json,
      { op: 'insert', path: ['a', 0, 'd'], value: { e: ['f', true, null] } },
      json.replace('"b": 1', '"b": 1,\n      "d": { "e": [ "f", true, null ] }'),
    ],
    ['at the top', json, { op: 'insert', path: ['d'], value: 'e' }, json.replace('"x"', '"x",\n  "d": "e"')],
    ['an item', '{"a":["b"]}', { op: 'append', path: ['a'], value: { c: 'd' } }, '{"a":["b", { "c": "d" }]}'],
    ['a text for a number', '{"a":1}', { op: 'replace', path: ['a'], value: 'b' }, '{"a":"b"}'],
    ['a number for a text', '{"a":"1"}', { op: 'replace', path: ['a'], value: 1 }, '{"a":1}'],
    ['another value', '{"a":"b"}', { op: 'set', path: ['a'], value: ['b'] }, '{"a": [ "b" ]}'],
    ['another level', '{"a":{"b":1}}', { op: 'set', path: ['a'], value: { c: { b: 1 } } }, '{"a":{ "c": {"b":1} }}'],
    ['a first field', '{"a":{}}', { op: 'insert', path: ['a', 'b'], value: 'c' }, '{"a": { "b": "c" }}'],
    ['a missing value', '{"a":null}', { op: 'insert', path: ['a'], value: 'c' }, '{"a": "c"}'],
    ['a name', '{"a":1}', { op: 'rename', path: ['a'], key: 'b' }, '{"b":1}'],
    ['a removed field', json, { op: 'remove', path: ['c'] }, json.replace(',\n  "c": "x"', '')],
    ['no document stands behind it', '{"a":1}\n', { op: 'add-document', value: { b: 2 } }, undefined],
    ['brackets of YAML stay YAML', '{a: 1}\n', { op: 'insert', path: ['b'], value: 'c' }, '{a: 1, b: c}\n'],
  ]);
});

describe('line breaks', () => {
  check([
    ['no last one comes', 'a: 1\nb: 2', { op: 'insert', path: ['c'], value: 3 }, 'a: 1\nb: 2\nc: 3'],
    ['nor behind another document', 'a: 1', { op: 'add-document', value: { b: 2 } }, 'a: 1\n---\nb: 2'],
    ['none is left over', 'a: 1\nb: 2', { op: 'remove', path: ['b'] }, 'a: 1'],
    ['unless a text needs it', 'a: |\n  x\nb: 2', { op: 'remove', path: ['b'] }, 'a: |\n  x\n'],
    ['with CRLF none is left over either', 'a: 1\r\nb: 2', { op: 'remove', path: ['b'] }, 'a: 1'],
    [
      'with CRLF every new one is such',
      'a: # x\r\n  b: 1 # y\r\n  c: 1\r\n',
      { op: 'set', path: ['a'], value: { d: { e: [1] } } },
      'a: # x\r\n  # y\r\n  d:\r\n    e:\r\n      - 1\r\n',
    ],
    [
      'a field that takes several lines goes with CRLF',
      'a:\r\n  - b: 1\r\n    # x\r\n    c: 2\r\n',
      { op: 'remove', path: ['a', 0, 'b'] },
      'a:\r\n  # x\r\n  - c: 2\r\n',
    ],
  ]);
});

test('an item of a long list goes in no more time than it takes to read the list a few times', () => {
  const text = `a:\n${'  - b: 1 # x\n    c: 2\n'.repeat(4000)}`;
  const document = parseDocument(text);
  const reading = millisecondsOf(() => parseDocument(text));
  expect(millisecondsOf(() => editDocument(document, { op: 'remove', path: ['a', 2000] }))).toBeLessThan(
    20 * reading + 200,
  );
});

function millisecondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
