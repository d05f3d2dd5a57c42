// Made by scripts/generate.mjs.
import { rule as manifestWrongType } from './manifest/wrong-type.ts';
import { rule as serviceSelectsNoPods } from './service/selects-no-pods.ts';
import { rule as yamlDuplicateKey } from './yaml/duplicate-key.ts';
import { rule as yamlSyntax } from './yaml/syntax.ts';
import type { Rule } from './rule.ts';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  manifestWrongType,
  serviceSelectsNoPods,
  yamlDuplicateKey,
  yamlSyntax,
];
