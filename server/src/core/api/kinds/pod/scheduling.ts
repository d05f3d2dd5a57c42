import {
  dnsLabel,
  dnsSubdomain,
  each,
  oneOf,
  optional,
  qualifiedName,
  repeatsIn,
  requiredText,
  unlessEmpty,
} from '../../field-checks.ts';
import {
  duplicate,
  type Errors,
  forbidden,
  invalid,
  invalidEach,
  invalidText,
  notSupported,
  required,
} from '../../field-error.ts';
import { type LabelSelectorObject, labelSelectorErrors } from '../../labels.ts';
import { labelValueProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import {
  type Affinity,
  type NodeAffinity,
  type NodeSelectorRequirement,
  type NodeSelectorTerm,
  type PodAffinity,
  type PodAffinityTerm,
  type PodSpec,
  PREFERRED_TERMS,
  REQUIRED_TERMS,
  type Toleration,
  type TopologySpreadConstraint,
} from './types.ts';

/** Checks of what decides where a Pod runs (pkg/apis/core/validation). */

/** Errors of the taints that a Pod tolerates (ValidateTolerations). */
export function tolerationErrors(tolerations: readonly Toleration[] | undefined, path: Path): Errors {
  return each(tolerations, path, (toleration, at) => {
    const { key = '', operator = '', effect = '', tolerationSeconds } = toleration;
    const isKeyless = key === '' && operator !== 'Exists';
    const isTimeless = tolerationSeconds !== undefined && effect !== 'NoExecute';
    return [
      ...unlessEmpty(key, at.child('key'), qualifiedName),
      ...(isKeyless ? [invalidText(at.child('operator'), operator, KEYLESS)] : []),
      ...(isTimeless ? [invalidText(at.child('effect'), effect, TIMELESS)] : []),
      ...tolerationValueErrors(toleration, at.child('operator')),
      ...unlessEmpty(effect, at.child('effect'), (text, place) => oneOf(text, EFFECTS, place)),
    ];
  });
}

const KEYLESS = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
const TIMELESS = "effect must be 'NoExecute' when `tolerationSeconds` is set";
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function tolerationValueErrors({ operator = '', value = '' }: Toleration, path: Path): Errors {
  if (operator === '' || operator === 'Equal') {
    const problems = labelValueProblems(value);
    return problems.length === 0 ? [] : [invalid(path, value, problems.join(';'))];
  }
  if (operator === 'Exists') {
    return value === '' ? [] : [invalid(path, value, "value must be empty when `operator` is 'Exists'")];
  }
  // Comparisons are known but not switched on, so they are listed and refused.
  const comparisons = operator === 'Lt' || operator === 'Gt' ? ['Lt', 'Gt'] : [];
  return [notSupported(path, operator, ['Equal', 'Exists', ...comparisons])];
}

/** Errors of how a Pod is spread over domains (validateTopologySpreadConstraints). */
export function spreadErrors(constraints: readonly TopologySpreadConstraint[], path: Path): Errors {
  const lastPlaces = new Map(constraints.map((constraint, index) => [spreadKey(constraint), index]));
  return constraints.flatMap((constraint, index) => {
    const { maxSkew = 0, topologyKey = '', whenUnsatisfiable = '', minDomains, labelSelector } = constraint;
    const at = path.index(index);
    const key = spreadKey(constraint);
    const keyPath = at.child('{topologyKey, whenUnsatisfiable}').markedAt(at.at);
    return [
      ...(maxSkew <= 0 ? [invalid(at.child('maxSkew'), maxSkew, 'must be greater than zero')] : []),
      ...requiredText(topologyKey, at.child('topologyKey'), 'can not be empty'),
      ...oneOf(whenUnsatisfiable, ['DoNotSchedule', 'ScheduleAnyway'], at.child('whenUnsatisfiable')),
      // The server complains of all but the last.
      ...((lastPlaces.get(key) ?? index) > index ? [duplicate(keyPath, key)] : []),
      ...optional(minDomains, (count) => minDomainErrors(count, whenUnsatisfiable, at.child('minDomains'))),
      ...oneOf(constraint.nodeAffinityPolicy, ['Honor', 'Ignore'], at.child('nodeAffinityPolicy')),
      ...oneOf(constraint.nodeTaintsPolicy, ['Honor', 'Ignore'], at.child('nodeTaintsPolicy')),
      ...matchKeyErrors(constraint, at),
      ...labelSelectorErrors(labelSelector, at.child('labelSelector')),
    ];
  });
}

function spreadKey({ topologyKey = '', whenUnsatisfiable = '' }: TopologySpreadConstraint): string {
  return `{${topologyKey}, ${whenUnsatisfiable}}`;
}

function minDomainErrors(count: number, action: string, path: Path): Errors {
  const detail = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
  return [
    ...(count <= 0 ? [invalid(path, count, 'must be greater than zero')] : []),
    ...(action === 'DoNotSchedule' ? [] : [invalid(path, count, detail)]),
  ];
}

/** Keys whose values come from the Pod itself (ValidateMatchLabelKeysAndMismatchLabelKeys). */
function matchKeyErrors(
  { matchLabelKeys: keys = [], mismatchLabelKeys: mismatchKeys = [], labelSelector: selector }: PodAffinityTerm,
  path: Path,
): Errors {
  const keyErrors = (list: readonly string[], at: Path): Errors => {
    if (list.length === 0) return [];
    if (selector === undefined) return [forbidden(at, 'must not be specified when labelSelector is not set')];
    return each(list, at, qualifiedName);
  };
  const matchPath = path.child('matchLabelKeys');
  const unwanted = new Set(mismatchKeys);
  const inBoth = 'exists in both matchLabelKeys and mismatchLabelKeys';
  return [
    ...keyErrors(keys, matchPath),
    ...keyErrors(mismatchKeys, path.child('mismatchLabelKeys')),
    ...repeatedKeyErrors(keys, selector ?? {}, path),
    ...keys.flatMap((key, index) => (unwanted.has(key) ? [invalid(matchPath.index(index), key, inBoth)] : [])),
  ];
}

function repeatedKeyErrors(keys: readonly string[], selector: LabelSelectorObject, path: Path): Errors {
  const seen = new Set(Object.keys(selector.matchLabels ?? {}));
  const places = new Map(keys.map((key, index) => [key, index]));
  return (selector.matchExpressions ?? []).flatMap(({ key = '' }) => {
    const index = places.get(key);
    const isRepeated = seen.has(key);
    seen.add(key);
    if (index === undefined || !isRepeated) return [];
    const at = path.index(index).markedAt([...path.at, 'matchLabelKeys', index]);
    return [invalid(at, key, 'exists in both matchLabelKeys and labelSelector')];
  });
}

/** Errors of what a Pod wants its node to have or to run (validateAffinity). */
export function affinityErrors(affinity: Affinity | undefined, path: Path): Errors {
  return [
    ...optional(affinity?.nodeAffinity, (it) => nodeAffinityErrors(it, path.child('nodeAffinity'))),
    ...optional(affinity?.podAffinity, (it) => podAffinityErrors(it, path.child('podAffinity'))),
    ...optional(affinity?.podAntiAffinity, (it) => podAffinityErrors(it, path.child('podAntiAffinity'))),
  ];
}

function nodeAffinityErrors(affinity: NodeAffinity, path: Path): Errors {
  const requiredErrors = ({
    nodeSelectorTerms: terms = [],
  }: NonNullable<NodeAffinity[typeof REQUIRED_TERMS]>): Errors => {
    const at = path.child(REQUIRED_TERMS, 'nodeSelectorTerms');
    if (terms.length === 0) return [required(at, 'must have at least one node selector term')];
    return each(terms, at, (term, termPath) => nodeTermErrors(term, 'strict', termPath));
  };
  return [
    ...optional(affinity[REQUIRED_TERMS], requiredErrors),
    ...each(affinity[PREFERRED_TERMS], path.child(PREFERRED_TERMS), ({ weight = 0, preference = {} }, at) => [
      ...weightErrors(weight, at.child('weight')),
      ...nodeTermErrors(preference, 'lenient', at.child('preference')),
    ]),
  ];
}

function weightErrors(weight: number, path: Path): Errors {
  return weight <= 0 || weight > 100 ? [invalid(path, weight, 'must be in the range 1-100')] : [];
}

/** Values that no label can have do no harm in a preference. */
function nodeTermErrors(term: NodeSelectorTerm, values: 'strict' | 'lenient', path: Path): Errors {
  return [
    ...each(term.matchExpressions, path.child('matchExpressions'), (it, at) => [
      ...nodeOperatorErrors(it, at),
      ...qualifiedName(it.key ?? '', at.child('key')),
      ...(values === 'lenient'
        ? []
        : each(it.values, at.child('values'), (value, valuePath) =>
            invalidEach(valuePath, value, labelValueProblems(value)),
          )),
    ]),
    ...each(term.matchFields, path.child('matchFields'), nodeFieldErrors),
  ];
}

function nodeOperatorErrors({ operator = '', values = [] }: NodeSelectorRequirement, path: Path): Errors {
  const at = path.child('values');
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0 ? [] : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist': {
      const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      return values.length === 0 ? [] : [forbidden(at, detail)];
    }
    case 'Gt':
    case 'Lt': {
      const detail = "must be specified single value when `operator` is 'Lt' or 'Gt'";
      return values.length === 1 ? [] : [required(at, detail)];
    }
    default:
      return [invalidText(path.child('operator'), operator, 'not a valid selector operator')];
  }
}

function nodeFieldErrors({ key = '', operator = '', values = [] }: NodeSelectorRequirement, path: Path): Errors {
  return [
    ...nodeFieldOperatorErrors(operator, values, path),
    ...(key === 'metadata.name'
      ? each(values, path.child('values'), dnsSubdomain)
      : [invalid(path.child('key'), key, 'not a valid field selector key')]),
  ];
}

function nodeFieldOperatorErrors(operator: string, values: readonly string[], path: Path): Errors {
  if (operator !== 'In' && operator !== 'NotIn') {
    return [invalidText(path.child('operator'), operator, 'not a valid selector operator')];
  }
  const detail = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
  return values.length === 1 ? [] : [required(path.child('values'), detail)];
}

function podAffinityErrors(affinity: PodAffinity, path: Path): Errors {
  return [
    ...each(affinity[REQUIRED_TERMS], path.child(REQUIRED_TERMS), affinityTermErrors),
    ...each(affinity[PREFERRED_TERMS], path.child(PREFERRED_TERMS), ({ weight = 0, podAffinityTerm = {} }, at) => [
      ...weightErrors(weight, at.child('weight')),
      ...affinityTermErrors(podAffinityTerm, at.child('podAffinityTerm')),
    ]),
  ];
}

function affinityTermErrors(term: PodAffinityTerm, path: Path): Errors {
  const { topologyKey = '', namespaces = [] } = term;
  const keyPath = path.child('topologyKey');
  const namespacePath = path.child('namespace');
  return [
    ...labelSelectorErrors(term.labelSelector, path.child('labelSelector')),
    ...labelSelectorErrors(term.namespaceSelector, path.child('namespaceSelector')),
    ...namespaces.flatMap((name, index) => dnsLabel(name, namespacePath.markedAt([...path.at, 'namespaces', index]))),
    ...matchKeyErrors(term, path),
    ...requiredText(topologyKey, keyPath, 'can not be empty'),
    ...qualifiedName(topologyKey, keyPath),
  ];
}

/** Errors of what keeps a Pod from being scheduled (validateSchedulingGates). */
export function schedulingGateErrors(gates: NonNullable<PodSpec['schedulingGates']>, path: Path): Errors {
  const repeats = repeatsIn(gates.map(({ name = '' }) => name));
  return gates.flatMap(({ name = '' }, index) => {
    const at = path.index(index);
    return [...qualifiedName(name, at), ...(repeats.has(index) ? [duplicate(at, name)] : [])];
  });
}
