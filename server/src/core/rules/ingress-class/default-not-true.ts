import { DEFAULT_CLASS_ANNOTATION } from '../../manifest/index.ts';
import { defineRule } from '../rule.ts';

/** A class that is meant to be the default, in another word than the one that counts (IC-15). */
export const rule = defineRule({
  id: 'ingress-class/default-not-true',
  severity: 'warning',
  resource: 'IngressClass',
  check(ingressClass) {
    const value = ingressClass.annotations.get(DEFAULT_CLASS_ANNOTATION);
    if (value === undefined || value === 'true' || SAYS_NO.has(value.trim().toLowerCase())) return [];
    const path = [...ingressClass.path, 'metadata', 'annotations', DEFAULT_CLASS_ANNOTATION];
    const message = `IngressClass ${ingressClass.name} is not the default: only "true" counts, and this is "${value}".`;
    const edit = { op: 'replace', path, value: 'true' } as const;
    return [
      { path, message, fixes: [{ title: 'Use "true"', kind: 'suggested', edits: [{ resource: ingressClass, edit }] }] },
    ];
  },
});

/** Words that say what happens. */
const SAYS_NO: ReadonlySet<string> = new Set(['false', 'no', 'off', 'n', 'f', '0', '']);
