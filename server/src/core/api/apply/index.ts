export { LAST_APPLIED } from './applied-form.ts';
export { appliedJson, createdJson } from './applied-json.ts';
export { type Applied, applyManifest } from './apply.ts';
export { invalidType } from './client.ts';
export { sortedJson } from './json-values.ts';
export { type ApplyOutcome, applyText, outcomeOf } from './kubectl-text.ts';
export { ApplySession, storedBy } from './session.ts';
