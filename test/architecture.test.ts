import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const CORE = 'server/src/core';

/** Each part of the system, and which it may import besides itself. Entry points may import everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  text: [],
  yaml: ['text'],
  manifest: ['text', 'yaml'],
  api: ['text', 'yaml', 'manifest'],
  cluster: ['text', 'yaml', 'manifest', 'api'],
  // Leaves that words of rules and features share.
  words: ['manifest'],
  suppressions: ['text', 'yaml'],
  workspace: ['text', 'yaml', 'manifest', 'api', 'cluster'],
  rules: ['text', 'yaml', 'manifest', 'api', 'cluster', 'workspace', 'words'],
  features: ['text', 'yaml', 'manifest', 'api', 'cluster', 'workspace', 'words'],
  diagnose: ['text', 'yaml', 'manifest', 'api', 'cluster', 'workspace', 'words', 'suppressions', 'rules'],
  index: ['text', 'yaml', 'manifest', 'api', 'cluster', 'workspace', 'rules', 'features', 'diagnose'],
  lsp: ['index', 'protocol'],
  protocol: [],
  'lsp-text': [],
  disk: ['index', 'lsp-text'],
  cli: ['index', 'disk', 'entry'],
  client: ['protocol', 'lsp-text', 'messages'],
  webview: ['messages'],
  // What a panel and its page say to each other.
  messages: [],
};

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files = ['server/src', 'client/src', 'client/webview'].flatMap(sourcesIn);
const core = files.filter(({ path }) => path.startsWith(`${CORE}/`));

function sourcesIn(directory: string): readonly SourceFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name).replaceAll('\\', '/'))
    .map((path) => ({ path, text: readFileSync(path, 'utf8'), imports: importsOf(readFileSync(path, 'utf8')) }));
}

/** What a module imports or exports again, types too. */
function importsOf(text: string): readonly string[] {
  const statements = text.matchAll(
    /^(?:import|export)\b[^'";]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

const TYPE_IMPORT = /^(import|export) type\b[^;]*;/gm;

/** The file that a relative import leads to; undefined for packages. */
function targetOf({ path }: SourceFile, imported: string): string | undefined {
  if (!imported.startsWith('.')) return undefined;
  return normalize(join(dirname(path), imported)).replaceAll('\\', '/');
}

function partOf(path: string): string {
  if (path.startsWith(`${CORE}/`)) return (path.slice(CORE.length + 1).split('/')[0] ?? '').replace(/\.ts$/, '');
  if (/^client\/webview\/[^/]+\/messages\.ts$/.test(path)) return 'messages';
  if (path.startsWith('client/')) return path.startsWith('client/webview/') ? 'webview' : 'client';
  if (path === 'server/src/lsp/protocol.ts') return 'protocol';
  if (path === 'server/src/lsp/text.ts') return 'lsp-text';
  if (path === 'server/src/disk.ts') return 'disk';
  return /^server\/src\/(lsp|cli)\//.exec(path)?.[1] ?? 'entry';
}

describe('imports', () => {
  test('every part is known', () => {
    expect(new Set(files.map(({ path }) => partOf(path)))).toEqual(new Set([...Object.keys(MAY_IMPORT), 'entry']));
  });

  test('every import leads to a file, by its full name', () => {
    const missing = edges().filter(({ to }) => !existsSync(to));
    expect(missing).toEqual([]);
  });

  test('go one way', () => {
    const wrong = edges().filter(({ from, to }) => {
      const [part, target] = [partOf(from), partOf(to)];
      return part !== target && part !== 'entry' && !MAY_IMPORT[part]?.includes(target);
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('never go in a circle', () => {
    // Types vanish when the code is compiled, so only what is there at run time counts.
    const withoutTypes = files.map((file) => ({ ...file, imports: importsOf(file.text.replace(TYPE_IMPORT, '')) }));
    expect(findCircle(new Map(withoutTypes.map((file) => [file.path, targetsOf(file)])))).toEqual([]);
  });

  test('layers of core are entered through their index, text and leaves apart', () => {
    const wrong = edges().filter(({ from, to }) => {
      const isLayer = ['yaml', 'manifest', 'api', 'cluster', 'workspace'].includes(partOf(to)) && to.startsWith(CORE);
      return isLayer && partOf(from) !== partOf(to) && !to.endsWith('/index.ts');
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('core needs only yaml, in its YAML layer, and ipaddr.js', () => {
    const packages = core.flatMap((file) =>
      file.imports.filter((name) => !name.startsWith('.')).map((name) => `${partOf(file.path)} ${name}`),
    );
    expect([...new Set(packages)].sort()).toEqual(['api ipaddr.js', 'yaml yaml']);
  });

  test('only the Node side of the server knows Node', () => {
    const isNode = (path: string) => /^server\/src\/(cli\/|disk|node|main-node)/.test(path);
    const users = files.filter(({ imports }) =>
      imports.some((name) => name.startsWith('node:') || name.endsWith('/node')),
    );
    expect(users.map(({ path }) => path).filter((path) => !isNode(path) && path !== 'client/src/node.ts')).toEqual([]);
  });

  test('only the client knows vscode', () => {
    const users = files.filter(({ imports }) => imports.includes('vscode'));
    expect(users.map(({ path }) => partOf(path)).filter((part) => part !== 'client' && part !== 'entry')).toEqual([]);
    expect(users.every(({ path }) => path.startsWith('client/src/'))).toBe(true);
  });
});

interface Edge {
  readonly from: string;
  readonly to: string;
}

function edges(): readonly Edge[] {
  return files.flatMap((file) => targetsOf(file).map((to) => ({ from: file.path, to })));
}

function targetsOf(file: SourceFile): readonly string[] {
  return file.imports.flatMap((name) => targetOf(file, name) ?? []);
}

/** A path of imports that comes back to its first file; empty if there is none. */
function findCircle(targets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    for (const target of targets.get(path) ?? []) {
      const circle = visit(target, [...trail, path]);
      if (circle.length > 0) return circle;
    }
    done.add(path);
    return [];
  };
  for (const path of targets.keys()) {
    const circle = visit(path, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

describe('code', () => {
  test('core names nothing of the world outside', () => {
    const OUTSIDE =
      /(?<![.\w])(Date|Promise|setTimeout|setInterval|setImmediate|queueMicrotask|console|process|Buffer|require|globalThis|window|fetch|performance|async|await)(?=[.(<\s])|Math\.random/;
    const found = core.flatMap(({ path, text }) => {
      const match = OUTSIDE.exec(withoutWords(text));
      return match === null ? [] : [`${path}: ${match[0]}`];
    });
    expect(found).toEqual([]);
  });

  test('modules have no state that changes', () => {
    const STATE = /^(?:export )?(?:let|var)\b.*|^(?:export )?const \w+ = new (?:Map|Set|WeakMap)(?:<[^>]*>)?\(\);?/m;
    // VS Code calls deactivate() without an argument, so the client has to remember what it started.
    const stateful = files.filter(({ path, text }) => path !== 'client/src/client.ts' && STATE.test(text));
    expect(stateful.map(({ path }) => path)).toEqual([]);
  });

  test('files stay below 400 lines', () => {
    const long = files.filter(({ text, path }) => text.split('\n').length > 400 && !path.endsWith('.generated.ts'));
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('functions have at most 60 lines, half of them at most 10', () => {
    const functions = files.flatMap(functionsOf);
    expect(functions.length).toBeGreaterThan(500);
    expect(functions.filter(({ lines }) => lines > 60)).toEqual([]);
    const sorted = functions.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(10);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(25);
  });

  test('no work is left as a note', () => {
    const notes = files.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b|@ts-ignore|@ts-nocheck/.test(text));
    expect(notes.map(({ path }) => path)).toEqual([]);
  });
});

/** The code without its comments and the contents of its strings. */
function withoutWords(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    (match) => (match.startsWith('/') ? '' : "''"),
  );
}

/** Named functions and methods, with the number of lines from their first to their closing one. The formatter aligns both. */
function functionsOf({ path, text }: SourceFile): readonly { name: string; lines: number }[] {
  const lines = text.split('\n');
  const START =
    /^( *)(?:export )?(?:default )?(?:private |protected |static |override )*(?:async )?(?:function\*? |get |set |\*)?#?(\w+)(?:<[^(]*>)?\(.*\{$|^( *)(?:export )?(?:async )?function\*? (\w+)[<(]/;
  return lines.flatMap((line, index) => {
    const match = START.exec(line);
    const name = match?.[2] ?? match?.[4] ?? '';
    if (match === null || /^(if|for|while|switch|catch|return|test|describe)$/.test(name)) return [];
    const indent = match[1] ?? match[3] ?? '';
    const end = lines.findIndex((other, at) => at > index && other.replace(/[,;)]+$/, '') === `${indent}}`);
    return end === -1 ? [] : [{ name: `${path} ${name}`, lines: end - index + 1 }];
  });
}

describe('rules', () => {
  const modules = files.filter(
    ({ path, text }) => /^server\/src\/core\/rules\/[^/]+\//.test(path) && /\bid: '/.test(text),
  );

  test.each(modules.map(({ path }) => path))('%s has a page and its own id', (path) => {
    const id = path.slice(`${CORE}/rules/`.length, -'.ts'.length);
    expect(readFileSync(path, 'utf8')).toContain(`id: '${id}'`);
    expect(existsSync(path.replace(/\.ts$/, '.md'))).toBe(true);
    expect(readFileSync(path.replace(/\.ts$/, '.md'), 'utf8')).toMatch(new RegExp(`^# ${id}\\n`));
  });

  test.each(['rules', 'features'])('every page of %s belongs to a module', (directory) => {
    const pages = readdirSync(join(CORE, directory), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.md'),
    );
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) expect(existsSync(join(CORE, directory, page.replace(/\.md$/, '.ts'))), page).toBe(true);
  });
});
