import type { TextEdit } from '../text/text-edit.ts';
import type { TextRange } from '../text/text-range.ts';
import { dataOf, type Json } from './data.ts';
import { isJsonText } from './json-text.ts';
import type { YamlNode } from './node.ts';
import { tokensOf, type YamlToken } from './tokens.ts';

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
  /** What the text consists of; made when first asked for, since only edits need it. */
  readonly tokens: readonly YamlToken[];
  /** What kubectl sends; made when first asked for. */
  readonly data: Json;
  /** Whether the text is JSON, which kubectl reads as such, and which has to stay JSON; found out when first asked for. */
  readonly isJson: boolean;
}

/** A document with what is derived from its text, which goes with it. */
export class ParsedDocument implements YamlDocument {
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
  readonly template: boolean;
  private knownTokens: readonly YamlToken[] | undefined;
  private knownData: Json | undefined;
  private knownJson: boolean | undefined;

  constructor({ text, root, problems, template }: Omit<YamlDocument, 'tokens' | 'data' | 'isJson'>) {
    this.text = text;
    this.root = root;
    this.problems = problems;
    this.template = template;
  }

  get tokens(): readonly YamlToken[] {
    this.knownTokens ??= tokensOf(this.text);
    return this.knownTokens;
  }

  get data(): Json {
    this.knownData ??= dataOf(this.root);
    return this.knownData;
  }

  get isJson(): boolean {
    this.knownJson ??= isJsonText(this.text);
    return this.knownJson;
  }
}

/** Whether the text is not YAML, so that what could be read of it may be incomplete. */
export function isBroken(document: YamlDocument): boolean {
  return document.problems.some((problem) => problem.kind === 'syntax');
}
