// Writes the files that follow from others, and with --check only says which are out of date:
//   server/src/core/rules/registry.generated.ts   every rule module below rules/<subject>/
//   docs/rules.md                                 a table of the rules and what their pages say first
//   package.json                                  the setting of each rule
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const rulesDirectory = join(root, 'server/src/core/rules');

/** @returns {{ id: string, severity: string, assumes: string | undefined, summary: string }[]} */
function readRules() {
  return subjects().flatMap((subject) =>
    readdirSync(join(rulesDirectory, subject))
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => readRule(`${subject}/${name.slice(0, -'.ts'.length)}`)),
  );
}

function subjects() {
  return readdirSync(rulesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map((entry) => entry.name)
    .sort();
}

/** @param {string} id */
function readRule(id) {
  const module = readFileSync(join(rulesDirectory, `${id}.ts`), 'utf8');
  const page = readFileSync(join(rulesDirectory, `${id}.md`), 'utf8');
  const severity = /^ {2}severity: '(\w+)'/m.exec(module)?.[1];
  if (severity === undefined) throw new Error(`${id}.ts declares no severity`);
  if (!page.startsWith(`# ${id}\n`)) throw new Error(`${id}.md does not begin with its rule's id`);
  return { id, severity, assumes: /^ {2}assumes: '([\w-]+)'/m.exec(module)?.[1], summary: firstSentence(page, id) };
}

/**
 * The first sentence of a page's first paragraph.
 * @param {string} page
 * @param {string} id
 */
function firstSentence(page, id) {
  const paragraph = page.split('\n\n')[1]?.replaceAll('\n', ' ').trim() ?? '';
  const sentence = /^.*?\.(?= |$)/.exec(paragraph)?.[0];
  if (sentence === undefined) throw new Error(`${id}.md has no first sentence`);
  return sentence;
}

/** @param {{ id: string }[]} rules */
function renderRegistry(rules) {
  const name = (/** @type {string} */ id) => id.replace(/[/-](\w)/g, (_, letter) => letter.toUpperCase());
  const imports = rules.map(({ id }) => `import { rule as ${name(id)} } from './${id}.ts';`);
  const list = rules.map(({ id }) => `  ${name(id)},`);
  return [
    '// Made by scripts/generate.mjs.',
    ...imports,
    "import type { Rule } from './rule.ts';",
    '',
    '/** Every rule, by id. */',
    'export const RULES: readonly Rule[] = [',
    ...list,
    '];',
    '',
  ].join('\n');
}

/** @param {ReturnType<typeof readRules>} rules */
function renderRuleTable(rules) {
  const rows = rules.map(
    ({ id, severity, assumes, summary }) =>
      `| [${id}](../server/src/core/rules/${id}.md) | ${severity} | ${assumes ?? ''} | ${summary} |`,
  );
  return [
    '# Rules',
    '',
    'Made by `npm run generate`. Each rule has a page with examples that are also its tests.',
    '',
    '| rule | severity | assumes | what it says |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** @param {ReturnType<typeof readRules>} rules */
function renderPackage(rules) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const setting = manifest.contributes?.configuration?.properties?.['kubeNetlens.rules'];
  if (setting !== undefined) {
    const levels = ['off', 'hint', 'information', 'warning', 'error'];
    setting.properties = Object.fromEntries(
      rules.map(({ id, severity, summary }) => [id, { enum: levels, default: severity, description: summary }]),
    );
    // A family's cases are named after fields: `api/service/ports-name`.
    setting.patternProperties = { '^api/[a-z-]+/[a-z-]+$': { enum: levels } };
  }
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const rules = readRules();
/** @type {[string, string][]} */
const outputs = [
  ['server/src/core/rules/registry.generated.ts', renderRegistry(rules)],
  ['docs/rules.md', renderRuleTable(rules)],
  ['package.json', renderPackage(rules)],
];

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}

const stale = outputs.filter(([path, text]) => read(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is out of date: run "npm run generate"`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) {
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
