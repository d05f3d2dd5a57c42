// Runs a TypeScript entry point with Node: `node scripts/run.mjs test/bench/main.ts ARG…`.
// Node 20 cannot load TypeScript, so the file is bundled into out/ first.

import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  console.error('usage: node scripts/run.mjs FILE.ts [ARG…]');
  process.exit(2);
}
const outfile = resolve('out', dirname(entry), basename(entry, '.ts') + '.mjs');
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
  external: ['esbuild', 'playwright-core', 'vitest', 'fast-check'],
  banner: { js: "import { createRequire as _cr } from 'node:module'; const require = _cr(import.meta.url);" },
});
process.argv = [process.argv[0] ?? 'node', join(process.cwd(), entry), ...args];
await import(pathToFileURL(outfile).href);
