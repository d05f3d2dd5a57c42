import { complaintsOfEditors } from '../../yaml/index.ts';
import { defineDocumentRule } from '../rule.ts';

/** Text that is not YAML. */
export const rule = defineDocumentRule({
  id: 'yaml/syntax',
  severity: 'error',
  isToldByEditors: (document) => complaintsOfEditors(document).has('syntax'),
  check: ({ document }) =>
    document.problems
      .filter((problem) => problem.kind === 'syntax')
      .map(({ range, message, correction }) => ({ range, message, correction })),
});
