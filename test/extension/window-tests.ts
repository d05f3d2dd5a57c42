/** What only a look at the window tells: the view's content, the list of the URL test. Each test has a window of its own. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import type { VSCodeServer } from './harness/server.ts';
import { openWindow, type SuiteRun } from './harness/session.ts';
import { goToText, openFile, runCommand, waitForLens, waitForStatus, webviewFrame } from './harness/workbench.ts';
import { poll, withDeadline } from './poll.ts';
import type { TestResult } from './report.ts';

interface WindowTest {
  readonly name: string;
  readonly body: (page: Page, folder: string) => Promise<void>;
}

const TESTS: readonly WindowTest[] = [
  {
    name: 'the lens of a Service opens its endpoints, and the view follows an edit of the file',
    body: async (page, folder) => {
      await openFile(page, 'web.yaml');
      await (await waitForLens(page, /3 Pods of Deployment web/)).click();
      const frame = await webviewFrame(page, 'table');
      assert.equal(await waitForRows(frame, 3), '33%');
      const file = join(folder, 'web.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('replicas: 3', 'replicas: 4'));
      assert.equal(await waitForRows(frame, 4), '25%');
    },
  },
  {
    name: 'what is set in the view changes the picture',
    body: async (page, folder) => {
      await openFile(page, 'web.yaml');
      await waitForStatus(page, /NetLens: .* file/);
      await goToText(page, join(folder, 'web.yaml'), 'web\n');
      await runCommand(page, 'Show Endpoint Distribution of Service');
      const frame = await webviewFrame(page, 'table');
      await waitForRows(frame, 3);
      await frame.getByLabel(/replicas/i).fill('5');
      assert.equal(await waitForRows(frame, 5), '20%');
    },
  },
  {
    name: 'the URL test tells while typing which path wins, and Enter leads there',
    body: async (page) => {
      await openFile(page, 'ingress.yaml');
      await (await waitForLens(page, /test a URL/)).click();
      const input = page.locator('.quick-input-widget input');
      await input.fill('https://shop.example.com/cart/admin');
      const row = page.locator('.quick-input-list .monaco-list-row', { hasText: '/cart/admin Exact' }).first();
      await row.waitFor();
      await input.fill('https://shop.example.com/nothing/special');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: '/ Prefix' }).first().waitFor();
    },
  },
  {
    name: 'below a port Enter offers the fields that are missing, then their values, and writes them where they belong',
    body: async (page, folder) => {
      await openFile(page, 'cart.yaml');
      await waitForStatus(page, /NetLens: .* file/);
      await goToText(page, join(folder, 'cart.yaml'), 'name: http\n      port: 80');
      for (const key of ['End', 'Enter']) await page.keyboard.press(key);
      await page.keyboard.type('appP');
      await acceptSuggestion(page, 'appProtocol');
      await page.keyboard.type('grpc');
      await page.keyboard.press('Enter');
      await page.keyboard.type('pro');
      await acceptSuggestion(page, 'protocol');
      await acceptSuggestion(page, 'TCP');
      for (const line of ['    - name: http', '      appProtocol: grpc', '      protocol: TCP', '      port: 80'])
        await viewLine(page, line).first().waitFor();
    },
  },
];

/** Runs the tests one after another, each in a fresh window on the folder. */
export async function runWindowTests(
  browser: Browser,
  server: VSCodeServer,
  { folder, extensions }: { readonly folder: string; readonly extensions: readonly string[] },
): Promise<SuiteRun> {
  const results: TestResult[] = [];
  for (const [index, test] of TESTS.entries()) {
    // One test's edits are no other's business.
    const own = join(folder, '..', `window-${index}`);
    cpSync(folder, own, { recursive: true });
    const page = await openWindow(browser, server, { folder: own, extensions, width: 1600, height: 1000 });
    results.push(await runTest(test, page, own));
    await page.close();
  }
  return { results, log: [], code: results.some(({ outcome }) => outcome === 'failed') ? 1 : 0 };
}

async function runTest({ name, body }: WindowTest, page: Page, folder: string): Promise<TestResult> {
  const start = Date.now();
  try {
    await withDeadline('The test', 90_000, body(page, folder));
    return { test: name, outcome: 'passed', milliseconds: Date.now() - start };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { test: name, outcome: 'failed', milliseconds: Date.now() - start, error: reason };
  }
}

/** Waits until the suggestion is the one that Enter takes, and takes it. */
async function acceptSuggestion(page: Page, label: string): Promise<void> {
  await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: label }).waitFor();
  await page.keyboard.press('Enter');
}

/** The line of the editor that is exactly this; there its blanks are hard ones. */
function viewLine(page: Page, text: string): Locator {
  return page.locator('.view-line').filter({ hasText: new RegExp(`^${text.replaceAll(' ', '\\s')}$`) });
}

/** Waits until the table of endpoints has so many rows, and gives the share of the first. */
async function waitForRows(frame: Frame, count: number): Promise<string> {
  const rows = frame.locator('table tbody tr');
  return await poll(`${count} endpoints`, async () => {
    if ((await rows.count()) !== count) return undefined;
    return /\d+\s?%/.exec((await rows.first().textContent()) ?? '')?.[0]?.replace(/\s/g, '');
  });
}
