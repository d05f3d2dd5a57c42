import { type Document, isCollection, isScalar, parseDocument as parseYaml, visit } from 'yaml';
import { applyEdits } from '../../server/src/core/index.ts';
import { dataOf, isBroken, parseDocument, splitDocuments, type YamlNode } from '../../server/src/core/yaml/index.ts';
import { tokensOf } from '../../server/src/core/yaml/tokens.ts';

/** Another way to write a text that means the same. */
type Decoration = (text: string) => string;

/** Ways of writing that exclude each other, by name, one of each group at a time. */
const STYLES: Readonly<Record<string, Decoration>> = {
  'as it is': (text) => text,
  'small collections between brackets': perDocument(smallToFlow),
  'texts in quotes': perDocument(quoted),
  'an anchor at every value': perDocument(anchored),
  aliases: perDocument(aliased),
  'indented by four': perDocument(indented),
};
const COMMENTS: Readonly<Record<string, Decoration>> = {
  'no comments': (text) => text,
  'comments behind lines': commentsBehind,
  'comments above lines': commentsAbove,
  'comments behind and above lines': (text) => commentsAbove(commentsBehind(text)),
};
const LINE_ENDS: Readonly<Record<string, Decoration>> = {
  'as they are': (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'none at the end': (text) => text.replace(/\r?\n$/, ''),
};

const GROUPS = [STYLES, COMMENTS, LINE_ENDS].map((group) => Object.entries(group));

/** How many combinations there are. */
export const COMBINATIONS = GROUPS.reduce((count, group) => count * group.length, 1);

/** One of the combinations: what is done to a text, in turn. */
export function combination(index: number): readonly { readonly name: string; readonly change: Decoration }[] {
  let rest = index % COMBINATIONS;
  return GROUPS.flatMap((group) => {
    const [name = '', change = String] = group[rest % group.length] ?? [];
    rest = Math.floor(rest / group.length);
    return [{ name, change }];
  });
}

/** The text after the decorations that leave its meaning alone; one that does not is left out. */
export function decorate(text: string, decorations: readonly { readonly change: Decoration }[]): string {
  return decorations.reduce((before, { change }) => {
    const after = change(before);
    return JSON.stringify(dataIn(after)) === JSON.stringify(dataIn(before)) ? after : before;
  }, text);
}

/** The data of each document of a file. */
export function dataIn(text: string): readonly unknown[] {
  return documentsIn(text).map((document) => dataOf(parseDocument(document).root));
}

/** The texts of a file's documents. */
export function documentsIn(text: string): readonly string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

function perDocument(change: Decoration): Decoration {
  return (text) => documentsIn(text).map(change).join('');
}

function commentsBehind(text: string): string {
  return atLineBreaks(text, (line, start, number) =>
    line.trim() === '' || line.includes('#') || line.startsWith('---')
      ? undefined
      : { at: start, text: ` # behind ${number}` },
  );
}

function commentsAbove(text: string): string {
  return atLineBreaks(text, (line, start, number) => {
    const below = text.slice(start).split('\n')[1] ?? '';
    if (below.trim() === '' || /[|>][-+\d]*\s*(#.*)?$/.test(line)) return undefined;
    return { at: start, text: `\n${/^ */.exec(below)?.[0]}# above ${number}` };
  });
}

/** Inserts at the ends of lines that do not end within a scalar. */
function atLineBreaks(
  text: string,
  insertion: (line: string, end: number, number: number) => { at: number; text: string } | undefined,
): string {
  const edits = tokensOf(text)
    .filter(({ type }) => type === 'newline')
    .flatMap(({ start }, number) => {
      const found = insertion(text.slice(text.lastIndexOf('\n', start - 1) + 1, start), start, number);
      return found === undefined ? [] : [{ range: { start: found.at, end: found.at }, newText: found.text }];
    });
  return applyEdits(text, edits);
}

function rewritten(text: string, change: (document: Document) => void, indent = 2): string {
  if (isBroken(parseDocument(text))) return text;
  const document = parseYaml(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  if (document.contents === null) return text;
  change(document);
  return document.toString({ lineWidth: 0, indent });
}

function smallToFlow(text: string): string {
  return rewritten(text, (document) => {
    visit(document, {
      Collection: (_, node) => {
        const isSmall = node.items.length <= 3 && JSON.stringify(node.toJSON()).length < 60;
        if (isSmall && isCollection(node)) node.flow = true;
      },
    });
  });
}

function indented(text: string): string {
  return rewritten(text, () => {}, 4);
}

function quoted(text: string): string {
  let number = 0;
  return rewritten(text, (document) => {
    visit(document, {
      Scalar: (key, node) => {
        const isText = node.type === 'PLAIN' && dataOf(parseDocument(String(node.value)).root) === node.value;
        if (key !== 'key' && isText) node.type = number++ % 2 === 0 ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
      },
    });
  });
}

function anchored(text: string): string {
  return rewritten(text, (document) => {
    let number = 0;
    visit(document, {
      Node: (key, node) => {
        if (key === 'key' || key === null) return;
        if ((isScalar(node) && node.value !== '') || isCollection(node)) node.anchor ??= `a${number++}`;
      },
    });
  });
}

/** The second of two scalars that are written alike becomes an alias of the first. */
function aliased(text: string): string {
  const seen = new Map<string, string>();
  const edits = scalarsIn(parseDocument(text).root).flatMap(({ range }) => {
    const written = text.slice(range.start, range.end);
    const name = seen.get(written);
    if (name !== undefined) return [{ range, newText: `*${name}` }];
    seen.set(written, `s${seen.size}`);
    return [{ range: { start: range.start, end: range.start }, newText: `&s${seen.size - 1} ` }];
  });
  return applyEdits(text, edits);
}

function scalarsIn(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined || node.aliased || node.anchored) return [];
  if (node.kind === 'sequence') return node.items.flatMap(scalarsIn);
  if (node.kind === 'mapping') return node.entries.flatMap(({ value }) => scalarsIn(value));
  const isWritten = node.range.end > node.range.start && node.style !== 'literal' && node.style !== 'folded';
  return isWritten ? [node] : [];
}
