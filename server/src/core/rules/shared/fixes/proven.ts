import type { FieldError } from '../../../api/index.ts';
import { ask, type Cluster, manifestOf } from '../../../cluster/index.ts';
import type { Resource } from '../../../manifest/index.ts';
import { type FieldPath, isJsonObject, type Json } from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';

/** The fixes after which the server has nothing left to say of the field; only what replaces values is tried. */
export function provenFixes(
  fixes: readonly Fix[],
  resource: Resource,
  { at }: FieldError,
  cluster: Cluster,
): readonly Fix[] {
  return fixes.filter((fix) => {
    const manifest = manifestAfter(resource, fix);
    const answer = manifest === undefined ? undefined : ask(cluster, resource, manifest);
    if (answer === undefined || answer.status === 201) return true;
    return !answer.errors.some((error) => isSamePath(error.at, at));
  });
}

function manifestAfter(resource: Resource, { edits }: Fix): Json | undefined {
  let manifest = manifestOf(resource);
  for (const { edit } of edits) {
    if (edit.op !== 'replace') return undefined;
    manifest = replaced(manifest, edit.path.slice(resource.path.length), edit.value);
  }
  return manifest;
}

function replaced(json: Json, [step, ...rest]: FieldPath, value: Json): Json {
  if (step === undefined) return value;
  if (Array.isArray(json))
    return json.map((item: Json, index) => (index === step ? replaced(item, rest, value) : item));
  return isJsonObject(json) ? { ...json, [step]: replaced(json[step] ?? null, rest, value) } : json;
}

function isSamePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
