/** Desktop VS Code, where it can be downloaded. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { withDeadline } from '../poll.ts';
import { type SuiteOptions, type SuiteRun, sortLines, type WindowOptions } from './session.ts';

/** The path of the executable, which is downloaded into `cache` unless it is there. */
export async function downloadDesktop(cache = resolve('.vscode-test')): Promise<string> {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return await downloadAndUnzipVSCode({ cachePath: cache, version: 'stable' });
}

/** Whether windows can be shown here. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Opens a window and waits until it is closed. */
export async function openDesktop(executable: string, options: WindowOptions): Promise<void> {
  await withProfile(async (profile) => {
    await ended(spawn(executable, desktopArguments(profile, options), { stdio: 'ignore' }));
  });
}

/** Runs a suite in the extension host of a desktop window. */
export async function runDesktopSuite(executable: string, options: SuiteOptions): Promise<SuiteRun> {
  return await withProfile(async (profile) => {
    const args = [...desktopArguments(profile, options), `--extensionTestsPath=${options.suite}`];
    const child = spawn(executable, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    const code = await withDeadline('The suite', options.timeout, ended(child)).finally(() => child.kill());
    return { ...sortLines(lines), code };
  });
}

function desktopArguments(profile: string, { folder, extensions = [], file }: WindowOptions): string[] {
  return [
    folder,
    ...(file === undefined ? [] : [file]),
    ...extensions.map((path) => `--extensionDevelopmentPath=${path}`),
    ...[`--user-data-dir=${profile}`, `--extensions-dir=${join(profile, 'extensions')}`],
    ...['--no-sandbox', '--disable-gpu-sandbox', '--disable-updates', '--disable-workspace-trust'],
    ...['--skip-welcome', '--skip-release-notes'],
  ];
}

async function withProfile<T>(use: (profile: string) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'netlens-'));
  try {
    mkdirSync(join(profile, 'User'));
    writeFileSync(join(profile, 'User/settings.json'), JSON.stringify({ 'chat.disableAIFeatures': true }));
    return await use(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
