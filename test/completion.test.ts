import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  applyEdits,
  type Choice,
  type Completion,
  complete,
  diagnose,
  type Finding,
  Snapshot,
} from '../server/src/core/index.ts';

const SHOP = 'examples/shop';
const FILES = readdirSync(SHOP).map((name) => ({ uri: name, text: readFileSync(join(SHOP, name), 'utf8') }));
const WORKSPACE = Snapshot.empty(['']).apply(FILES);

/** A text that somebody is typing, and where. */
interface Typed {
  readonly uri: string;
  readonly text: string;
  readonly offset: number;
}

/** Each value of a line is taken away once, the rest of the file stays. */
function withoutValue(uri: string, text: string): readonly Typed[] {
  return [...text.matchAll(/^( *(?:- +)*[\w./-]+: )(\S.*)$/gm)].map(({ index, 1: key = '', 2: value = '' }) => {
    const offset = index + key.length;
    return { uri, text: text.slice(0, offset) + text.slice(offset + value.length), offset };
  });
}

/** A new line above each line, indented as that line, as its dash and as the line before. */
function withNewLine(uri: string, text: string): readonly Typed[] {
  let before = 0;
  return [...text.matchAll(/^( *)((?:- +)*).*$/gm)].flatMap(({ index, 1: margin = '', 2: dashes = '' }) => {
    const indents = new Set([margin.length, margin.length + dashes.length, before]);
    before = margin.length + dashes.length;
    return [...indents].map((indent) => ({
      uri,
      text: `${text.slice(0, index)}${' '.repeat(indent)}\n${text.slice(index)}`,
      offset: index + indent,
    }));
  });
}

/** The file as it was when its end was typed: up to each line. */
function upToLine(uri: string, text: string): readonly Typed[] {
  return [...text.matchAll(/^( *(?:- +)*).*$/gm)].map(({ index, 1: lead = '' }) => {
    const begun = text.slice(0, index) + ' '.repeat(lead.length);
    return { uri, text: begun, offset: begun.length };
  });
}

function snapshotOf({ uri, text }: Pick<Typed, 'uri' | 'text'>): Snapshot {
  return WORKSPACE.apply([{ uri, text }]);
}

function completeAt(typed: Typed): Completion | undefined {
  return complete(snapshotOf(typed), typed.uri, typed.offset);
}

/** Makes choices one at a time, and says what is found then and was not found before. */
function consequencesOf(typed: Typed, { range }: Completion): (choice: Choice) => readonly Finding[] {
  const document = { start: range.start, end: range.start };
  const before = new Set(diagnose(snapshotOf(typed), typed.uri, { range: document }).map(identity));
  return (choice) => {
    const newText = choice.insert ?? choice.label;
    const text = applyEdits(typed.text, [{ range, newText }]);
    const isOnChoice = ({ range: at }: Finding) => at.start < range.start + newText.length && range.start < at.end;
    return diagnose(snapshotOf({ uri: typed.uri, text }), typed.uri, { range: document })
      .filter((finding) => !before.has(identity(finding)))
      .filter((finding) => isOnChoice(finding) || isAboutStructure(finding.rule));
  };
}

function isAboutStructure(rule: string): boolean {
  return /^yaml\/|unknown-field/.test(rule);
}

function identity({ rule, message }: Finding): string {
  return `${rule} ${message}`;
}

describe.each(FILES)('wherever $uri may be typed', ({ uri, text }) => {
  const places = [...withoutValue(uri, text), ...withNewLine(uri, text), ...upToLine(uri, text)];

  test('each choice is there once, with its reason in a line', () => {
    for (const place of places) {
      const choices = completeAt(place)?.choices ?? [];
      expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
      expect(choices.map(({ reason }) => reason).filter((reason) => !/^.{1,150}$/.test(reason))).toEqual([]);
    }
  });

  test('a field that is chosen is one that the server knows, and leaves the rest of the file as it is', () => {
    for (const place of withNewLine(uri, text)) {
      const found = completeAt(place);
      if (found === undefined) continue;
      // Another part of the choices at each place: all are tried somewhere.
      const choices = found.choices.filter((_, index) => (index + place.offset) % 10 === 0);
      const rules = choices.flatMap(consequencesOf(place, found)).map(({ rule }) => rule);
      expect(rules.filter(isAboutStructure)).toEqual([]);
    }
  });

  test('a value that is chosen is one that the server takes', () => {
    for (const place of withoutValue(uri, text)) {
      const found = completeAt(place);
      if (found === undefined) continue;
      const errors = found.choices.flatMap(consequencesOf(place, found)).filter(({ severity }) => severity === 'error');
      expect(errors.filter(({ rule }) => /^(yaml|api)\//.test(rule)).map(identity)).toEqual([]);
    }
  });
});
