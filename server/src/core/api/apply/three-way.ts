import type { JsonObject } from '../json.ts';
import { diffObjects } from './diff.ts';
import { mergeObjects } from './merge.ts';
import type { PatchType } from './patch-type.ts';

/** The three forms of one object that `kubectl apply` compares. */
export interface ThreeForms {
  /** The manifest as it was last applied; empty if it never was. */
  readonly original: JsonObject;
  /** The object as the server prints it. */
  readonly current: JsonObject;
  /** The manifest that is to be applied. */
  readonly modified: JsonObject;
}

/**
 * The strategic merge patch that `kubectl apply` sends: what the manifest says otherwise than the server, and what it no longer says
 * though it did (apimachinery/pkg/util/strategicpatch/patch.go, CreateThreeWayMergePatch). Throws PatchError if there is none.
 */
export function createPatch({ original, current, modified }: ThreeForms, type: PatchType): JsonObject {
  const changes = diffObjects({ from: current, to: modified }, { type }, 'changes');
  const deletions = diffObjects({ from: original, to: modified }, { type }, 'deletions');
  return mergeObjects(deletions, changes, { mode: 'join', type });
}

/** The object that the server makes of the current one and a patch (apiserver/pkg/endpoints/handlers/patch.go). */
export function applyPatch(current: JsonObject, patch: JsonObject, type: PatchType): JsonObject {
  return mergeObjects(current, patch, { mode: 'apply', type });
}
