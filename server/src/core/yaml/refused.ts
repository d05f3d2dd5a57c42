import type { YamlProblem } from './document.ts';

/** What kubectl refuses in a document's text, whatever the YAML in it: text behind `---`, and directives. */
export function findRefusedLine(text: string): YamlProblem | undefined {
  return findTextBehindSeparator(text) ?? findDirective(text);
}

/** apimachinery, util/yaml/decoder.go, YAMLReader: behind `---` only a comment may stand. */
function findTextBehindSeparator(text: string): YamlProblem | undefined {
  const [, dashes = '', gap = '', rest] = /^(---)([ \t]*)([^\s#][^\r\n]*)/.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const start = dashes.length + gap.length;
  const range = { start, end: start + rest.trimEnd().length };
  const message = 'kubectl takes nothing but a comment behind ---.';
  if (/^-+\s*$/.test(rest)) return { kind: 'syntax', range, message, correction: { range, newText: '' } };
  if (gap === '') return { kind: 'syntax', range, message };
  return { kind: 'syntax', range, message, correction: { range: { start: dashes.length, end: start }, newText: '\n' } };
}

/** kubectl cuts a file at `---` before it reads YAML, which parts a directive from the document that it is for. */
function findDirective(text: string): YamlProblem | undefined {
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    if (line.startsWith('%')) {
      const message = 'kubectl refuses files with YAML directives. Take this line away.';
      const range = { start, end: start + line.trimEnd().length };
      return { kind: 'syntax', range, message, correction: { range: { start, end: end + 1 }, newText: '' } };
    }
    if (/^\s*[^\s#]/.test(line)) return undefined;
    start = end + 1;
  }
  return undefined;
}
