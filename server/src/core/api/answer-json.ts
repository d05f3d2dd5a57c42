import type { ApiAnswer, RefusedAnswer } from './answer.ts';
import { encode } from './encode.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { ApiObject } from './kind-rules.ts';
import { ALLOCATED_PORT, asShown } from './kinds/service/index.ts';
import { sentWarnings } from './sent-warnings.ts';

/**
 * An answer as JSON, in the words of the API's Status: `status`, and either `result` (the object as stored), or `reason`, `message`
 * and `causes` (`{reason, field, message}`, in the server's order); `warnings` are the texts that are sent. Given the object that was sent, node
 * ports that it leaves to the server are `<allocated>` even where they follow from another entry.
 */
export function answerJson(answer: ApiAnswer, sent: Json = null): JsonObject {
  const warnings = sentWarnings(answer.warnings);
  if (answer.status === 201) {
    const result = storedJson(answer.stored);
    return { status: answer.status, warnings, result: isObject(sent) ? withUnnamed(result, sent) : result };
  }
  const { status, reason, message } = answer;
  return { status, reason, message, causes: causesOf(answer), warnings };
}

function causesOf({ errors, failure }: RefusedAnswer): readonly Json[] {
  if (failure !== undefined) return [{ message: failure }];
  return errors.map((error) => ({ reason: error.reason, field: error.field, message: error.message }));
}

/** A stored object as clients read it. What the server picks at random is `<allocated IPv4>`, `<allocated IPv6>` or `<allocated>`. */
export function storedJson(stored: ApiObject): Json {
  const { apiVersion, kind } = stored;
  return encode(apiVersion, kind, asShown(stored));
}

function withUnnamed(result: Json, sent: JsonObject): Json {
  const named = portsOf(sent);
  return withPorts(result, (port, index) => {
    const isLeft = typeof port['nodePort'] === 'number' && !named[index]?.['nodePort'];
    return isLeft ? { ...port, nodePort: ALLOCATED_PORT } : port;
  });
}

/** A Service with other entries in its list of ports; anything else as it is. */
export function withPorts(object: Json, change: (port: JsonObject, index: number) => JsonObject): Json {
  const spec = isObject(object) && object['kind'] === 'Service' ? object['spec'] : undefined;
  if (!isObject(object) || !isObject(spec) || !('ports' in spec)) return object;
  return { ...object, spec: { ...spec, ports: portsOf(object).map(change) } };
}

/** The ports of a Service's manifest that are mappings. */
export function portsOf({ spec }: JsonObject): readonly JsonObject[] {
  const ports = isObject(spec) ? spec['ports'] : undefined;
  return Array.isArray(ports) ? ports.filter(isObject) : [];
}
