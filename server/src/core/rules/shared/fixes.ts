export { fixesOfProblem, meantField, readingOf } from './decoding-fixes.ts';
export { fixesOfError } from './error-fixes.ts';
