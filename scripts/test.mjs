// Everything that says whether this repository is in order: `npm test`. The last line is `N passed, N failed`.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root, run } from './process.mjs';

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ name: string, needs?: string, run: () => Promise<Count> }} Part */

/** @type {readonly Part[]} */
const PARTS = [
  { name: 'Generated files', run: () => oneCommand('node', 'scripts/generate.mjs', '--check') },
  { name: 'Types', run: () => oneCommand('tsc', '-b') },
  { name: 'Style', run: () => oneCommand('biome', 'check', '.') },
  { name: 'Unused code', run: () => oneCommand('knip') },
  { name: 'Unit tests', run: unitTests },
  { name: 'Grammar', run: grammarTests },
  {
    name: 'Conformance, every case',
    needs: '../shared',
    run: () => counting('test/conformance/main.ts', '../shared/conformance'),
  },
  { name: 'Package', run: () => oneCommand('node', 'scripts/package.mjs') },
  { name: 'VS Code', run: vscodeTests },
];

await ensureInstalled();
let passed = 0;
let failed = 0;
for (const part of PARTS) {
  const count = await runPart(part);
  passed += count.passed;
  failed += count.failed;
}
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
console.log(`\n${passed} passed, ${failed} failed`);

/**
 * Runs a part and says how it went. A part that breaks down has failed once.
 *
 * @param {Part} part
 * @returns {Promise<Count>}
 */
async function runPart({ name, needs, run }) {
  console.log(`\n== ${name}`);
  if (needs !== undefined && !existsSync(resolve(root, needs))) {
    console.log(`not run: ${needs} is not here`);
    return { passed: 0, failed: 0 };
  }
  const count = await run().catch(broken);
  console.log(`== ${name}: ${count.passed} passed, ${count.failed} failed`);
  return count;
}

/**
 * @param {unknown} error
 * @returns {Count}
 */
function broken(error) {
  console.error(error);
  return { passed: 0, failed: 1 };
}

/**
 * A command that passes or fails as a whole.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Count>}
 */
async function oneCommand(command, ...args) {
  const { code } = await run(command, ...args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * A TypeScript program that counts for itself and ends with the line `N passed, N failed`.
 *
 * @param {readonly string[]} args
 * @returns {Promise<Count>}
 */
async function counting(...args) {
  const { code, output } = await run('node', 'scripts/run.mjs', ...args);
  const match = /^(\d+) passed, (\d+) failed$/.exec(output.trimEnd().split('\n').at(-1) ?? '');
  return believe(code, { passed: Number(match?.[1] ?? 0), failed: Number(match?.[2] ?? 0) });
}

/**
 * A program that counts no failure although it failed, or nothing at all, has failed once.
 *
 * @param {number} code
 * @param {Count} count
 * @returns {Count}
 */
function believe(code, { passed, failed }) {
  const unexplained = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: unexplained ? 1 : failed };
}

async function unitTests() {
  const report = 'out/vitest.json';
  rmSync(resolve(root, report), { force: true });
  const built = await run('node', 'scripts/build.mjs');
  if (built.code !== 0) return { passed: 0, failed: 1 };
  const { code } = await run('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(resolve(root, report), 'utf8'));
  return believe(code, { passed: numPassedTests, failed: numFailedTests });
}

/** Each file of expectations counts once. The injections are tested on small grammars of YAML and Markdown. */
async function grammarTests() {
  const files = readdirSync(resolve(root, 'test/grammar')).filter((name) => name.includes('.test.'));
  const grammars = ['yaml', 'markdown'].flatMap((name) => ['-g', `test/grammar/support/${name}.tmLanguage.json`]);
  let passed = 0;
  for (const file of files.sort()) {
    passed += (await oneCommand('vscode-tmgrammar-test', ...grammars, `test/grammar/${file}`)).passed;
  }
  return believe(0, { passed, failed: files.length - passed });
}

async function vscodeTests() {
  const built = await run('node', 'scripts/build.mjs');
  if (built.code !== 0) return { passed: 0, failed: 1 };
  return await counting('test/extension/run.ts');
}
