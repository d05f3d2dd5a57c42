import { main } from './main.ts';

const color = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
const output = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  color,
};
const status = await main(process.argv.slice(2), output);
if (status !== undefined) process.exitCode = status;
