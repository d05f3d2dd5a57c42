// Measures what people wait for: `npm run bench [-- --quick] [--json FILE]`. Fails if a bar is missed.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureApi } from './measure-api.ts';
import { measureMemory } from './measure-memory.ts';
import { measureParse } from './measure-parse.ts';
import { measureIndex, measureStart, measureTyping } from './measure-server.ts';
import { isMissed, type Measurement, renderMeasurements } from './table.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } });
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const rounds = values.quick ? 40 : 100;
const measurements: Measurement[] = [
  ...measureParse(values.quick ? 5 : 15),
  ...measureApi(values.quick ? 5 : 20),
  ...measureMemory(3_000),
  ...(await measureStart(values.quick ? 5 : 15)),
  ...(await measureTyping(rounds)),
  ...(await measureIndex(3_000, 5)),
  ...(values.quick ? [] : await measureIndex(30_000, undefined)),
  ...packageSize(),
];
console.log(renderMeasurements(measurements));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measurements, null, 2)}\n`);
process.exitCode = measurements.some(isMissed) ? 1 : 0;

function packageSize(): readonly Measurement[] {
  const [file] = readdirSync('.').filter((name) => name.endsWith('.vsix'));
  return file === undefined ? [] : [{ name: 'vsix', value: statSync(file).size / 1e6, unit: 'MB', bar: 1.5 }];
}
