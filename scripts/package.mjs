// Packages the extension: a production build, then NAME-VERSION.vsix in the top folder, which must stay small.
import { readFileSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { must, root } from './process.mjs';

const LIMIT = 1_500_000;

const { name, version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const vsix = `${name}-${version}.vsix`;

// What an earlier build left behind would be shipped too.
rmSync(resolve(root, 'dist'), { recursive: true, force: true });
await must('node', 'scripts/build.mjs', '--production');
await must('vsce', 'package', '--no-dependencies', '--out', vsix);

const { size } = statSync(resolve(root, vsix));
console.log(`${vsix}: ${kilobytes(size)}`);
if (size > LIMIT) {
  console.error(`It is larger than ${kilobytes(LIMIT)}.`);
  process.exitCode = 1;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${Math.ceil(bytes / 1000)} kB`;
}
