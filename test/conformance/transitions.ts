import { type ApiServer, appliedJson, applyManifest, type JsonObject, storedBy } from '../../server/src/core/index.ts';
import { namespaceIn, serverOf } from './apiserver.ts';
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
  result: ({ result }) => result,
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
  return result === undefined ? answer : { ...answer, result: withoutFamilies(result) };
}

/** The recordings leave out long objects, and of an address that the server had picked nothing can be known. */
function readable(message: string): string {
  return message
    .trimEnd()
    .replaceAll(/(?<=Invalid value: )\{.*\}(?=: field is immutable)/g, '<object>')
    .replaceAll(/(?<=Invalid value: \[")[^"]*(?="\]: may not change once set)/g, '<address>');
}

/** The recordings do not say of which family an address is that was kept or given. */
function withoutFamilies(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/<(kept|allocated) IPv[46]>/g, '<$1>'));
}
