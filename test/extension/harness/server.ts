/** A VS Code server with a life of its own: fresh data, fresh extensions, a free port, and nothing left behind. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { poll, withDeadline } from '../poll.ts';
import type { VSCodeBinaries } from './vscode-cache.ts';

export interface ServerOptions {
  /** VS Code settings; a later one overrides QUIET. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether folders open in Restricted Mode until somebody trusts them. */
  readonly workspaceTrust?: 'on' | 'off';
  /** What extensions find in their environment besides this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A .vsix file to install before the start. */
  readonly vsix?: string;
  /** Folders of extensions that are installed as they are, besides the one under development. */
  readonly installed?: readonly string[];
}

export interface VSCodeServer {
  /** Such as `127.0.0.1:8080`: also the remote authority in VS Code's addresses. */
  readonly authority: string;
  /** A folder of this server's own, gone after `stop`. */
  readonly home: string;
  /** Settles when the server has ended. */
  readonly ended: Promise<void>;
  /** Ends the server and its extension hosts. */
  stop(): Promise<void>;
}

/** Sockets are made below it too, and the path of a socket must be short: shorter than what macOS makes of tmpdir(). */
const TEMPORARY = '/tmp';

/** Without these, chat and welcome pages take a good part of the window. */
const QUIET = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
};

export async function startServer(vscode: VSCodeBinaries, options: ServerOptions = {}): Promise<VSCodeServer> {
  const home = mkdtempSync(join(TEMPORARY, 'netlens-vscode-'));
  try {
    writeSettings(home, { ...QUIET, ...options.settings });
    for (const folder of options.installed ?? [])
      cpSync(folder, join(home, 'extensions', basename(folder)), { recursive: true });
    if (options.vsix !== undefined) installExtension(vscode, home, options.vsix);
    return await launch(vscode, home, options);
  } catch (error) {
    remove(home);
    throw error;
  }
}

function writeSettings(home: string, settings: Readonly<Record<string, unknown>>): void {
  const folder = join(home, 'data/Machine');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
}

function installExtension({ node, server }: VSCodeBinaries, home: string, vsix: string): void {
  const args = [server, '--accept-server-license-terms', '--server-data-dir', home, '--install-extension', vsix];
  const { status, stdout, stderr } = spawnSync(node, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Could not install ${vsix}:\n${stdout}${stderr}`);
}

async function launch(vscode: VSCodeBinaries, home: string, options: ServerOptions): Promise<VSCodeServer> {
  const port = await freePort();
  const child = spawnServer(vscode, home, port, options);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = (): Promise<void> => stopServer(child, ended, home);
  endWithThisProcess(child, home);
  try {
    await waitUntilReady(child, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { authority: `127.0.0.1:${port}`, home, ended, stop };
}

/** In a process group of its own, so that its extension hosts and their language servers can be ended with it. */
function spawnServer(
  { node, server }: VSCodeBinaries,
  home: string,
  port: number,
  options: ServerOptions,
): ChildProcess {
  const args = [
    server,
    ...['--host', '127.0.0.1', '--port', String(port), '--server-data-dir', home],
    ...[
      '--without-connection-token',
      '--accept-server-license-terms',
      '--disable-telemetry',
      '--enable-smoke-test-driver',
    ],
    ...(options.workspaceTrust === 'on' ? [] : ['--disable-workspace-trust']),
  ];
  const env = { ...process.env, ...options.environment, TMPDIR: home };
  return spawn(node, args, { detached: true, stdio: 'ignore', env });
}

/** A process that a signal ends runs no exit handlers of its own accord. */
function endWithThisProcess(child: ChildProcess, home: string): void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const exit = (): never => process.exit(1);
  const cleanUp = (): void => {
    killGroup(child, 'SIGKILL');
    remove(home);
  };
  process.once('exit', cleanUp);
  for (const signal of signals) process.once(signal, exit);
  child.once('exit', () => {
    process.off('exit', cleanUp);
    for (const signal of signals) process.off(signal, exit);
  });
}

async function waitUntilReady(child: ChildProcess, port: number): Promise<void> {
  await poll('the VS Code server', async () => {
    if (hasEnded(child)) return 'ended';
    return (await fetch(`http://127.0.0.1:${port}/version`)).ok;
  });
  if (hasEnded(child)) throw new Error('The VS Code server ended at its start.');
}

async function stopServer(child: ChildProcess, ended: Promise<void>, home: string): Promise<void> {
  killGroup(child, 'SIGTERM');
  await withDeadline('The end of the server', 5_000, ended).catch(() => {});
  killGroup(child, 'SIGKILL');
  remove(home);
}

function remove(home: string): void {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** A group that is gone already is what was wanted. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {}
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
