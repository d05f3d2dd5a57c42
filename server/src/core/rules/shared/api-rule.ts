import type { ApiWarning, DecodeProblem, FieldError } from '../../api/index.ts';
import { apiAnswerTo, type Cluster } from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import { type FieldPath, findNode, renderPath } from '../../yaml/index.ts';
import type { ResourceRule, RuleFinding } from '../rule.ts';
import { fixesOfError, fixesOfProblem, meantField, readingOf } from './fixes.ts';
import { updateFindings } from './update-findings.ts';

/**
 * The family of rules of one kind: everything that the API server says to an object of it, in its own words, each thing at its
 * place. A case is named after the field: `api/service/ports-name`.
 */
export function defineApiRule(rule: Pick<ResourceRule, 'id' | 'severity' | 'resource' | 'kind'>): ResourceRule {
  return {
    ...rule,
    check: (object, cluster) => {
      const answer = apiAnswerTo(cluster, object);
      if (answer === undefined) return [];
      const warnings = answer.warnings.map((warning) => findingOfWarning(object, warning));
      if (answer.status === 201) return [...warnings, ...updateFindings(object, cluster)];
      const problems = answer.problems.map((problem) => findingOfProblem(object, problem));
      const errors = answer.errors.map((error) => findingOfError(object, error, cluster));
      const failures = answer.status === 500 ? [findingOfFailure(object, answer.message)] : [];
      return [...problems, ...errors, ...failures, ...warnings];
    },
  };
}

/** A value or field that cannot be decoded. */
function findingOfProblem(resource: Resource, problem: DecodeProblem): RuleFinding {
  return {
    path: [...resource.path, ...problem.path],
    case: problem.kind,
    part: problem.kind === 'unknown-field' ? 'key' : 'value',
    isSchemaCheck: true,
    message: messageOfProblem(resource, problem),
    fixes: fixesOfProblem(resource, problem),
  };
}

function messageOfProblem(resource: Resource, problem: DecodeProblem): string {
  const { kind, path, message, expected, found } = problem;
  if (kind === 'unknown-field') {
    const meant = meantField(resource, path);
    return meant === undefined ? message : `${message}. Did you mean ${meant}?`;
  }
  if (kind !== 'wrong-type') return message;
  const reading = readingOf(resource, path);
  const parts = [reading, `${renderPath(path)} takes ${expected}, and this is ${NOUNS.get(found) ?? found}.`, message];
  return parts.filter((part) => part !== undefined).join(' ');
}

/** What Go calls the values of JSON, for people. */
const NOUNS: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['bool', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping'],
]);

function findingOfError(resource: Resource, error: FieldError, cluster: Cluster): RuleFinding {
  const { dependsOn } = error;
  const isAssumed = dependsOn !== undefined && !cluster.settings.given.has(dependsOn);
  return {
    path: [...resource.path, ...error.at],
    case: caseOf(error.at),
    message: `${error.field}: ${error.message}${isAssumed ? `. ${assumption(dependsOn, cluster)}` : ''}`,
    ...(isAssumed ? { severity: ASSUMED_SEVERITIES[dependsOn] } : {}),
    ...(isToBeFilledIn(resource, error.at) ? { severity: 'hint' } : {}),
    fixes: fixesOfError(resource, error, cluster),
  };
}

/** A value that somebody or some tool still has to replace: `<your domain>`, `${HOST}`, `__HOST__`. */
function isToBeFilledIn(resource: Resource, at: FieldPath): boolean {
  const node = findNode(resource.document.root, [...resource.path, ...at]);
  return node?.kind === 'scalar' && /<[^<>]+>|\$\{[^{}]+\}|\$\([^()]+\)|__[A-Z0-9_]+__/.test(node.text);
}

/** Hardly anybody changes the range of node ports, but the service CIDRs are everywhere different. */
const ASSUMED_SEVERITIES = { nodePortRange: 'warning', serviceCIDRs: 'hint' } as const;

/** Other clusters have other addresses and ports, and which one this is for is not said. */
function assumption(dependsOn: NonNullable<FieldError['dependsOn']>, { settings }: Cluster): string {
  const { serviceCIDRs, nodePortRange } = settings;
  const value = dependsOn === 'serviceCIDRs' ? serviceCIDRs.join(', ') : `${nodePortRange.first}-${nodePortRange.last}`;
  return `Assumed is kubeadm's ${value}: if the cluster has another, set ${dependsOn} in .kube-netlens.yaml.`;
}

/** What the server cannot do, and tells without a field: only health check ports come to that. */
function findingOfFailure(resource: Resource, message: string): RuleFinding {
  return { path: [...resource.path, 'spec', 'healthCheckNodePort'], case: 'health-check-node-port', message };
}

function findingOfWarning(resource: Resource, { at, message }: ApiWarning): RuleFinding {
  const isKnown = findNode(resource.document.root, [...resource.path, ...at]) !== undefined;
  return {
    path: isKnown ? [...resource.path, ...at] : [...resource.path, 'kind'],
    case: caseOf(at),
    severity: 'warning',
    message,
  };
}

/** `spec.ports[0].targetPort` is the case `ports-target-port`: the field's own names, without indexes and keys of maps. */
function caseOf(at: FieldPath): string {
  const names = at.filter((step): step is string => typeof step === 'string' && /^[A-Za-z]+$/.test(step));
  const own = names[0] === 'spec' && names.length > 1 ? names.slice(1) : names;
  return own.map((name) => name.replaceAll(/[A-Z]+/g, (upper) => `-${upper.toLowerCase()}`)).join('-') || 'object';
}
