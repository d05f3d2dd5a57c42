import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  type ApiAnswer,
  type ApiServer,
  type ApiServerSettings,
  ApplySession,
  answerJson,
  appliedJson,
  createApiServer,
  isJsonObject,
  isTooDeep,
  type Json,
  type JsonObject,
  MAX_DEPTH,
  resourceOfPath,
} from '../../core/index.ts';

/**
 * Answers JSON lines, one line each: `{path?, object}` is sent alone to a server that holds nothing else, as a dry run; `{steps: [{object}…]}`
 * are created one after another; `{from, to}` is an object that was applied, and is applied again as a dry run. An `id` comes back.
 */
export async function answerBatch(
  input: Readable,
  settings: ApiServerSettings,
  print: (text: string) => void,
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') print(`${JSON.stringify(answerLine(line, settings))}\n`);
  }
}

function answerLine(line: string, settings: ApiServerSettings): JsonObject {
  const value = parsed(line);
  if (!isJsonObject(value)) return { error: 'this line is no JSON object' };
  if (isTooDeep([value], valuesIn)) return { error: `this line has more than ${MAX_DEPTH} levels` };
  const id = value['id'] === undefined ? {} : { id: value['id'] };
  return { ...id, ...answerTo(value, settings) };
}

function valuesIn(json: Json): readonly Json[] {
  return typeof json === 'object' && json !== null ? Object.values(json) : [];
}

function parsed(line: string): Json {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The namespace of a command that names none. */
export const NAMESPACE = 'default';

function answerTo({ object, path, steps, from, to }: JsonObject, settings: ApiServerSettings): JsonObject {
  const server = createApiServer({ ...settings, holdsOwnObjects: true });
  if (Array.isArray(steps)) return { steps: steps.map((step: Json) => createdBy(server, step)) };
  if (isJsonObject(from) && isJsonObject(to)) return changedBy(server, from, to);
  if (object === undefined) return { error: 'neither object, nor steps, nor from and to' };
  const type = resourceOfPath(typeof path === 'string' ? path : '');
  const namespace = type?.namespace ?? namespaceOf(object);
  const request = { namespace, mode: 'dry-run', ...(type === undefined ? {} : { type }) } as const;
  return orUnknown(server.create(object, request), object);
}

function createdBy(server: ApiServer, step: Json): JsonObject {
  const object = isJsonObject(step) ? (step['object'] ?? null) : null;
  return orUnknown(server.create(object, { namespace: namespaceOf(object), mode: 'create' }), object);
}

function changedBy(server: ApiServer, from: JsonObject, to: JsonObject): JsonObject {
  const session = new ApplySession(server);
  session.apply(from, NAMESPACE);
  const applied = session.apply(to, NAMESPACE, 'dry-run');
  return applied === undefined ? unknown(to) : appliedJson(applied, 'STDIN');
}

function orUnknown(answer: ApiAnswer | undefined, object: Json): JsonObject {
  return answer === undefined ? unknown(object) : answerJson(answer, object);
}

function unknown(object: Json): JsonObject {
  const { apiVersion, kind } = isJsonObject(object) ? object : {};
  return { error: `objects of kind ${String(kind)} in ${String(apiVersion)} are not simulated` };
}

function namespaceOf(object: Json): string {
  const metadata = isJsonObject(object) ? object['metadata'] : undefined;
  const namespace = isJsonObject(metadata) ? metadata['namespace'] : undefined;
  return typeof namespace === 'string' && namespace !== '' ? namespace : NAMESPACE;
}
