/** A rule or feature page: Markdown whose fenced files are a small workspace and whose answer fences are checked. */
export interface Page {
  readonly sections: readonly Section[];
}

/** Everything under one level-2 heading: one test. */
export interface Section {
  readonly title: string;
  readonly files: readonly PageFile[];
  /** Files as they were last committed: fences of the language `committed`. */
  readonly committed: readonly PageFile[];
  readonly expected: readonly ExpectedFinding[];
  /** Where `$0` stood, if anywhere. */
  readonly cursor: { readonly uri: string; readonly offset: number } | undefined;
  readonly answers: readonly AnswerFence[];
}

export interface PageFile {
  readonly uri: string;
  /** Without markers and cursor. */
  readonly text: string;
}

/** `# warning[rule/id]` at the end of a line. */
export interface ExpectedFinding {
  readonly uri: string;
  /** Zero-based. */
  readonly line: number;
  readonly severity: string;
  readonly rule: string;
}

/** A fence that holds a computed answer: its kind (`report`, `hover` …), what follows on the fence line, and its lines. */
export interface AnswerFence {
  readonly kind: string;
  readonly argument: string;
  /** Lines of the page between which the answer stands: after `start`, before `end`. */
  readonly start: number;
  readonly end: number;
}

interface Fence {
  readonly info: string;
  readonly body: string;
  readonly start: number;
  readonly end: number;
}

/** Reads a page. A fence whose info is a language and a path is a file; one with a known answer kind is an answer. */
export function parsePage(markdown: string, answerKinds: ReadonlySet<string>): Page {
  const lines = markdown.split('\n');
  const headings = lines.flatMap((line, index) => (line.startsWith('## ') ? [index] : []));
  const fences = findFences(lines);
  const sections = headings.map((start, index) => {
    const end = headings[index + 1] ?? lines.length;
    const own = fences.filter((fence) => fence.start > start && fence.end < end);
    return parseSection((lines[start] ?? '').slice(3), own, answerKinds);
  });
  return { sections };
}

function findFences(lines: readonly string[]): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { info: string; start: number; ticks: string } | undefined;
  for (const [index, line] of lines.entries()) {
    const ticks = /^(`{3,})(.*)$/.exec(line);
    if (ticks === null) continue;
    if (open === undefined) open = { info: ticks[2]?.trim() ?? '', start: index, ticks: ticks[1] ?? '' };
    else if (ticks[1] === open.ticks && ticks[2] === '') {
      fences.push({
        info: open.info,
        body: lines.slice(open.start + 1, index).join('\n'),
        start: open.start,
        end: index,
      });
      open = undefined;
    }
  }
  return fences;
}

function parseSection(title: string, fences: readonly Fence[], answerKinds: ReadonlySet<string>): Section {
  const files: PageFile[] = [];
  const committed: PageFile[] = [];
  const expected: ExpectedFinding[] = [];
  const answers: AnswerFence[] = [];
  let cursor: Section['cursor'];
  for (const fence of fences) {
    const [kind = '', ...rest] = fence.info.split(' ');
    const argument = rest.join(' ');
    if (answerKinds.has(kind)) answers.push({ kind, argument, start: fence.start, end: fence.end });
    else if (kind === 'committed') committed.push({ uri: argument, text: `${fence.body}\n` });
    else if (argument !== '') {
      const file = parseFile(argument, `${fence.body}\n`);
      files.push({ uri: argument, text: file.text });
      expected.push(...file.expected);
      cursor ??= file.cursor === undefined ? undefined : { uri: argument, offset: file.cursor };
    }
  }
  return { title, files, committed, expected, cursor, answers };
}

const MARKER = /(error|warning|information|hint)\[([\w/-]+)\]/g;

function parseFile(
  uri: string,
  body: string,
): { text: string; expected: ExpectedFinding[]; cursor: number | undefined } {
  const expected: ExpectedFinding[] = [];
  const lines = body.split('\n').map((line, index) => {
    const comment = /\s*# ((?:error|warning|information|hint)\[.*)$/.exec(line);
    if (comment === null) return line;
    for (const [, severity = '', rule = ''] of (comment[1] ?? '').matchAll(MARKER)) {
      expected.push({ uri, line: index, severity, rule });
    }
    return line.slice(0, comment.index);
  });
  const text = lines.join('\n');
  const cursor = text.indexOf('$0');
  return { text: text.replace('$0', ''), expected, cursor: cursor === -1 ? undefined : cursor };
}

/** The page with other answers in its answer fences. */
export function replaceAnswers(markdown: string, answers: readonly { fence: AnswerFence; text: string }[]): string {
  const lines = markdown.split('\n');
  for (const { fence, text } of [...answers].sort((a, b) => b.fence.start - a.fence.start)) {
    lines.splice(fence.start + 1, fence.end - fence.start - 1, ...(text === '' ? [] : text.split('\n')));
  }
  return lines.join('\n');
}
