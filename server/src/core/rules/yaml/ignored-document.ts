import { defineDocumentRule } from '../rule.ts';

/** Text behind `...` that kubectl does not read. */
export const rule = defineDocumentRule({
  id: 'yaml/ignored-document',
  severity: 'warning',
  check: ({ document }) =>
    document.problems
      .filter((problem) => problem.kind === 'ignored-document')
      .map(({ range, message, correction }) => ({ range, message, correction })),
});
