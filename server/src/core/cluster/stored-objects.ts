import { type ApiAnswer, storedJson } from '../api/index.ts';
import type { Resource } from '../manifest/index.ts';
import { type FieldPath, isJsonObject, type Json, type JsonObject } from '../yaml/index.ts';
import { apiAnswerTo, ask, manifestOf } from './api-answers.ts';
import type { Cluster } from './cluster.ts';

/** The object as clients would read it after creation; undefined if the server refuses it or the kind is not simulated. */
export function storedObjectOf(cluster: Cluster, resource: Resource): JsonObject | undefined {
  return objectOf(apiAnswerTo(cluster, resource));
}

/** The same if the field at `path` were not written: what the server puts in its place. */
export function storedWithout(cluster: Cluster, resource: Resource, path: FieldPath): JsonObject | undefined {
  return objectOf(ask(cluster, resource, without(manifestOf(resource), path)));
}

function objectOf(answer: ApiAnswer | undefined): JsonObject | undefined {
  if (answer?.status !== 201) return undefined;
  const json = storedJson(answer.stored);
  return isJsonObject(json) ? json : undefined;
}

function without(value: Json, [step, ...rest]: FieldPath): Json {
  if (Array.isArray(value)) return value.map((item: Json, index) => (index === step ? without(item, rest) : item));
  if (!isJsonObject(value) || step === undefined) return value;
  const { [step]: inner = null, ...others } = value;
  return rest.length === 0 ? others : { ...others, [step]: without(inner, rest) };
}
