import { main } from './main.ts';

const color = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
const output = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  color,
};
for (const stream of [process.stdout, process.stderr]) stream.on('error', endIfUnread);
const status = await main(process.argv.slice(2), output);
if (status !== undefined) process.exitCode = status;

/** Whoever reads the output may have seen enough of it, as `head` does; then there is nothing left to do. */
function endIfUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}
