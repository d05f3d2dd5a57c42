import { findMostSimilar } from '../../../text/similarity.ts';
import type { YamlValue } from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import {
  fieldsAt,
  fixOf,
  type Place,
  parentOf,
  placeBelow,
  type Refusal,
  removeFix,
  replaceFix,
  textAt,
  valueAt,
  writeEdit,
} from './fix.ts';

/** What can be done about peers and ports of a NetworkPolicy, and about the expressions of any label selector. */
export function policyFixes({ place, error }: Refusal): readonly Fix[] {
  const { at } = place;
  if (at.at(-3) === 'matchExpressions') return expressionFixes(place, error.reason);
  if (place.resource.type !== 'NetworkPolicy') return [];
  if (at.at(-2) === 'from' || at.at(-2) === 'to') return peerFixes(place, error.reason);
  if (at.at(-2) === 'except' && error.detail === OUTSIDE) return removeItemFix(place);
  return at.at(-1) === 'endPort' ? rangeFixes(place) : [];
}

const OUTSIDE = 'must be a strict subset of `cidr`';

function removeItemFix(place: Place): readonly Fix[] {
  return fixOf(place, 'suggested', `Remove ${textAt(place) ?? ''}`, { op: 'remove', path: place.path });
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
/** What says the same of a label whatever its value. */
const WITHOUT_VALUES: ReadonlyMap<string, string> = new Map([
  ['In', 'Exists'],
  ['NotIn', 'DoesNotExist'],
]);

function expressionFixes(place: Place, reason: Refusal['error']['reason']): readonly Fix[] {
  const field = place.at.at(-1);
  const operator = placeBelow(parentOf(place), 'operator');
  const written = textAt(operator) ?? '';
  if (field === 'values' && reason === 'FieldValueRequired') {
    const other = WITHOUT_VALUES.get(written);
    const isAlone = place.node === undefined && other !== undefined;
    return isAlone
      ? fixOf(operator, 'suggested', `Use operator ${other}`, { op: 'replace', path: operator.path, value: other })
      : [];
  }
  if (field === 'values' && reason === 'FieldValueForbidden') {
    const [other] = [...WITHOUT_VALUES].find(([, without]) => without === written) ?? [];
    const use = other === undefined ? [] : replaceFix(operator, 'suggested', other);
    return use.map((fix) => ({ ...fix, title: `Use operator ${other}` }));
  }
  if (field !== 'operator') return [];
  if (written === '') return operatorFixes(operator);
  const same = OPERATORS.find((each) => each.toLowerCase() === written.toLowerCase());
  const meant = same ?? EQUALS.get(written) ?? findMostSimilar(written, OPERATORS, 0.4);
  return meant === undefined ? [] : replaceFix(operator, 'suggested', meant);
}

/** What the values, or none of them, let an expression without an operator mean. */
function operatorFixes(operator: Place): readonly Fix[] {
  const meant = fieldsAt(parentOf(operator)).values === undefined ? 'Exists' : 'In';
  return fixOf(operator, 'suggested', `Write operator: ${meant}`, writeEdit(operator, meant));
}

const EQUALS: ReadonlyMap<string, string> = new Map([
  ['=', 'In'],
  ['==', 'In'],
  ['!=', 'NotIn'],
]);

function peerFixes(place: Place, reason: Refusal['error']['reason']): readonly Fix[] {
  if (reason === 'FieldValueRequired') return emptyPeerFixes(place);
  return reason === 'FieldValueForbidden' ? mixedPeerFixes(place) : [];
}

/** An item without content is refused, unlike an empty selector in it. */
function emptyPeerFixes(place: Place): readonly Fix[] {
  const list = parentOf(place);
  const items = valueAt(list);
  if (!Array.isArray(items)) return [];
  return EMPTY_SELECTORS.flatMap(([field, what]) => {
    const peers = items.map((item, index) => (index === place.at.at(-1) ? { [field]: {} } : item));
    return fixOf(place, 'suggested', `Write ${field}: {} (${what})`, { op: 'set', path: list.path, value: peers });
  });
}

const EMPTY_SELECTORS = [
  ['podSelector', 'all Pods of this namespace'],
  ['namespaceSelector', 'all Pods of all namespaces'],
] as const;

/** Addresses and Pods are two peers, of which either is let through. */
function mixedPeerFixes(place: Place): readonly Fix[] {
  const block = placeBelow(place, 'ipBlock');
  const list = parentOf(place);
  return fixOf(
    place,
    'suggested',
    'Make ipBlock a peer of its own',
    { op: 'append', path: list.path, value: { ipBlock: valueAt(block) as YamlValue } },
    { op: 'remove', path: block.path },
  );
}

/** A range that is written from its end to its start, or that has no number to start from. */
function rangeFixes(place: Place): readonly Fix[] {
  const port = placeBelow(parentOf(place), 'port');
  const { port: first, endPort: last } = fieldsAt(parentOf(place));
  if (typeof first !== 'number' || typeof last !== 'number' || last >= first || last < 1) return removeFix(place);
  const swap = fixOf(
    place,
    'suggested',
    'Swap port and endPort',
    { op: 'replace', path: port.path, value: last },
    { op: 'replace', path: place.path, value: first },
  );
  return [...swap, ...removeFix(place)];
}
