import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const CLI = resolve('dist/cli.mjs');

const SOUND = `apiVersion: v1
kind: Service
metadata: { name: cart }
spec:
  selector: { app: cart }
  ports: [{ port: 80 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers: [{ name: cart, ports: [{ containerPort: 80 }] }]
`;
const MISTAKEN = SOUND.replace('selector: { app: cart }', 'selector: { app: carts }');

let folder: string;

beforeAll(() => {
  if (!existsSync(CLI)) execFileSync(process.execPath, ['scripts/build.mjs']);
});

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'netlens-cli-')));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** Runs the command line in the folder. */
function run(...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
}

function jsonFrom(...args: readonly string[]) {
  return JSON.parse(run('check', '--format', 'json', ...args).stdout) as {
    findings: { rule: string; severity: string; file: string; start: { line: number; column: number } }[];
    unreadable: { path: string; reason: string }[];
  };
}

describe('check', () => {
  test('says that there is nothing to report, with exit status 0', () => {
    write('cart.yaml', SOUND);
    const { status, stdout, stderr } = run('check');
    expect([status, stdout, stderr]).toEqual([0, 'Nothing to report in 1 file.\n', '']);
  });

  test('prints place, severity, rule, message and source line of a finding, with exit status 1', () => {
    write('shop/cart.yaml', MISTAKEN);
    const { status, stdout } = run('check');
    expect(status).toBe(1);
    expect(stdout).toContain('shop/cart.yaml:5:13 warning service/selects-no-pods\n  Service cart selects no Pod');
    expect(stdout).toContain('  5 |   selector: { app: carts }\n');
    expect(stdout).toMatch(/\n1 warning in 1 file\.\n$/);
  });

  test('prints the same as JSON, lines and columns from 1', () => {
    write('shop/cart.yaml', MISTAKEN);
    const { findings, unreadable } = jsonFrom('shop');
    expect(unreadable).toEqual([]);
    expect(findings).toMatchObject([
      { rule: 'service/selects-no-pods', severity: 'warning', file: 'shop/cart.yaml', start: { line: 5, column: 13 } },
    ]);
  });

  test('prints no escape sequence into a pipe', () => {
    write('cart.yaml', MISTAKEN);
    expect(run('check').stdout).not.toContain('\u001B');
  });

  test('names a path that cannot be read, checks the rest, and gives exit status 2', () => {
    write('cart.yaml', MISTAKEN);
    const { status, stdout, stderr } = run('check', 'missing', 'cart.yaml');
    expect(status).toBe(2);
    expect(stderr).toBe('kube-netlens: cannot read missing: no such file or directory\n');
    expect(stdout).toContain('cart.yaml:5:13 warning');
  });

  test('names an unreadable path in JSON too', () => {
    expect(jsonFrom('missing').unreadable).toEqual([{ path: 'missing', reason: 'no such file or directory' }]);
  });

  test('checks a file once that is named twice', () => {
    write('shop/cart.yaml', MISTAKEN);
    expect(jsonFrom('shop', './shop/cart.yaml', join(folder, 'shop')).findings).toHaveLength(1);
  });

  test('takes files outside of the working directory by their absolute path', () => {
    write('cart.yaml', MISTAKEN);
    mkdirSync(join(folder, 'inner'));
    const { stdout } = spawnSync(process.execPath, [CLI, 'check', '..'], {
      cwd: join(folder, 'inner'),
      encoding: 'utf8',
    });
    expect(stdout).toContain(`${folder}/cart.yaml:5:13 warning`);
  });

  test('reads settings of the directories above', () => {
    write('.git/HEAD', 'ref: refs/heads/main\n');
    write('.kube-netlens.yaml', 'defaultIngressClas: nginx\n');
    write('shop/cart.yaml', SOUND);
    expect(jsonFrom('shop').findings).toMatchObject([{ rule: 'settings/no-effect', file: '.kube-netlens.yaml' }]);
  });

  test('leaves directories alone that hold other people’s files', () => {
    write('node_modules/cart.yaml', MISTAKEN);
    write('vendor/cart.yaml', MISTAKEN);
    expect(run('check').stdout).toBe('Nothing to report in 0 files.\n');
  });

  test('has nothing to report about an empty directory or an empty file', () => {
    expect(run('check').status).toBe(0);
    write('empty.yaml', '');
    expect(run('check').stdout).toBe('Nothing to report in 0 files.\n');
  });

  test('reports broken YAML as an error, with exit status 1', () => {
    write('cart.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: cart\n');
    const { status, stdout } = run('check');
    expect(status).toBe(1);
    expect(stdout).toContain(' error yaml/syntax\n');
  });

  test('reports a NUL byte where it stands', () => {
    write('cart.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {name: "ca\0rt"}\n');
    expect(jsonFrom('cart.yaml').findings).toMatchObject([{ rule: 'yaml/syntax', start: { line: 3, column: 21 } }]);
  });

  test.each([
    ['UTF-16 with little end first', Buffer.from(`\uFEFF${MISTAKEN}`, 'utf16le')],
    ['UTF-16 with big end first', Buffer.from(`\uFEFF${MISTAKEN}`, 'utf16le').swap16()],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${MISTAKEN}`)],
    ['CRLF', Buffer.from(MISTAKEN.replaceAll('\n', '\r\n'))],
  ])('reads %s', (_name, bytes) => {
    write('cart.yaml', bytes);
    expect(jsonFrom('.').findings).toMatchObject([{ rule: 'service/selects-no-pods', start: { line: 5, column: 13 } }]);
  });

  test('does not fail on bytes that are no text', () => {
    write(
      'cart.yaml',
      Uint8Array.from({ length: 4096 }, (_, index) => (index * 197) % 256),
    );
    const { status, stderr } = run('check');
    expect([status, stderr]).toEqual([0, '']);
  });

  test('says that a file is too large instead of reading it', () => {
    write('large.yaml', Buffer.alloc(16 * 1024 * 1024 + 1, '#'));
    const { status, stderr } = run('check');
    expect([status, stderr]).toEqual([2, 'kube-netlens: cannot read large.yaml: larger than 16 MiB\n']);
  });

  test('counts what is left alone', () => {
    write('chart/Chart.yaml', 'name: chart\n');
    write('chart/templates/cart.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Values.name }} }\n');
    expect(run('check').stdout).toBe(
      'Nothing to report in 0 files, 1 file left alone (templates and patches are not rendered yet).\n',
    );
  });
});

describe('the command line', () => {
  test.each([[['--help']], [['-h']], [['help']], [['check', '--help']]])('%j prints the help', (args) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('kube-netlens check [PATH...]');
  });

  test('without a command prints the help with exit status 2', () => {
    const { status, stdout } = run();
    expect(status).toBe(2);
    expect(stdout).toContain('Usage:');
  });

  test('--version prints the version of the package', () => {
    expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    [['check', '--colour'], "Unknown option '--colour'"],
    [['check', '--format'], '--format'],
    [['check', '--format', 'xml'], 'unknown format "xml"'],
    [['chek'], 'unknown command "chek"'],
    [['lsp'], 'kube-netlens lsp --stdio'],
  ])('refuses %j with exit status 2 and says why', (args, reason) => {
    const { status, stdout, stderr } = run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(reason);
    expect(stderr).toContain('Try "kube-netlens --help".');
  });
});
