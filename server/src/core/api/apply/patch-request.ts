import { invalidAnswer, type RefusedAnswer, serverFailure, unprocessable } from '../answer.ts';
import { conversionProblems } from '../conversion.ts';
import { type Errors, invalid } from '../field-error.ts';
import type { JsonObject } from '../json.ts';
import type { ApiObject, KindRules } from '../kind-rules.ts';
import { allocate, asRead } from '../kinds/service/index.ts';
import { genericMetaErrors, type ObjectMeta, objectMetaUpdateErrors } from '../object-meta.ts';
import { Path } from '../path.ts';
import type { StructType } from '../schema/types.ts';
import type { ApiServer, CreateRequest } from '../server.ts';
import type { Warnings } from '../warning.ts';
import { decodePatched } from './decode-patched.ts';
import { goValue } from './json-values.ts';
import { PatchError } from './patch-error.ts';
import { patchTypeOf } from './patch-type.ts';
import { spentPatch } from './spent-patch.ts';
import { applyPatch } from './three-way.ts';

/** A strategic merge patch sent to the server, with `fieldValidation=Strict`. */
export interface PatchRequest {
  readonly rules: KindRules;
  readonly struct: StructType;
  readonly stored: ApiObject;
  /** The stored object as the server prints it. */
  readonly current: JsonObject;
  readonly patch: JsonObject;
  readonly mode: CreateRequest['mode'];
  /** Warnings that come with any answer. */
  readonly early: Warnings;
}

/** What becomes of the patch. */
export type PatchAnswer = StoredPatch | RefusedPatch;

interface StoredPatch {
  readonly type: 'stored';
  readonly stored: ApiObject;
  readonly warnings: Warnings;
}

/** The patch does not fit, or what comes of it is refused. */
export interface RefusedPatch {
  readonly type: 'refused';
  readonly answer: RefusedAnswer;
  /** What the server calls invalid; both are empty if the patched object does not decode. */
  readonly about: { readonly kind: string; readonly name: string };
}

/**
 * What the server answers to a patch (apiserver/pkg/endpoints/handlers/patch.go, apiserver/pkg/registry/rest/update.go): it merges,
 * decodes, defaults, allocates, validates.
 */
export function answerPatch(server: ApiServer, request: PatchRequest): PatchAnswer {
  const patched = patchedObject(request);
  if (patched.type === 'refused') return patched;
  const { rules, stored, mode } = request;
  const { context } = server;
  const prepared = rules.prepareUpdate?.(patched.object, stored, context) ?? rules.default(patched.object, context);
  const outcome = allocate(prepared, stored, server.allocations, { mode, version: context.version });
  if (outcome.type === 'invalid') return invalidUpdate(prepared, request, outcome.errors);
  if (outcome.type === 'failure') {
    return refusedFor(prepared, serverFailure(outcome.reason, outcome.message, request.early));
  }
  const { object: next } = outcome;
  const errors = updateErrors(server, next, request);
  const isDone = errors.length === 0 && mode === 'create';
  server.allocations.release(isDone ? outcome.freed : outcome.claims);
  if (errors.length > 0) return invalidUpdate(next, request, errors);
  const warnings = [...request.early, ...rules.warn(next, stored, context)];
  return { type: 'stored', stored: asRead(next, server.allocations), warnings };
}

type Patched = { readonly type: 'object'; readonly object: ApiObject } | RefusedPatch;

function patchedObject({ struct, stored, current, patch, early }: PatchRequest): Patched {
  const type = patchTypeOf(struct);
  try {
    const decoded = decodePatched(struct, applyPatch(current, patch, type));
    if (decoded.type === 'failure') return undecoded(spentPatch(current, patch, type), decoded.message, early);
    const object = withServerFields(decoded.value, stored);
    const [problem] = conversionProblems(object);
    return problem === undefined ? { type: 'object', object } : failed(problem.message, early);
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return failed(error.message, early);
  }
}

/** An error that the server gives no status. */
function failed(message: string, early: Warnings): RefusedPatch {
  return { type: 'refused', answer: serverFailure('Unknown', message, early), about: NOBODY };
}

/** What no client can change: the server's part of the metadata, and the status (BeforeUpdate, PrepareForUpdate of the kinds here). */
function withServerFields({ status: _, ...object }: JsonObject, stored: ApiObject): ApiObject {
  const { apiVersion, kind } = stored;
  const metadata = { ...(object['metadata'] as ObjectMeta | undefined), ...serverMetadata(stored.metadata) };
  const status = 'status' in stored ? { status: stored.status } : {};
  return { ...object, ...status, apiVersion, kind, metadata: withoutUndefined(metadata) };
}

function serverMetadata({ uid, resourceVersion, generation, creationTimestamp, managedFields, ...rest }: ObjectMeta) {
  const { selfLink, deletionTimestamp, deletionGracePeriodSeconds } = rest;
  const deletion = { deletionTimestamp, deletionGracePeriodSeconds };
  return { uid, resourceVersion, generation, creationTimestamp, managedFields, selfLink, ...deletion };
}

function withoutUndefined(metadata: { readonly [K in keyof ObjectMeta]: ObjectMeta[K] | undefined }): ObjectMeta {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== undefined));
}

const NOBODY = { kind: '', name: '' };

/** The server names no object here, but the whole patch. */
function undecoded(patch: JsonObject, problem: string, early: Warnings): RefusedPatch {
  const error = invalid(Path.root.child('patch').markedAt([]), goValue(patch), problem);
  const message = ` "" is invalid: ${error.field}: ${error.message}`;
  return { type: 'refused', answer: unprocessable(message, [error], early), about: NOBODY };
}

/** The checks of any kind's metadata come first here, other than on creation. */
function updateErrors({ context }: ApiServer, next: ApiObject, { rules, stored }: PatchRequest): Errors {
  return [
    ...genericMetaErrors(next.metadata, rules),
    ...objectMetaUpdateErrors(next.metadata, stored.metadata),
    ...rules.validateUpdate(next, stored, context),
  ];
}

function invalidUpdate(object: ApiObject, { rules, early }: PatchRequest, errors: Errors): RefusedPatch {
  return refusedFor(object, invalidAnswer(object, rules, errors, early));
}

function refusedFor({ kind, metadata }: ApiObject, answer: RefusedAnswer): RefusedPatch {
  return { type: 'refused', answer, about: { kind, name: metadata.name ?? '' } };
}
