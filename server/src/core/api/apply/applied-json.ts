import { answerJson, storedJson } from '../answer-json.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { LAST_APPLIED } from './applied-form.ts';
import type { Applied } from './apply.ts';
import { outcomeOf } from './dry-run-text.ts';
import { storedBy } from './session.ts';

/**
 * What became of a manifest, as JSON: `ok`, the `message` that kubectl prints if it is refused, `warnings`, and the object afterwards
 * as `result`, without what the server and kubectl keep in it for themselves (status, generation, the last applied manifest).
 */
export function appliedJson(applied: Applied, file: string): JsonObject {
  const { warnings, result } = outcomeOf(applied, file);
  const stored = storedBy(applied);
  if (stored !== undefined) return { ok: true, warnings, result: withoutBookkeeping(storedJson(stored)) };
  return { ok: false, message: result.type === 'failure' ? result.alone : '', warnings };
}

/** The server's answer to a manifest that was created, as JSON; that of `appliedJson` for an update. */
export function createdJson(applied: Applied, file: string): JsonObject {
  const { answer } = applied;
  return answer.type === 'create' ? answerJson(answer.answer) : appliedJson(applied, file);
}

function withoutBookkeeping(object: Json): Json {
  if (!isObject(object)) return object;
  const { status, ...rest } = object;
  const { generation, annotations, ...metadata } = isObject(rest['metadata']) ? rest['metadata'] : {};
  const { [LAST_APPLIED]: _, ...kept } = isObject(annotations) ? annotations : {};
  return { ...rest, metadata: { ...metadata, annotations: kept } };
}
