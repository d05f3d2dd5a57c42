export { createdForm, LAST_APPLIED } from './applied-form.ts';
export { appliedJson, createdJson } from './applied-json.ts';
export { type Applied, type ApplyRequest, applyManifest } from './apply.ts';
export type { NamedObject } from './client.ts';
export { type ApplyOutcome, applyText, outcomeOf } from './kubectl-text.ts';
export { PatchError } from './patch-type.ts';
export { ApplySession, storedBy } from './session.ts';
export { type ThreeForms, threeWayMerge } from './three-way.ts';
export { applyUpdate, type UpdateAnswer, type UpdateRequest } from './update.ts';
