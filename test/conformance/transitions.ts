import { type ApiServer, appliedJson, applyManifest, type JsonObject, storedBy } from '../../server/src/core/index.ts';
import { namespaceIn, serverOf, withoutUids } from './apiserver.ts';
import type { Case } from './cases.ts';
import { differencesIn, type Parts, tally } from './differences.ts';
import { readLines } from './lines.ts';
import type { CaseResult } from './result.ts';

/** What came of applying a changed manifest. */
interface ChangeAnswer {
  readonly ok: boolean;
  readonly message?: string;
  readonly warnings?: readonly string[];
  readonly result?: unknown;
}

interface RecordedTransition extends ChangeAnswer {
  readonly id: string;
  readonly from: JsonObject;
  readonly to: JsonObject;
}

const PARTS: Parts<ChangeAnswer> = {
  verdict: ({ ok }) => ok,
  messages: ({ message }) => message && readable(message),
  result: ({ result }) => withoutUids(result),
  warnings: ({ warnings = [] }) => [...new Set(warnings)],
};

/** Changes of an object that kubectl had applied before. */
export function compareTransitions({ path: file }: Case): CaseResult {
  const lines = readLines<RecordedTransition>(file).map(({ id, from, to, ...wanted }) => {
    const got = answerToChange(serverOf(file), from, to) ?? { ok: !wanted.ok };
    return [id, differencesIn(PARTS, wanted, got)] as const;
  });
  return tally(PARTS, lines);
}

function answerToChange(server: ApiServer, from: JsonObject, to: JsonObject): ChangeAnswer | undefined {
  const namespace = namespaceIn(from);
  const created = applyManifest(server, { manifest: from, namespace, mode: 'create' });
  const stored = created === undefined ? undefined : storedBy(created);
  if (stored === undefined) return undefined;
  const applied = applyManifest(server, { manifest: to, stored, namespace, mode: 'dry-run' });
  if (applied === undefined) return undefined;
  const { result, ...answer } = appliedJson(applied, 'STDIN') as unknown as ChangeAnswer;
  return result === undefined ? answer : { ...answer, result: asRecorded(result, to) };
}

/** The recordings leave out long objects. An address that the server had picked says nothing. */
function readable(message: string): string {
  return message
    .trimEnd()
    .replaceAll(/(?<=Invalid value: )\{.*\}(?=: field is immutable)/g, '<object>')
    .replaceAll(
      /"(10\.\d+\.\d+\.\d+|<kept IPv4>)"(?=\]?: (may not change once set|expected an IPv6 value))/g,
      '<address>',
    );
}

/** In the recordings any port that the manifest leaves out is `<kept>`, and no placeholder of an address says its family. */
function asRecorded(result: unknown, manifest: JsonObject): unknown {
  const given = JSON.stringify(manifest);
  const text = JSON.stringify(result)
    .replaceAll(/<(kept|allocated) IPv[46]>/g, '<$1>')
    .replaceAll(/"(\w*[nN]odePort)":\d+/g, (field, key) => (given.includes(field) ? field : `"${key}":"<kept>"`));
  return JSON.parse(text);
}
