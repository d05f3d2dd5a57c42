import type { Cluster } from './cluster/index.ts';
import { namespaceOf, type Resource } from './manifest/index.ts';
import { RULES } from './rules/registry.generated.ts';
import type {
  DocumentFinding,
  DocumentRule,
  Fix,
  FixEdit,
  ResourceRule,
  Rule,
  RuleFinding,
  SettingsRule,
  Severity,
} from './rules/rule.ts';
import { findSuppressions, isSuppressed } from './suppressions.ts';
import type { TextEdit } from './text/text-edit.ts';
import { shift, type TextRange } from './text/text-range.ts';
import {
  type Location,
  type ManifestFile,
  type PlacedDocument,
  readSettings,
  type Snapshot,
} from './workspace/index.ts';
import { isBroken, rangeOfPath, type YamlDocument, type YamlEdit } from './yaml/index.ts';

/** `off`, or the severity that replaces the rule's own. */
export type RuleLevel = Severity | 'off';

/** What the user has set about rules, by id, or by the id of one case of a rule; the rest keep their own severity. */
export interface DiagnoseOptions {
  readonly levels?: ReadonlyMap<string, RuleLevel>;
  /** Whether to show what follows from an object's schema alone, by the file's URI; always if left out. */
  readonly schemaChecks?: (uri: string) => boolean;
  /** Whether to show what any editor that reads YAML shows, by the file's URI; always if left out. */
  readonly yamlChecks?: (uri: string) => boolean;
  /** Where to look: at the documents that this range of the file touches; at all if left out. */
  readonly range?: TextRange;
  /** Is told of a rule that fails, which is not asked again about that file; if left out, its error is thrown. */
  readonly onFailure?: (failure: RuleFailure) => void;
}

/** A rule that could not be run on a file. */
export interface RuleFailure {
  readonly rule: string;
  readonly uri: string;
  readonly error: unknown;
}

export interface RelatedLocation extends Location {
  readonly message: string;
}

/** A finding with its places in files. */
export interface Finding extends Location {
  /** The rule's id; of a family, with the case: `api/service/ports-name`. */
  readonly rule: string;
  /** The id of the rule whose page explains it. */
  readonly page: string;
  readonly severity: Severity;
  /** About something that is not there yet: no news to whoever is just typing it. */
  readonly isMissing: boolean;
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  /** What can be done about it; `resolveFix` makes the text edits. */
  readonly fixes: readonly Fix[];
}

/**
 * The findings of one file, in the order of its text. Files that hold no Kubernetes object are left alone, as are templates,
 * patches and files of charts.
 */
export function diagnose(snapshot: Snapshot, uri: string, options: DiagnoseOptions = {}): readonly Finding[] {
  const steps = diagnoseInSteps(snapshot, uri, options);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, with pauses between documents, so that a large file does not hold up whoever answers others meanwhile. */
export function* diagnoseInSteps(
  snapshot: Snapshot,
  uri: string,
  options: DiagnoseOptions = {},
): Generator<undefined, readonly Finding[]> {
  const file = snapshot.files.get(uri);
  if (file === undefined || snapshot.skipReason(uri) !== undefined) return [];
  const findings = yield* findingsOf(snapshot, file, options);
  if (findings.length === 0) return [];
  const suppressions = findSuppressions(file.text);
  return findings
    .filter((finding) => !isSuppressed(suppressions, finding.rule, finding.range, file.lines))
    .sort((a, b) => a.range.start - b.range.start || (a.rule < b.rule ? -1 : 1));
}

/** How many documents are diagnosed between two pauses: together they take a few milliseconds at most. */
const STEP = 8;

function* findingsOf(
  snapshot: Snapshot,
  file: ManifestFile,
  options: DiagnoseOptions,
): Generator<undefined, readonly Finding[]> {
  if (file.role === 'template' || file.role === 'other') return [];
  const cluster = snapshot.clusterOf(file.uri);
  const run = { snapshot, file, options, rulesOf: rulesThatAreOn(options), failed: new Set<string>() };
  const findings = file.role === 'settings' ? settingsFindings(run) : [];
  for (const [index, placed] of documentsIn(file, options.range).entries()) {
    findings.push(...diagnoseDocument(run, placed, cluster));
    if (index % STEP === STEP - 1) yield;
  }
  return findings;
}

function documentsIn({ documents }: ManifestFile, range: TextRange | undefined): readonly PlacedDocument[] {
  if (range === undefined) return documents;
  return documents.filter(({ start, document }) => start <= range.end && range.start <= start + document.text.length);
}

/** What one call of `diagnose` works with. */
interface Run {
  readonly snapshot: Snapshot;
  readonly file: ManifestFile;
  readonly options: DiagnoseOptions;
  readonly rulesOf: RuleLookup;
  /** The rules that failed on the file. */
  readonly failed: Set<string>;
}

/** What a rule finds; nothing from the moment on at which it fails. */
function attempt<T>({ file, options, failed }: Run, rule: Rule, check: () => readonly T[]): readonly T[] {
  if (options.onFailure === undefined) return check();
  if (failed.has(rule.id)) return [];
  try {
    return check();
  } catch (error) {
    failed.add(rule.id);
    options.onFailure({ rule: rule.id, uri: file.uri, error });
    return [];
  }
}

function diagnoseDocument(run: Run, placed: PlacedDocument, cluster: Cluster | undefined): readonly Finding[] {
  const findings = DOCUMENT_RULES.flatMap((rule) => documentFindings(run, rule, placed));
  // What can be read of a broken document is good for hovers, but not for claims.
  if (isBroken(placed.document) || cluster === undefined) return findings;
  return [...findings, ...placed.resources.flatMap((resource) => resourceFindings(run, resource, cluster))];
}

const DOCUMENT_RULES = RULES.filter((rule): rule is DocumentRule => rule.resource === 'document');
const SETTINGS_RULES = RULES.filter((rule): rule is SettingsRule => rule.resource === 'settings');
const RESOURCE_RULES = RULES.filter(isResourceRule);

/** The rules that are on, for the objects of a type and kind: looked up once for all objects that share them. */
type RuleLookup = (resource: Resource) => readonly ResourceRule[];

function rulesThatAreOn(options: DiagnoseOptions): RuleLookup {
  const on = RESOURCE_RULES.filter((rule) => levelOf(rule.id, rule.severity, options) !== 'off');
  const found = new Map<string, readonly ResourceRule[]>();
  return ({ type, kind }) => {
    const key = `${type} ${kind}`;
    const rules =
      found.get(key) ??
      on.filter((rule) => (rule.resource === type || rule.resource === 'any') && (rule.kind ?? kind) === kind);
    found.set(key, rules);
    return rules;
  };
}

function isResourceRule(rule: Rule): rule is ResourceRule {
  return rule.resource !== 'document' && rule.resource !== 'settings';
}

function documentFindings(run: Run, rule: DocumentRule, placed: PlacedDocument): readonly Finding[] {
  return attempt(run, rule, () => {
    const found = rule.check(placed);
    const isLeft = found.length > 0 && run.options.yamlChecks?.(run.file.uri) === false;
    return isLeft && rule.isToldByEditors?.(placed.document) ? [] : found;
  }).flatMap((found) => {
    const range = shift(found.range, placed.start);
    const { isMissing = false } = found;
    const fixes = textFixes(run.file, placed, found);
    return plainFinding(run, rule, range, found.message).map((finding) => ({ ...finding, isMissing, fixes }));
  });
}

function textFixes({ uri }: ManifestFile, { start }: PlacedDocument, found: DocumentFinding): readonly Fix[] {
  const { correction, suggestions = [] } = found;
  const fixOf = (title: string, kind: Fix['kind'], edits: readonly TextEdit[]): Fix => {
    const textEdits = edits.map(({ range, newText }) => ({ uri, edit: { range: shift(range, start), newText } }));
    return { title, kind, edits: [], textEdits };
  };
  const safe = correction === undefined ? [] : [fixOf(titleOf(correction.newText), 'safe', [correction])];
  return [...safe, ...suggestions.map(({ title, edits }) => fixOf(title, 'suggested', edits))];
}

function titleOf(newText: string): string {
  if (newText === '') return 'Remove it';
  if (newText === '\n') return 'Begin a new line';
  return newText === ': ' ? 'Write a blank behind the colon' : `Write ${newText}`;
}

function settingsFindings(run: Run): Finding[] {
  const placed = run.file.documents.find(({ document }) => document.root !== undefined);
  if (placed === undefined) return [];
  const settings = readSettings(run.file);
  return SETTINGS_RULES.flatMap((rule) =>
    attempt(run, rule, () => rule.check(settings)).flatMap(({ path, message }) => {
      const range = shift(rangeOfPath(placed.document, path, 'value'), placed.start);
      return plainFinding(run, rule, range, message);
    }),
  );
}

/** A finding about text, not about an object: none if its rule is off. */
function plainFinding({ file, options }: Run, rule: Rule, range: TextRange, message: string): Finding[] {
  const severity = levelOf(rule.id, rule.severity, options);
  if (severity === 'off') return [];
  const { uri } = file;
  const { id } = rule;
  return [{ uri, range, rule: id, page: id, severity, isMissing: false, message, related: [], fixes: [] }];
}

function resourceFindings(run: Run, resource: Resource, cluster: Cluster): Finding[] {
  return run
    .rulesOf(resource)
    .filter((rule) => holds(rule, resource, cluster))
    .flatMap((rule) =>
      attempt(run, rule, () => rule.check(resource, cluster)).flatMap((found) => place(run, resource, rule, found)),
    );
}

/** Whether everything that the rule's claim rests on is in view. */
function holds(rule: ResourceRule, resource: Resource, cluster: Cluster): boolean {
  if (rule.assumes === 'closed-namespace') return cluster.openReason(namespaceOf(resource)) === undefined;
  if (rule.assumes === 'closed-cluster') return cluster.clusterOpenReason === undefined;
  if (rule.assumes === 'closed-set') return cluster.setOpenReason === undefined;
  return true;
}

function place({ snapshot, options }: Run, resource: Resource, rule: ResourceRule, found: RuleFinding): Finding[] {
  if (found.isSchemaCheck && options.schemaChecks?.(resource.uri) === false) return [];
  const id = idOf(rule, found);
  const level = options.levels?.get(id) ?? levelOf(rule.id, found.severity ?? rule.severity, options);
  if (level === 'off') return [];
  const related = (found.related ?? []).map((each) => ({ ...snapshot.locate(each), message: each.message }));
  const place = snapshot.locate({ resource, path: found.path }, found.part);
  return [
    {
      ...place,
      rule: id,
      page: rule.id,
      severity: level,
      isMissing: found.isMissing ?? false,
      message: found.message,
      related,
      fixes: found.fixes ?? [],
    },
  ];
}

function idOf(rule: ResourceRule, found: RuleFinding): string {
  return found.case === undefined ? rule.id : `${rule.id}/${found.case}`;
}

function levelOf(id: string, own: Severity, options: DiagnoseOptions): RuleLevel {
  return options.levels?.get(id) ?? own;
}

/** A fix as text edits per file; undefined if one of its edits cannot be made, since half a fix is none. */
export function resolveFix(snapshot: Snapshot, fix: Fix): ReadonlyMap<string, readonly TextEdit[]> | undefined {
  const edits = new Map<string, TextEdit[]>();
  for (const { uri, edit } of fix.textEdits ?? []) edits.set(uri, [...(edits.get(uri) ?? []), edit]);
  for (const { resource, edits: own } of byDocument(fix.edits)) {
    const changes = snapshot.edit(resource, own);
    if (changes === undefined) return undefined;
    edits.set(resource.uri, [...(edits.get(resource.uri) ?? []), ...changes]);
  }
  return edits;
}

/** What is to be changed in each document, and one of its resources. */
interface DocumentEdits {
  readonly resource: Resource;
  readonly edits: YamlEdit[];
}

function byDocument(edits: readonly FixEdit[]): Iterable<DocumentEdits> {
  const groups = new Map<YamlDocument, DocumentEdits>();
  for (const { resource, edit } of edits) {
    const group = groups.get(resource.document);
    if (group === undefined) groups.set(resource.document, { resource, edits: [edit] });
    else group.edits.push(edit);
  }
  return groups.values();
}
