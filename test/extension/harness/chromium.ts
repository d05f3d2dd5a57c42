/** The browser that shows VS Code. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** A sandbox needs another user than root; the rest keeps the browser from calling home. */
const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchChromium(): Promise<Browser> {
  const args = isRoot() ? ['--no-sandbox', ...ARGUMENTS] : ARGUMENTS;
  return await chromium.launch({ executablePath: findOrInstallChromium(), args });
}

function findOrInstallChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  if (isRoot() && existsSync('/etc/debian_version')) installChromium();
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(
    'No Chromium: install one (Debian: `apt-get install chromium`) or set CHROME_PATH to a Chrome or Chromium.',
  );
}

function findChromium(): string | undefined {
  const asked = process.env['CHROME_PATH'];
  if (asked) return asked;
  return [DEBIAN_CHROMIUM, chromium.executablePath()].find((path) => existsSync(path));
}

/** What fails here shows as a missing browser afterwards. */
function installChromium(): void {
  console.log('Installing Chromium with apt-get');
  aptGet('update');
  aptGet('install', '-y', '--no-install-recommends', 'chromium');
}

function aptGet(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
