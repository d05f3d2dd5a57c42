export { fixesOfError, freeFixes } from './error-fixes.ts';
export { quantityFixes } from './quantity-fixes.ts';
export { describeWrongType, typeFixes } from './type-fixes.ts';
export { readUnknownField } from './unknown-fields.ts';
export { fixesOfWarning } from './warning-fixes.ts';
