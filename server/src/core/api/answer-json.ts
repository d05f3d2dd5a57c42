import { encode } from './encode.ts';
import type { Json, JsonObject } from './json.ts';
import type { ApiObject } from './kind-rules.ts';
import { type ApiAnswer, isService } from './server.ts';
import { shownService } from './service/index.ts';

/**
 * An answer as JSON, in the words of the API's Status: `status`, and either `result` (the object as stored), or `reason`, `message`
 * and `causes` (`{reason, field, message}`, in the server's order); `warnings` are texts.
 */
export function answerJson(answer: ApiAnswer): JsonObject {
  const warnings = answer.warnings.map(({ message }) => message);
  if (answer.status === 201) {
    return { status: answer.status, warnings, result: storedJson(answer.stored) };
  }
  const { status, reason, message } = answer;
  return { status, reason, message, causes: causesOf(answer), warnings };
}

function causesOf({ status, errors, message }: Exclude<ApiAnswer, { status: 201 }>): readonly Json[] {
  if (status === 500) return [{ message: message.replace(/^Internal error occurred: /, '') }];
  return errors.map((error) => ({ reason: error.reason, field: error.field, message: error.message }));
}

/** A stored object as clients read it. What the server picks at random is `<allocated IPv4>`, `<allocated IPv6>` or `<allocated>`. */
export function storedJson(stored: ApiObject): Json {
  const { apiVersion, kind } = stored;
  return encode(apiVersion, kind, isService(stored) ? (shownService(stored) as ApiObject) : stored);
}
