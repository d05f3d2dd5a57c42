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
      containers: [{ name: cart, image: cart:1, ports: [{ containerPort: 80 }] }]
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
  return runWith('', ...args);
}

/** The same with a text on standard input. */
function runWith(input: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: 'utf8', timeout: 20_000, input });
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

function service(name: string, spec: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
}

describe('dry-run', () => {
  test('prints what kubectl would, object by object, with exit status 0', () => {
    write('cart.yaml', SOUND);
    const { status, stdout, stderr } = run('dry-run', 'cart.yaml');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe('service/cart created (server dry run)\ndeployment.apps/cart created (server dry run)\n');
  });

  test('prints a refusal in the words of kubectl, with exit status 1', () => {
    write('cart.yaml', service('cart', 'ports: [{ port: 80, protocol: tcp }]'));
    const { status, stdout } = run('dry-run', 'cart.yaml');
    expect(status).toBe(1);
    expect(stdout).toBe(
      'The Service "cart" is invalid: spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"\n',
    );
  });

  test('applies objects one after another on demand, so that they see each other', () => {
    const nodePort = 'type: NodePort, ports: [{ port: 80, nodePort: 30080 }]';
    const both = `${service('a', nodePort)}---\n${service('b', nodePort)}`;
    expect(runWith(both, 'dry-run', '-').status).toBe(0);
    const { status, stdout } = runWith(both, 'dry-run', '--sequence', '-');
    expect(status).toBe(1);
    expect(stdout).toContain('service/a created\n');
    expect(stdout).toContain('spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated');
  });

  test('applies new manifests over old ones', () => {
    write('old.yaml', service('cart', 'clusterIP: 10.96.0.5, ports: [{ port: 80 }]'));
    write('new.yaml', service('cart', 'clusterIP: 10.96.0.6, ports: [{ port: 80 }]'));
    const { status, stdout } = run('dry-run', '--from', 'old.yaml', 'new.yaml');
    expect(status).toBe(1);
    expect(stdout).toContain('spec.clusterIPs[0]: Invalid value: ["10.96.0.6"]: may not change once set');
    write('plain.yaml', service('cart', 'ports: [{ port: 80 }]'));
    write('six.yaml', service('cart', 'ipFamilies: [IPv6], ports: [{ port: 80 }]'));
    expect(run('dry-run', '--from', 'plain.yaml', 'six.yaml').stdout).toContain(
      'spec.clusterIPs[0]: Invalid value: the IPv4 address that it has: expected an IPv6 value',
    );
    expect(run('dry-run', '--from', 'old.yaml', 'old.yaml').stdout).toBe('service/cart unchanged (server dry run)\n');
  });

  test('gives the stored object as JSON, what is picked at random in words', () => {
    write('cart.yaml', service('cart', 'ports: [{ port: 80 }]'));
    const [answer] = JSON.parse(run('dry-run', '--format', 'json', 'cart.yaml').stdout);
    expect(answer).toMatchObject({ file: 'cart.yaml', line: 1, status: 201, warnings: [] });
    expect(answer.result.spec).toMatchObject({ clusterIP: '<allocated IPv4>', type: 'ClusterIP' });
  });

  test('answers JSON lines, one a line', () => {
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } };
    const changed = { ...object, spec: { ...object.spec, type: 'NodePort' } };
    const lines = [
      { id: 1, path: '/api/v1/namespaces/shop/services', object },
      { id: 2, steps: [{ object }, { object }] },
      { id: 3, from: object, to: changed },
      { id: 4, object: { ...object, kind: 'Secret' } },
      { id: 5 },
    ];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nno JSON\n`;
    const { status, stdout } = runWith(input, 'dry-run', '--batch');
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(answers).toMatchObject([
      { id: 1, status: 201, result: { metadata: { namespace: 'shop' } } },
      { id: 2, steps: [{ status: 201 }, { status: 409, reason: 'AlreadyExists' }] },
      { id: 3, ok: true, result: { spec: { clusterIP: '<kept>', ports: [{ nodePort: '<allocated>' }] } } },
      { id: 4, error: 'objects of kind Secret in v1 are not simulated' },
      { id: 5, error: 'neither object, nor steps, nor from and to' },
      { error: 'this line is no JSON object' },
    ]);
  });

  test('takes the CIDRs, the node ports and the version of the cluster', () => {
    const dual = service('1-cart', 'ipFamilyPolicy: RequireDualStack, ports: [{ port: 80 }]');
    expect(runWith(dual, 'dry-run', '-').stdout).toContain('this cluster is not configured for dual-stack services');
    const cidrs = ['--service-cidr', '10.96.0.0/12,fd00::/108'];
    expect(runWith(dual, 'dry-run', '-', ...cidrs).status).toBe(0);
    expect(runWith(dual, 'dry-run', '-', ...cidrs, '--kubernetes-version', '1.35').stdout).toContain(
      'a DNS-1035 label',
    );
    const nodePort = service('cart', 'type: NodePort, ports: [{ port: 80, nodePort: 8080 }]');
    expect(runWith(nodePort, 'dry-run', '--sequence', '-').stdout).toContain('The range of valid ports is 30000-32767');
    expect(runWith(nodePort, 'dry-run', '--sequence', '-', '--node-port-range', '8000-9000').status).toBe(0);
  });

  test('says what it cannot read or does not simulate', () => {
    write('broken.yaml', 'apiVersion: v1\nkind: Service\nmetadata: {\n');
    const broken = run('dry-run', 'broken.yaml', 'gone.yaml');
    expect(broken.status).toBe(2);
    expect(broken.stderr).toContain('error parsing broken.yaml: line ');
    expect(broken.stderr).toContain('cannot read gone.yaml: no such file or directory');
    write('empty.yaml', '# nothing yet\n');
    expect(run('dry-run', 'empty.yaml').stderr).toBe('kube-netlens: no objects passed to apply\n');
    write('secret.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\n');
    const secret = run('dry-run', 'secret.yaml');
    expect([secret.status, secret.stdout]).toEqual([0, '']);
    expect(secret.stderr).toBe('kube-netlens: Secret keys is not simulated\n');
    expect(run('dry-run', '--format', 'json', 'secret.yaml').stderr).toBe(secret.stderr);
  });

  test('says in the words of kubectl what lacks its type, and reads no further in that file', () => {
    const untyped = service('web', 'ports: [{ port: 80 }]').replace('apiVersion: v1\n', '');
    write('cart.yaml', [service('cart', 'ports: [{ port: 80 }]'), untyped, service('db', 'ports: [{}]')].join('---\n'));
    write('values.yaml', 'kind: Deployment\nreplicas: 2\n');
    const { status, stdout, stderr } = run('dry-run', '.');
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toBe(
      'service/cart created (server dry run)\nerror: error validating "cart.yaml": error validating data: apiVersion not set; ' +
        'if you choose to ignore these errors, turn validation off with --validate=false\n',
    );
    const [first, second] = JSON.parse(run('dry-run', '--format', 'json', 'cart.yaml').stdout);
    expect([first.status, second.ok, second.line]).toEqual([201, false, 6]);
    expect(second.message).toContain('error validating "cart.yaml": error validating data: apiVersion not set;');
  });

  test('takes whatever a file holds that it was given for an object', () => {
    write('values.yaml', '# for cart\n---\nreplicas: 2\n');
    const untyped = 'error validating data: [apiVersion not set, kind not set]; if you choose';
    expect(run('dry-run', 'values.yaml').stdout).toContain(`error: error validating "values.yaml": ${untyped}`);
    expect(runWith('a: b\n', 'dry-run', '-').stdout).toContain(`error: error validating "STDIN": ${untyped}`);
    const list = 'apiVersion: v1\nkind: List\nitems:\n  - kind: Service\n    metadata: { name: cart }\n';
    expect(runWith(list, 'dry-run', '-').stdout).toContain('error validating data: apiVersion not set; if you choose');
    expect(runWith('apiVersion: v1\nkind: List\nitems: []\n', 'dry-run', '-').stderr).toContain('no objects passed');
  });

  test('ends quietly when nobody reads the rest', () => {
    write(
      'lines.jsonl',
      `${JSON.stringify({ object: { kind: 'Service', metadata: { name: 'a'.repeat(4000) } } })}\n`.repeat(2000),
    );
    const command = `"${process.execPath}" "${CLI}" dry-run --batch < lines.jsonl | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', timeout: 20_000 });
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  });

  test('says of a line of JSON lines that it is too deep', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const lines = [`{"id":1,"object":${deep}}`, `{"id":${deep}}`, deep, '['.repeat(100_000), '{"id":2}'];
    const { status, stdout, stderr } = runWith(`${lines.join('\n')}\n`, 'dry-run', '--batch');
    expect([status, stderr]).toEqual([0, '']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).error),
    ).toEqual([
      'this line has more than 300 levels',
      'this line has more than 300 levels',
      'this line is no JSON object',
      'this line is no JSON object',
      'neither object, nor steps, nor from and to',
    ]);
  });

  test.each([
    [['--service-cidr', '10.96.0.0'], 'is no CIDR'],
    [['--node-port-range', '9-1'], 'is no range'],
    [['--kubernetes-version', 'new'], 'is no version'],
    [['--format', 'xml'], 'unknown format "xml"'],
    [['--from', 'old.yaml'], 'needs the path of the new manifests'],
    [['--batch', 'lines.jsonl'], '--batch reads standard input'],
    [['--batch', '-', 'lines.jsonl'], '--batch reads standard input'],
    [['--batch', '--from', 'old.yaml', '-'], '--batch reads standard input'],
    [['--batch', '--sequence'], '--batch reads standard input'],
  ])('refuses %j', (args, reason) => {
    const { status, stderr } = run('dry-run', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
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
