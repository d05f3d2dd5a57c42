import { answerJson, portsOf, storedJson, withPorts } from '../answer-json.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { LAST_APPLIED } from './applied-form.ts';
import type { Applied } from './apply.ts';
import { outcomeOf } from './kubectl-text.ts';
import { storedBy } from './session.ts';

/**
 * What became of a manifest, as JSON: `ok`, the `message` that kubectl prints if it is refused, `warnings`, and the object afterwards
 * as `result`, without what the server and kubectl keep in it for themselves (status, generation, the last applied manifest).
 */
export function appliedJson(applied: Applied, file: string): JsonObject {
  const { warnings, result } = outcomeOf(applied, file);
  const stored = storedBy(applied);
  if (stored !== undefined) {
    const object = withoutBookkeeping(storedJson(stored));
    const isUpdate = applied.answer.type === 'update';
    return { ok: true, warnings, result: isUpdate ? withKept(object, applied.manifest) : object };
  }
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

/**
 * What the server picked, as it is shown after an update: `<kept>` or `<allocated>`, whatever its family; also node ports that the
 * object had before and that the manifest does not name, whoever chose them.
 */
function withKept(result: Json, manifest: JsonObject): Json {
  const named = new Set(portsOf(manifest).map(({ nodePort }) => nodePort));
  const kept = withPorts(result, (port) => {
    const isKept = typeof port['nodePort'] === 'number' && !named.has(port['nodePort']);
    return isKept ? { ...port, nodePort: '<kept>' } : port;
  });
  const spec = isObject(kept) && kept['kind'] === 'Service' ? kept['spec'] : undefined;
  if (!isObject(kept) || !isObject(spec)) return kept;
  const addresses = Object.fromEntries(
    ['clusterIP', 'clusterIPs'].filter((key) => key in spec).map((key) => [key, plain(spec[key] ?? null)]),
  );
  return { ...kept, spec: { ...spec, ...addresses } };
}

function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === 'string' ? value.replace(/^<(kept|allocated) IPv[46]>$/, '<$1>') : value;
}
