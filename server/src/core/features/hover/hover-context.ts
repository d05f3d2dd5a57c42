import type { Cluster } from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import type { CursorField, FieldPath } from '../../yaml/index.ts';
import type { Markup } from '../markup.ts';

/** Where the cursor stands. */
export interface HoverContext {
  readonly cluster: Cluster;
  readonly resource: Resource;
  readonly field: CursorField;
  /** The cursor's place in the document's text. */
  readonly offset: number;
  /** The field's path from the object's root: `['spec', 'selector', 'app']`. */
  readonly path: FieldPath;
}

/** One kind of hover; undefined where it has nothing to say. */
export type HoverAnswer = (context: HoverContext) => Markup | undefined;

/** Whether a path begins with these steps; `*` stands for any one step. */
export function startsWith(path: FieldPath, steps: readonly (string | number)[]): boolean {
  return path.length >= steps.length && steps.every((step, index) => step === '*' || path[index] === step);
}

/** Whether a path is exactly these steps; `*` stands for any one step. */
export function isPath(path: FieldPath, steps: readonly (string | number)[]): boolean {
  return path.length === steps.length && startsWith(path, steps);
}
