/**
 * Runs the extension suite in real VS Codes: `node scripts/run.mjs test/extension/run.ts [RUN…]`. Without names it
 * does every run; desktop VS Code takes part only with KUBE_NETLENS_DESKTOP=1, since it has to be downloaded.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchChromium } from './harness/chromium.ts';
import { downloadDesktop, runDesktopSuite } from './harness/desktop.ts';
import { type ServerOptions, startServer, type VSCodeServer } from './harness/server.ts';
import { runSuite, type SuiteRun } from './harness/session.ts';
import { ensureVSCode } from './harness/vscode-cache.ts';
import type { TestResult } from './report.ts';
import { runWindowTests } from './window-tests.ts';

interface Places {
  /** The extension's source tree. */
  readonly root: string;
  /** A copy of the example, which tests may change. */
  readonly folder: string;
  readonly suite: string;
}

type Run = (places: Places) => Promise<SuiteRun>;

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const TIMEOUT = 600_000;
const OUT = resolve('out/test/extension');

const RUNS: Readonly<Record<string, Run>> = {
  source: (places) => runInBrowser(places, [places.root], {}),
  window: ({ root, folder }) =>
    withBrowser({}, (browser, server) => runWindowTests(browser, server, { folder, extensions: [root] })),
  restricted: (places) =>
    runInBrowser(places, [places.root], { workspaceTrust: 'on', environment: { KUBE_NETLENS_RESTRICTED: '1' } }),
  'beside-yaml': (places) =>
    runInBrowser(places, [places.root], { installed: [resolve('test/extension/fixtures/vscode-yaml')] }),
  packaged: async (places) => runInBrowser(places, [emptyExtension(places)], { vsix: packagedExtension(places) }),
  desktop: async (places) =>
    runDesktopSuite(await downloadDesktop(), { ...places, extensions: [places.root], timeout: TIMEOUT }),
};

await main(process.argv.slice(2));

async function main(asked: readonly string[]): Promise<void> {
  const suite = await bundleSuite();
  const counts: Count[] = [];
  for (const name of asked.length > 0 ? asked : defaultRuns()) counts.push(await runAndPrint(name, suite));
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

function defaultRuns(): string[] {
  return Object.keys(RUNS).filter((name) => name !== 'desktop' || process.env['KUBE_NETLENS_DESKTOP'] === '1');
}

async function bundleSuite(): Promise<string> {
  const outfile = join(OUT, 'suite.js');
  await build({
    entryPoints: ['test/extension/suite/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

/** One run, in a copy of the example of its own. A run that cannot take place has failed. */
async function runAndPrint(name: string, suite: string): Promise<Count> {
  console.log(`\n${name}`);
  const home = mkdtempSync(join(tmpdir(), 'netlens-suite-'));
  try {
    const run = RUNS[name];
    if (run === undefined) throw new Error(`No such run; there are ${Object.keys(RUNS).join(', ')}.`);
    return print(name, await run({ root: resolve('.'), folder: copyExample(home), suite }));
  } catch (error) {
    console.log(`  failed   ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function copyExample(home: string): string {
  const folder = join(home, 'shop');
  cpSync('examples/shop', folder, { recursive: true });
  return folder;
}

function runInBrowser(
  { folder, suite }: Places,
  extensions: readonly string[],
  options: ServerOptions,
): Promise<SuiteRun> {
  return withBrowser(options, (browser, server) =>
    runSuite(browser, server, { folder, extensions, suite, timeout: TIMEOUT }),
  );
}

/** Starts a server and a browser for a run, and ends both after it. */
async function withBrowser(
  options: ServerOptions,
  run: (browser: Browser, server: VSCodeServer) => Promise<SuiteRun>,
): Promise<SuiteRun> {
  const server = await startServer(ensureVSCode(), options);
  let browser: Browser | undefined;
  try {
    browser = await launchChromium();
    return await run(browser, server);
  } finally {
    await browser?.close();
    await server.stop();
  }
}

function packagedExtension({ root }: Places): string {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const vsix = join(root, `${name}-${version}.vsix`);
  if (!existsSync(vsix)) throw new Error(`${vsix} is missing: \`npm run package\` makes it.`);
  return vsix;
}

/** VS Code runs suites only for an extension under development; with a packaged one, that is an empty one. */
function emptyExtension({ folder }: Places): string {
  const extension = join(folder, '../empty');
  mkdirSync(extension);
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
  return extension;
}

function print(name: string, { results, log, code }: SuiteRun): Count {
  for (const result of results) printResult(result);
  const file = join(OUT, `${name}.log`);
  writeFileSync(file, log.join('\n'));
  const passed = results.filter(({ outcome }) => outcome === 'passed').length;
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  if (failed > 0) console.log(`  what VS Code wrote: ${file}`);
  if (failed > 0 || (passed > 0 && code === 0)) return { passed, failed };
  console.log(`  failed   the suite ended with code ${code} after ${passed} tests; what VS Code wrote: ${file}`);
  return { passed, failed: 1 };
}

function printResult({ test, outcome, milliseconds, error }: TestResult): void {
  console.log(`  ${outcome.padEnd(8)} ${test} (${milliseconds} ms)`);
  if (error !== undefined) console.log(error.replace(/^/gm, '      '));
}
