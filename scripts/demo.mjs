// Shows the extension on examples/shop: `npm run demo`, or `npm run demo -- --screenshot FILE` for a picture of it.
import { ensureInstalled } from './install.mjs';
import { must, run } from './process.mjs';

await ensureInstalled();
await must('node', 'scripts/build.mjs');
console.log('$ kube-netlens check examples/shop');
await run('node', 'dist/cli.mjs', 'check', 'examples/shop');
await must('node', 'scripts/run.mjs', 'test/extension/demo.ts', ...process.argv.slice(2));
