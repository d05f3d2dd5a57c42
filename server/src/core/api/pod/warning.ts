import type { ApiWarning } from '../kind-rules.ts';
import type { Path } from '../path.ts';

export type Warnings = readonly ApiWarning[];

/** A warning that starts with the field. */
export function warn(path: Path, text: string): ApiWarning {
  return { message: `${path.text}: ${text}`, at: path.at };
}
