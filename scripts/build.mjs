// Bundles the client, the server, the command line and the webview pages into dist/.
// `--production` minifies; `--watch` rebuilds on change.

import { readFileSync } from 'node:fs';
import { context } from 'esbuild';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2022',
};
/** @type {import('esbuild').BuildOptions} */
const node = { ...shared, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'] };
/** @type {import('esbuild').BuildOptions} */
const browser = { ...shared, platform: 'browser', define: { global: 'globalThis' }, external: ['vscode'] };

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...node, entryPoints: { client: 'client/src/node.ts', server: 'server/src/main-node.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { cli: 'server/src/cli/bin.ts' },
    outdir: 'dist',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    define: { VERSION: JSON.stringify(version) },
    // CommonJS dependencies in an ES module still call require.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  },
  { ...browser, format: 'cjs', entryPoints: { 'client-browser': 'client/src/browser.ts' }, outdir: 'dist' },
  { ...browser, format: 'iife', entryPoints: { 'server-browser': 'server/src/browser.ts' }, outdir: 'dist' },
  {
    ...browser,
    format: 'iife',
    entryPoints: { endpoints: 'client/webview/endpoints/main.ts' },
    outdir: 'dist/webview',
  },
];

const contexts = await Promise.all(bundles.map((options) => context(options)));
if (watch) await Promise.all(contexts.map((each) => each.watch()));
else {
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}
