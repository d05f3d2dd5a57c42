import { complaintsOfEditors } from '../../yaml/index.ts';
import { defineDocumentRule } from '../rule.ts';

/** A key that stands twice in one mapping. */
export const rule = defineDocumentRule({
  id: 'yaml/duplicate-key',
  severity: 'warning',
  isToldByEditors: (document) => complaintsOfEditors(document).has('duplicate-key'),
  check: ({ document }) =>
    document.problems
      .filter((problem) => problem.kind === 'duplicate-key')
      .map(({ range, message }) => ({ range, message })),
});
