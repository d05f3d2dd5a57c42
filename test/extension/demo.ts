/**
 * Shows the extension on the example: in desktop VS Code if it can be shown and downloaded, else in a browser.
 * `--screenshot FILE` takes a picture instead.
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launchChromium } from './harness/chromium.ts';
import { downloadDesktop, hasDisplay, openDesktop } from './harness/desktop.ts';
import { startServer, type VSCodeServer } from './harness/server.ts';
import { openWindow, type WindowOptions, windowAddress } from './harness/session.ts';
import { ensureVSCode } from './harness/vscode-cache.ts';
import { screenshot, waitForSquiggle, waitForStatus } from './harness/workbench.ts';

const WINDOW: WindowOptions = {
  folder: resolve('examples/shop'),
  extensions: [resolve('.')],
  file: resolve('examples/shop/cart.yaml'),
};

const { values } = parseArgs({ options: { screenshot: { type: 'string' } } });
if (values.screenshot !== undefined)
  await withServer((server) => takePicture(server, resolve(values.screenshot ?? '')));
else if (!(await showOnDesktop())) await withServer(showInBrowser);

async function takePicture(server: VSCodeServer, file: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await openWindow(browser, server, WINDOW);
    await waitForStatus(page, /NetLens: /);
    await waitForSquiggle(page, 'warning');
    await screenshot(page, file);
    console.log(`Wrote ${file}`);
  } finally {
    await browser.close();
  }
}

/** False if there is no desktop VS Code to be had. */
async function showOnDesktop(): Promise<boolean> {
  if (!hasDisplay()) return false;
  try {
    const executable = await downloadDesktop();
    console.log('VS Code is open; close its window to end.');
    await openDesktop(executable, WINDOW);
    return true;
  } catch (error) {
    console.log(`No desktop VS Code (${error instanceof Error ? error.message : error}); using the browser.`);
    return false;
  }
}

async function showInBrowser(server: VSCodeServer): Promise<void> {
  const address = windowAddress(server, WINDOW);
  console.log(`VS Code with the extension, until Ctrl+C:\n${address}`);
  if (hasDisplay()) openAddress(address);
  await server.ended;
}

/** The address is printed as well, so a missing opener is no failure. */
function openAddress(address: string): void {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(opener, [address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

async function withServer(use: (server: VSCodeServer) => Promise<void>): Promise<void> {
  const server = await startServer(ensureVSCode());
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}
