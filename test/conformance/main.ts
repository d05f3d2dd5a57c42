// Compares our answers with recorded ones: `npm run conformance -- DIR [--json FILE] [--disagreements FILE]`.
// With `--pack DIR` it writes what the tests bring along of them into that directory instead, compressed.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compare } from './adapters.ts';
import { findCases } from './cases.ts';
import { pack } from './pack.ts';
import { type Outcome, renderTable, rowsOf } from './table.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' }, disagreements: { type: 'string' }, pack: { type: 'string' } },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error('usage: npm run conformance -- DIR [--json FILE] [--disagreements FILE]');
  process.exit(2);
}

if (values.pack !== undefined) {
  pack(positionals.flatMap(findCases), values.pack);
  process.exit();
}

const outcomes = positionals.flatMap(findCases).map((each): Outcome => ({ case: each, result: compare(each) }));
const rows = rowsOf(outcomes);
const lines = outcomes.flatMap(({ case: { name }, result }) => result.disagreed.map((line) => `${name}: ${line}`));
console.log(renderTable(rows));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
if (values.disagreements === undefined) for (const line of lines.slice(0, 20)) console.log(line);
else writeFileSync(values.disagreements, lines.map((line) => `${line}\n`).join(''));
const agreed = rows.reduce((sum, row) => sum + row.agreed, 0);
process.exitCode = lines.length > 0 || outcomes.length === 0 ? 1 : 0;
console.log(`\n${agreed} passed, ${lines.length} failed`);
