import type { Cluster } from '../cluster/index.ts';
import type { FieldRef, Resource, ResourceOf, ResourceType } from '../manifest/index.ts';
import type { TextEdit } from '../text/text-edit.ts';
import type { TextRange } from '../text/text-range.ts';
import type { PlacedDocument, WorkspaceSettings } from '../workspace/index.ts';
import type { FieldPart, FieldPath, YamlDocument, YamlEdit } from '../yaml/index.ts';

/** How bad: an error will fail or never work, a warning almost surely isn't meant, information is worth knowing. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/**
 * What a claim that something is *not there* rests on. Such a rule runs only where all of it is in view. `closed-set` means only
 * that no template or remote base may add objects; whether the kind in question is kept here at all, the rule must see itself.
 */
export type Assumption = 'closed-namespace' | 'closed-cluster' | 'closed-set';

/** Another place that explains a finding. */
export interface Related extends FieldRef {
  readonly message: string;
}

/** A change that removes the finding. `safe` keeps what was meant; `suggested` guesses it. */
export interface Fix {
  readonly title: string;
  readonly kind: 'safe' | 'suggested';
  readonly edits: readonly FixEdit[];
  /** Edits of text that holds no objects yet. */
  readonly textEdits?: readonly FixTextEdit[];
}

export interface FixTextEdit {
  readonly uri: string;
  readonly edit: TextEdit;
}

export interface FixEdit {
  readonly resource: Resource;
  readonly edit: YamlEdit;
}

/** What a rule found in the resource it was given. */
export interface RuleFinding {
  readonly path: FieldPath;
  /** Of a rule that is a family: which of its cases this is; the finding's id is `rule/case`. */
  readonly case?: string;
  /** Which text is marked; the value if not said. */
  readonly part?: FieldPart;
  /** About something that is not there yet, which whoever is typing may be about to write. */
  readonly isMissing?: boolean;
  /** What is wrong, why, and what is near, in plain words. */
  readonly message: string;
  /** Where this case is milder or worse than the rule. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** An unknown field or a value of another JSON type, so that an extension that knows the schema shows it too. */
  readonly isSchemaCheck?: boolean;
}

/** One check of the objects of a type, or of all. `id` is its path below `rules/`, where its page stands beside it. */
export interface ResourceRule<T extends ResourceType = ResourceType> {
  readonly id: string;
  readonly severity: Severity;
  readonly resource: T | 'any';
  /** Where a type stands for several kinds and the rule is about one of them. */
  readonly kind?: string;
  readonly assumes?: Assumption;
  readonly check: (resource: ResourceOf<T>, cluster: Cluster) => readonly RuleFinding[];
}

/** What a rule found in the text of a document; the range is relative to it. */
export interface DocumentFinding {
  readonly range: TextRange;
  readonly message: string;
  /** What puts it right, relative to the document. */
  readonly correction?: TextEdit | undefined;
  /** What may put it right, where there is a choice or more to say than what is written. */
  readonly suggestions?: readonly Suggestion[];
  /** About something that is not there yet. */
  readonly isMissing?: boolean;
}

/** Edits relative to the document, and what they do. */
export interface Suggestion {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** One check of the YAML itself, before there are objects. */
export interface DocumentRule {
  readonly id: string;
  readonly severity: Severity;
  readonly resource: 'document';
  readonly check: (placed: PlacedDocument) => readonly DocumentFinding[];
  /** Whether every editor that reads YAML says the same of a document in which the rule finds something. */
  readonly isToldByEditors?: (document: YamlDocument) => boolean;
}

/** One check of a `.kube-netlens.yaml`; paths lead from its root. */
export interface SettingsRule {
  readonly id: string;
  readonly severity: Severity;
  readonly resource: 'settings';
  readonly check: (settings: WorkspaceSettings) => readonly Pick<RuleFinding, 'path' | 'message'>[];
}

export type Rule = ResourceRule | DocumentRule | SettingsRule;

/** Gives a rule's `check` the type of the resource that it declares. */
export function defineRule<T extends ResourceType>(rule: ResourceRule<T>): ResourceRule {
  return rule as unknown as ResourceRule;
}

export function defineDocumentRule(rule: Omit<DocumentRule, 'resource'>): DocumentRule {
  return { ...rule, resource: 'document' };
}

export function defineSettingsRule(rule: Omit<SettingsRule, 'resource'>): SettingsRule {
  return { ...rule, resource: 'settings' };
}
