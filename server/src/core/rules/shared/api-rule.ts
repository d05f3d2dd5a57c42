import { type ApiAnswer, type ApiWarning, type DecodeProblem, type FieldError, typeAt } from '../../api/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import { apiVersionOf, type Resource } from '../../manifest/index.ts';
import { type FieldPart, type FieldPath, findEntry, renderPath } from '../../yaml/index.ts';
import type { ResourceRule, RuleFinding } from '../rule.ts';
import { answersTo, assumedSetting, assumedSeverity, assumption, isAssumedFailure } from './assumed.ts';
import { claimPlace } from './claim-place.ts';
import { noteOn } from './error-notes.ts';
import { errorText } from './error-text.ts';
import { isInMap, type Place, placeOf, removeFix } from './fixes/fix.ts';
import {
  describeWrongType,
  fixesOfError,
  fixesOfWarning,
  freeFixes,
  quantityFixes,
  readUnknownField,
  typeFixes,
} from './fixes/index.ts';
import { isSchemaFault } from './schema-faults.ts';
import { updateFindings } from './update-findings.ts';

/**
 * The family of rules of one kind: everything that the API server says to an object of it, in its own words, each thing at its
 * place. A case is named after the field: `api/service/ports-name`.
 */
export function defineApiRule(rule: Pick<ResourceRule, 'id' | 'severity' | 'resource' | 'kind'>): ResourceRule {
  return {
    ...rule,
    check: (object, cluster) => {
      const answers = answersTo(object, cluster);
      const findings = answers.flatMap((answer) => findingsOf(object, answer, cluster));
      const isTaken = answers.length === 1 && answers[0]?.status === 201;
      return isTaken ? [...findings, ...updateFindings(object, cluster)] : findings;
    },
  };
}

function findingsOf(object: Resource, answer: ApiAnswer, cluster: Cluster): readonly RuleFinding[] {
  const warnings = answer.warnings.map((warning) => findingOfWarning(object, warning, cluster));
  if (answer.status === 201) return warnings;
  const read = answer.problems.length > MOST_FIXED ? describeBriefly : readProblem;
  const problems = answer.problems.map((problem) => findingOfProblem(object, problem, read));
  const told = joined(answer.errors)
    .filter((error) => !isConsequence(object, error))
    .filter((error) => cluster.transformedBy === undefined || isSettled(object, error));
  const findFixes = told.length > MOST_FIXED ? () => [] : fixesOfError;
  const errors = told.map((error) => findingOfError(object, error, cluster, findFixes));
  const failures = answer.status === 500 ? [findingOfFailure(object, answer.message, cluster)] : [];
  return [...problems, ...errors, ...failures, ...warnings];
}

/** So many faults of one object are no slips of the pen, and to look for a fix of each would take minutes. */
const MOST_FIXED = 100;

/** A value or field that cannot be decoded. */
function findingOfProblem(resource: Resource, problem: DecodeProblem, read: typeof readProblem): RuleFinding {
  const place = placeOf(resource, problem.path);
  const { message, fixes } = read(resource, problem);
  return {
    path: place.path,
    case: problem.kind,
    part: problem.kind === 'unknown-field' ? 'key' : partOf(place),
    isSchemaCheck: isSchemaFault(place, problem),
    message,
    ...(isToBeFilledIn(place) ? { severity: 'hint' } : { fixes }),
  };
}

function readProblem(resource: Resource, problem: DecodeProblem): Required<Pick<RuleFinding, 'message' | 'fixes'>> {
  const { kind, path, message } = problem;
  if (kind === 'unknown-field') {
    const { note, fixes } = readUnknownField(resource, path);
    return { message: withNote(message, note), fixes };
  }
  if (kind === 'bad-value')
    return { message: `${renderPath(path)}: ${message}`, fixes: quantityFixes(placeOf(resource, path)) };
  if (kind !== 'wrong-type') return { message, fixes: [] };
  return { message: describeWrongType(resource, problem), fixes: typeFixes(resource, path) };
}

/** One of very many: what was meant is not looked for. */
function describeBriefly(resource: Resource, problem: DecodeProblem): ReturnType<typeof readProblem> {
  const isOfType = problem.kind === 'wrong-type';
  return { message: isOfType ? describeWrongType(resource, problem) : problem.message, fixes: [] };
}

function withNote(message: string, note: string | undefined): string {
  return note === undefined ? message : `${message}. ${note}`;
}

/** What is wrong with one text in several ways is one finding. */
function joined(errors: readonly FieldError[]): readonly FieldError[] {
  const groups = new Map<string, readonly FieldError[]>();
  for (const [index, error] of errors.entries()) {
    const key = valueKey(error) ?? String(index);
    groups.set(key, [...(groups.get(key) ?? []), error]);
  }
  return [...groups.values()].flatMap(([error, ...others]) =>
    error === undefined ? [] : [{ ...error, message: joinedMessage(error.message, others) }],
  );
}

function joinedMessage(message: string, others: readonly FieldError[]): string {
  const details = others.map(({ detail }) => detail).filter((detail) => !message.includes(detail));
  return [message, ...details].join('; ');
}

/** What errors of the same text share; undefined for an error of anything else. */
function valueKey(error: FieldError): string | undefined {
  const isText = error.message.startsWith('Invalid value: "') && error.detail !== '';
  return isText && error.reason === 'FieldValueInvalid' ? JSON.stringify([error.at, headOf(error)]) : undefined;
}

function headOf({ message, detail }: FieldError): string {
  return message.slice(0, message.length - detail.length);
}

/**
 * What the server says of a value that it has made itself of another, of which it says the same: the node ports of two ports that
 * share a number, the targetPort of a port without one.
 */
function isConsequence(resource: Resource, { reason, at }: FieldError): boolean {
  const place = placeOf(resource, at);
  if (resource.type !== 'Service' || place.node !== undefined) return false;
  return at.at(-1) === 'nodePort' ? reason === 'FieldValueDuplicate' : at.at(-1) === 'targetPort';
}

/** Whether an error is about something that stands there: what is missing, a kustomization may add. */
function isWritten(resource: Resource, { at, reason }: FieldError): boolean {
  return reason !== 'FieldValueRequired' && placeOf(resource, at).node !== undefined;
}

/** Whether nothing that a kustomization may add would make the server take it: neither the field nor the type that it needs. */
function isSettled(resource: Resource, error: FieldError): boolean {
  const needsType = /when `type` is /.test(error.detail) && placeOf(resource, ['spec', 'type']).node === undefined;
  return isWritten(resource, error) && !needsType;
}

function findingOfError(
  resource: Resource,
  said: FieldError,
  cluster: Cluster,
  findFixes: typeof fixesOfError,
): RuleFinding {
  const error = { ...said, at: claimPlace(resource, said.at) };
  const place = placeOf(resource, error.at);
  const assumed = assumedSetting(error, cluster);
  const note = assumed === undefined ? noteOn(place, error) : assumption(assumed, cluster);
  const isOfObject = findEntry(placeOf(resource, []).node, String(error.at[0])) === undefined;
  const finding = {
    // The object as such has no key that could be marked.
    path: isOfObject ? [...resource.path, 'kind'] : place.path,
    case: caseOf(resource, error.at),
    part: partOfError(place, error),
    isMissing: !isWritten(resource, error),
    message: withNote(errorText(error), note),
  };
  if (isToBeFilledIn(place)) return { ...finding, severity: 'hint' };
  const severity = assumed === undefined ? {} : { severity: assumedSeverity(assumed, error) };
  return { ...finding, ...severity, fixes: findFixes(resource, error, cluster) };
}

/** A value that somebody or some tool still has to replace: `<your domain>`, `${HOST}`, `__HOST__`. */
function isToBeFilledIn({ node }: Place): boolean {
  return node?.kind === 'scalar' && PLACEHOLDER.test(node.text);
}

const PLACEHOLDER =
  /<[^<>]+>|\$\{[^{}]+\}|\$\([^()]+\)|^\$[A-Z][A-Z0-9_]*$|__[A-Z0-9_]+__|\b(?:CHANGE|REPLACE|FILL)[-_ ]?(?:ME|IN)\b|\bTODO\b/;

/** What the server cannot do, and tells without a field: only health check ports come to that. */
function findingOfFailure(resource: Resource, message: string, cluster: Cluster): RuleFinding {
  const place = placeOf(resource, ['spec', 'healthCheckNodePort']);
  const isAssumed = isAssumedFailure(message, cluster);
  return {
    path: place.path,
    case: 'health-check-node-port',
    message: withNote(message, isAssumed ? assumption('nodePortRange', cluster) : undefined),
    ...(isAssumed ? { severity: assumedSeverity('nodePortRange', { detail: message }) } : {}),
    fixes: [...removeFix(place), ...freeFixes(place, cluster)],
  };
}

function findingOfWarning(resource: Resource, warning: ApiWarning, cluster: Cluster): RuleFinding {
  const { at, message } = warning;
  const place = placeOf(resource, at);
  return {
    path: place.node === undefined ? [...resource.path, 'kind'] : place.path,
    case: caseOf(resource, at),
    part: isInMap(place) ? 'key' : partOf(place),
    severity: 'warning',
    message,
    fixes: fixesOfWarning(resource, warning, cluster),
  };
}

/** Of what takes several lines only the key is marked. */
function partOf({ node }: Place): FieldPart {
  return node === undefined || node.kind === 'scalar' ? 'value' : 'key';
}

/** Labels and annotations are refused for their keys or for their values. */
function partOfError(place: Place, { message }: FieldError): FieldPart {
  const isKey = isInMap(place) && message.includes(`: ${JSON.stringify(place.at.at(-1))}: `);
  return isKey ? 'key' : partOf(place);
}

/** `spec.ports[0].targetPort` is the case `ports-target-port`: the field's own names, without indexes and keys of maps. */
function caseOf(resource: Resource, at: FieldPath): string {
  const names = at.filter((step, index) => typeof step === 'string' && isField(resource, at.slice(0, index)));
  const own = names[0] === 'spec' && names.length > 1 ? names.slice(1) : names;
  return own.map((name) => kebab(String(name))).join('-') || 'object';
}

function isField(resource: Resource, parent: FieldPath): boolean {
  return typeAt(apiVersionOf(resource), resource.kind, parent)?.kind !== 'map';
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (upper) => `-${upper.toLowerCase()}`);
}
