import type { TextEdit } from '../text/text-edit.ts';
import type { TextRange } from '../text/text-range.ts';
import type { YamlNode } from './node.ts';

/** What is wrong with the YAML itself: it cannot be read, or part of it is read and lost. */
export type YamlProblemKind = 'syntax' | 'duplicate-key' | 'ignored-document';

export interface YamlProblem {
  readonly kind: YamlProblemKind;
  readonly range: TextRange;
  readonly message: string;
  /** What puts it right, where that is evident. */
  readonly correction?: TextEdit;
}

/** One document of a file, parsed. All ranges are relative to its text, so it stays valid when it moves in its file. */
export interface YamlDocument {
  readonly text: string;
  /** Undefined for an empty document (blank or comments only). */
  readonly root: YamlNode | undefined;
  /** Of a broken document only the first syntax problem is kept: those after it are mostly its echo. */
  readonly problems: readonly YamlProblem[];
  /** Text with Go template actions (`{{ … }}`) where YAML would have values: not YAML until it is rendered. */
  readonly template: boolean;
}

/** Whether the text is not YAML, so that what could be read of it may be incomplete. */
export function isBroken(document: YamlDocument): boolean {
  return document.problems.some((problem) => problem.kind === 'syntax');
}
