export { fixesOfError, freeFixes } from './error-fixes.ts';
export { describeWrongType, typeFixes } from './type-fixes.ts';
export { readUnknownField } from './unknown-fields.ts';
export { fixesOfWarning } from './warning-fixes.ts';
