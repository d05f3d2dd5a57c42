// Runs the tools of this repository; needs nothing but Node.
import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a command in `root`, shows what it writes, and answers with its standard output and its exit code, which is 127
 * if it cannot start. Commands of installed packages are found by their names; `node` is the Node of this process.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, ...args) {
  const child = spawn(command === 'node' ? process.execPath : command, args, {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: ['inherit', 'pipe', 'inherit'],
    env: { ...process.env, PATH: [resolve(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter) },
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    process.stdout.write(text);
    output += text;
  });
  return new Promise((done) => {
    child.once('error', (error) => {
      console.error(error.message);
      done({ code: 127, output });
    });
    child.once('close', (code) => done({ code: code ?? 1, output }));
  });
}

/**
 * Runs a command and ends this process if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
export async function must(command, ...args) {
  const { code } = await run(command, ...args);
  if (code !== 0) process.exit(code);
}
