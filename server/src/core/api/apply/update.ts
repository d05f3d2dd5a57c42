import { encode } from '../encode.ts';
import type { JsonObject } from '../json.ts';
import type { ApiObject } from '../kind-rules.ts';
import { findKind } from '../kinds/index.ts';
import { asStored } from '../kinds/service/index.ts';
import { typeOfKind } from '../schema/schema.ts';
import type { StructType } from '../schema/types.ts';
import { type ApiServer, type CreateRequest, deprecationOf } from '../server.ts';
import type { Warnings } from '../warning.ts';
import { appliedForm, lastApplied } from './applied-form.ts';
import { PatchError } from './patch-error.ts';
import { answerPatch, type RefusedPatch } from './patch-request.ts';
import { patchTypeOf } from './patch-type.ts';
import { createPatch, type ThreeForms } from './three-way.ts';

/** What comes of applying a manifest to an object that is there. */
export type UpdateAnswer = UnchangedAnswer | ConfiguredAnswer | RefusedUpdate | FailedUpdate;

interface WithWarnings {
  readonly warnings: Warnings;
}

/** Nothing to do: kubectl sends no patch. */
export interface UnchangedAnswer extends WithWarnings {
  readonly type: 'unchanged';
  readonly stored: ApiObject;
}

/** The patch was taken. */
export interface ConfiguredAnswer extends WithWarnings {
  readonly type: 'configured';
  readonly stored: ApiObject;
  readonly patch: JsonObject;
}

/** The server refused the patch. */
export interface RefusedUpdate extends RefusedPatch, WithWarnings {
  readonly patch: JsonObject;
}

/** kubectl cannot make a patch: an item of a list that it merges lacks the key that tells the items apart. */
export interface FailedUpdate extends WithWarnings {
  readonly type: 'failure';
  readonly problem: string;
  readonly forms: ThreeForms;
}

/** A manifest whose object is there. */
export interface UpdateRequest {
  /** The object as the server has it: `stored` of an earlier answer. */
  readonly stored: ApiObject;
  readonly manifest: JsonObject;
  /** The namespace of the command, for a manifest that names none. */
  readonly namespace: string;
  readonly mode: CreateRequest['mode'];
}

/**
 * The answer to `kubectl apply` of a manifest whose object is there: kubectl compares three forms of it and sends a patch
 * (kubectl/pkg/cmd/apply/patcher.go). The manifest applied before is taken from the stored object's annotation. Undefined for a kind
 * whose rules are not known here.
 */
export function applyUpdate(
  server: ApiServer,
  { manifest, namespace, mode, ...request }: UpdateRequest,
): UpdateAnswer | undefined {
  const { apiVersion, kind } = request.stored;
  const rules = findKind(apiVersion, kind);
  const struct = typeOfKind(apiVersion, kind);
  if (rules === undefined || struct === undefined) return undefined;
  const stored = asStored(request.stored);
  const current = encode(apiVersion, kind, stored) as JsonObject;
  const modified = appliedForm(manifest, rules.namespaced ? namespace : undefined);
  const forms = { original: lastApplied(current), current, modified };
  const patch = patchFor(forms, struct);
  // Reading the object gives the warning already.
  const early = deprecationOf(rules);
  if (typeof patch === 'string') return { type: 'failure', problem: patch, forms, warnings: early };
  if (Object.keys(patch).length === 0) return { type: 'unchanged', stored, warnings: early };
  const answer = answerPatch(server, { rules, struct, stored, current, patch, mode, early });
  if (answer.type === 'refused') return { ...answer, warnings: early, patch };
  return { ...answer, type: 'configured', patch };
}

/** The patch, or why there is none. */
function patchFor(forms: ThreeForms, struct: StructType): JsonObject | string {
  try {
    return createPatch(forms, patchTypeOf(struct));
  } catch (error) {
    if (error instanceof PatchError) return error.message;
    throw error;
  }
}
