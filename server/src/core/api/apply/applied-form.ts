import { isObject, type Json, type JsonObject } from '../json.ts';
import { withoutNulls } from './directives.ts';
import { sortedText } from './json-values.ts';

/** Where `kubectl apply` keeps the manifest that it applied. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A manifest as `kubectl apply` compares it: with a namespace, and with itself as an annotation (kubectl/pkg/util/apply.go,
 * GetModifiedConfiguration). `namespace` is that of the command; undefined for kinds that have none.
 */
export function appliedForm(manifest: JsonObject, namespace: string | undefined): JsonObject {
  const { [LAST_APPLIED]: _, ...annotations } = annotationsOf(manifest);
  const configuration = withMetadata(manifest, { ...placedIn(metadataOf(manifest), namespace), annotations });
  const text = `${sortedText(configuration)}\n`;
  return withMetadata(configuration, {
    ...metadataOf(configuration),
    annotations: { ...annotations, [LAST_APPLIED]: text },
  });
}

/** The same as it is sent to create the object: nulls do not reach the server (kubectl/pkg/cmd/apply/apply.go, pruneNullsFromMap). */
export function createdForm(manifest: JsonObject, namespace: string | undefined): JsonObject {
  return withoutNulls(appliedForm(manifest, namespace)) as JsonObject;
}

/** The manifest that an object was last applied from; empty if there is none in it. */
export function lastApplied(object: JsonObject): JsonObject {
  const annotations = metadataOf(object)['annotations'];
  const text = isObject(annotations) ? annotations[LAST_APPLIED] : undefined;
  const value: Json = typeof text === 'string' ? parsed(text) : null;
  return isObject(value) ? value : {};
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function metadataOf({ metadata }: JsonObject): JsonObject {
  return isObject(metadata) ? metadata : {};
}

function withMetadata(object: JsonObject, metadata: JsonObject): JsonObject {
  return { ...object, metadata };
}

function placedIn(metadata: JsonObject, namespace: string | undefined): JsonObject {
  const { namespace: own, ...rest } = metadata;
  if (namespace === undefined) return rest;
  return { ...rest, namespace: typeof own === 'string' && own !== '' ? own : namespace };
}

/** The annotations as kubectl reads them: null is an empty text, and a value of any other type makes it read none at all. */
function annotationsOf(manifest: JsonObject): JsonObject {
  const { annotations } = metadataOf(manifest);
  if (!isObject(annotations)) return {};
  const values = Object.entries(annotations).map(([key, value]) => [key, value ?? ''] as const);
  return values.every(([, value]) => typeof value === 'string') ? Object.fromEntries(values) : {};
}
