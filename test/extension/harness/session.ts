/** A window of VS Code: a page that a person, or a suite of tests, works in. */
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { withDeadline } from '../poll.ts';
import { parseResult, type TestResult } from '../report.ts';
import type { VSCodeServer } from './server.ts';

export interface WindowOptions {
  /** The folder to open, absolute. */
  readonly folder: string;
  /** Extensions to load from their source trees, absolute; none if the installed ones are meant. */
  readonly extensions?: readonly string[];
  /** A file to open at the start, absolute. */
  readonly file?: string;
}

export interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly deviceScaleFactor?: number;
}

export interface SuiteOptions extends WindowOptions {
  /** A CommonJS module that exports `run(): Promise<void>`, absolute. */
  readonly suite: string;
  /** Milliseconds for the whole of it. */
  readonly timeout: number;
}

export interface SuiteRun {
  readonly results: readonly TestResult[];
  /** What else the extension host wrote, line by line. */
  readonly log: readonly string[];
  /** 0 if `run()` was fulfilled. */
  readonly code: number;
}

/** What VS Code calls the thing in its address. */
type Payload = readonly (readonly [string, string])[];

/** The address at which a browser finds the window. */
export function windowAddress({ authority }: VSCodeServer, options: WindowOptions): string {
  return address(authority, options, windowPayload(authority, options));
}

/** Opens a window and waits until its workbench is there. The caller closes the page. */
export async function openWindow(
  browser: Browser,
  server: VSCodeServer,
  options: WindowOptions & Screen,
): Promise<Page> {
  const { width = 1280, height = 800, deviceScaleFactor = 1 } = options;
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor });
  // A first window on a busy machine takes its time.
  page.setDefaultTimeout(60_000);
  await page.goto(windowAddress(server, options));
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  return page;
}

/** Runs a suite in the extension host of a window of its own. */
export async function runSuite(browser: Browser, server: VSCodeServer, options: SuiteOptions): Promise<SuiteRun> {
  const { authority } = server;
  const payload: Payload = [
    ...windowPayload(authority, options),
    ['extensionTestsPath', remote(authority, options.suite)],
  ];
  const page = await browser.newPage();
  try {
    const console = await listen(page);
    await page.goto(address(authority, options, payload));
    return await withDeadline('The suite', options.timeout, console.exit).then(
      (code) => ({ ...console.read(), code }),
      (error: Error) => withFailure(console.read(), error),
    );
  } finally {
    await page.close();
  }
}

/** What was told of tests until the suite failed as a whole counts too. */
function withFailure({ results, log }: Pick<SuiteRun, 'results' | 'log'>, { message }: Error): SuiteRun {
  const failure: TestResult = { test: 'the suite', outcome: 'failed', milliseconds: 0, error: message };
  return { results: [...results, failure], log, code: 1 };
}

function windowPayload(authority: string, { extensions = [], file }: WindowOptions): Payload {
  return [
    ['skipWelcome', 'true'],
    ...extensions.map((path) => ['extensionDevelopmentPath', remote(authority, path)] as const),
    ...(file === undefined ? [] : [['openFile', remote(authority, file)] as const]),
  ];
}

function address(authority: string, { folder }: WindowOptions, payload: Payload): string {
  return `http://${authority}/?folder=${encodeURI(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function remote(authority: string, path: string): string {
  return `vscode-remote://${authority}${pathToFileURL(path).pathname}`;
}

interface Console {
  /** Settles with the code of the suite. */
  readonly exit: Promise<number>;
  read(): Pick<SuiteRun, 'results' | 'log'>;
}

/** VS Code calls two functions of the page: one with what extensions write, one when the suite has ended. */
async function listen(page: Page): Promise<Console> {
  const lines: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    lines.push(...args.map(String).join(' ').split('\n'));
  });
  const exit = new Promise<number>((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', (code: number) => resolve(code)).catch(reject);
    page.once('crash', () => reject(new Error('The browser page crashed.')));
  });
  return { exit, read: () => sortLines(lines) };
}

/** Parts the results of tests from everything else that was written. */
export function sortLines(lines: readonly string[]): Pick<SuiteRun, 'results' | 'log'> {
  const parsed = lines.map((line) => ({ line, result: parseResult(line) }));
  return {
    results: parsed.flatMap(({ result }) => result ?? []),
    log: parsed.filter(({ result }) => result === undefined).map(({ line }) => line),
  };
}
