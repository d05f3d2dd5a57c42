// Makes the list of time zones in server/src/core/api/kinds/workloads/time-zones.generated.ts again:
//
//   node scripts/time-zones.mjs "$(go env GOROOT)/lib/time/zoneinfo.zip"
//
// That file is what Go embeds into a server (package time/tzdata). Each line is a region and the names in it; names without a
// region stand behind an empty one.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('usage: node scripts/time-zones.mjs ZONEINFO.zip');
  process.exit(2);
}

/**
 * The names of the files in a ZIP archive, by its central directory (APPNOTE.TXT 4.3.12).
 *
 * @param {Buffer} archive
 */
function namesIn(archive) {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const names = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    names.push(archive.toString('latin1', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names.filter((name) => !name.endsWith('/'));
}

const regions = new Map();
for (const name of namesIn(readFileSync(path)).sort()) {
  const slash = name.lastIndexOf('/');
  const region = name.slice(0, Math.max(0, slash));
  regions.set(region, [...(regions.get(region) ?? []), name.slice(slash + 1)]);
}
const lines = [...regions].map(([region, names]) => [region, ...names].join(' '));
const file = new URL('../server/src/core/api/kinds/workloads/time-zones.generated.ts', import.meta.url);
writeFileSync(
  fileURLToPath(file),
  `// Made by scripts/time-zones.mjs.\n\n/** The time zones that a server has: a region, then the names in it. */\nexport const TIME_ZONES = \`${lines.join('\n')}\`;\n`,
);
