import { expect, test } from 'vitest';
import { compare } from './adapters.ts';
import { findCases } from './cases.ts';

/** How many recorded answers there are of each kind, so that none is lost on the way. */
const LINES: Readonly<Record<string, number>> = {
  'apiserver/combinations-dual.jsonl.gz': 2000,
  'apiserver/decode.jsonl.gz': 2000,
  'apiserver/sequences-dual.jsonl.gz': 200,
  'apiserver/singles-dual.jsonl.gz': 3061,
  'apiserver/singles-single.jsonl.gz': 1157,
  'apiserver/transitions.jsonl.gz': 980,
  'more/apiserver/combinations-dual.jsonl.gz': 450,
  'more/apiserver/decode.jsonl.gz': 450,
  'more/apiserver/sequences-dual.jsonl.gz': 60,
  'more/apiserver/singles-dual.jsonl.gz': 1200,
  'more/apiserver/singles-single.jsonl.gz': 300,
  'more/apiserver/transitions.jsonl.gz': 540,
  'more/yaml/files.jsonl.gz': 4000,
  'nodes/allocation-bands.jsonl.gz': 107,
  'nodes/ip-parsing.jsonl.gz': 177,
  'nodes/label-selectors.jsonl.gz': 488,
};

const cases = findCases('test/conformance/data');

test('every file is there', () => {
  expect(cases.map(({ name }) => name)).toEqual(Object.keys(LINES));
});

test.each(cases.map((each) => [each.name, each] as const))('%s', (name, each) => {
  const { agreed, disagreed, unsupported } = compare(each);
  expect(disagreed).toEqual([]);
  expect(unsupported).toEqual([]);
  expect(agreed).toBe(LINES[name]);
});
