import { without } from '../../change.ts';
import { sameValue } from '../../equal.ts';
import { each, entriesOf, inRange, MAXIMUM_INT32, requiredText } from '../../field-checks.ts';
import { type Errors, forbidden, invalid } from '../../field-error.ts';
import { sortedMap } from '../../go-text.ts';
import { ownValue } from '../../json.ts';
import { ANNOTATIONS, type Path, SPEC } from '../../path.ts';
import { APP_ARMOR_CONTAINER, MIRROR, podAnnotationErrors } from './annotations.ts';
import { imageSpaceErrors } from './containers.ts';
import { printedTerm } from './internal-form.ts';
import { tolerationErrors } from './scheduling.ts';
import {
  type Affinity,
  type Container,
  type NodeAffinity,
  type NodeSelectorTerm,
  type PodObject,
  type PodSpec,
  REQUIRED_TERMS,
  type Toleration,
} from './types.ts';

/**
 * What an update of a Pod may not change (pkg/apis/core/validation, ValidatePodUpdate): of the spec only images, the deadline, more
 * tolerations, fewer scheduling gates, and while the Pod is gated its node selectors. The server adds a diff to the last message;
 * it is left out here.
 */
export function podChangeErrors(next: PodObject, stored: PodObject): Errors {
  const [spec, before] = [next.spec ?? {}, stored.spec ?? {}];
  const annotations = annotationChanges(next, stored);
  const regular = containerChanges(spec.containers ?? [], before.containers ?? [], SPEC.child('containers'));
  if (regular.stops) return [...annotations, ...regular.errors];
  const init = containerChanges(spec.initContainers ?? [], before.initContainers ?? [], SPEC.child('initContainers'));
  const deadline = deadlineChanges(spec, before);
  const errors = [...annotations, ...regular.errors, ...init.errors];
  if (init.stops) return errors;
  if (deadline.stops) return [...errors, ...deadline.errors];
  return [
    ...errors,
    ...deadline.errors,
    ...tolerationChanges(spec.tolerations ?? [], before.tolerations ?? [], SPEC.child('tolerations')),
    ...gateChanges(spec, before, SPEC.child('schedulingGates')),
    ...specChanges(spec, before),
  ];
}

function annotationChanges(next: PodObject, stored: PodObject): Errors {
  const path = ANNOTATIONS;
  const [after, before] = [next.metadata.annotations ?? {}, stored.metadata.annotations ?? {}];
  const kindOf = (key: string) =>
    key.startsWith(APP_ARMOR_CONTAINER) ? 'AppArmor annotations' : key === MIRROR ? 'mirror pod annotation' : undefined;
  const refuse = (key: string, verb: string): Errors => {
    const kind = kindOf(key);
    return kind === undefined ? [] : [forbidden(path.key(key), `may not ${verb} ${kind}`)];
  };
  const changed = entriesOf(before).filter(([key, value]) => ownValue(after, key) !== value);
  const added = entriesOf(after).filter(([key]) => ownValue(before, key) === undefined);
  return [
    ...changed.flatMap(([key]) => refuse(key, 'remove or update')),
    ...added.flatMap(([key]) => refuse(key, 'add')),
    // The server checks the new ones a second time.
    ...podAnnotationErrors(after, next.spec ?? {}, path),
  ];
}

/** Errors, and whether the server looks no further because of them. */
interface Checked {
  readonly errors: Errors;
  readonly stops: boolean;
}

function containerChanges(next: readonly Container[], stored: readonly Container[], path: Path): Checked {
  if (next.length !== stored.length) {
    return { errors: [forbidden(path, 'pod updates may not add or remove containers')], stops: true };
  }
  const errors = each(next, path, (container, at) => [
    ...requiredText(container.image ?? '', at.child('image')),
    ...imageSpaceErrors(container, at),
  ]);
  return { errors, stops: false };
}

/** A deadline may be set, and shortened. */
function deadlineChanges(next: PodSpec, stored: PodSpec): Checked {
  const path = SPEC.child('activeDeadlineSeconds');
  const { activeDeadlineSeconds: deadline } = next;
  const before = stored.activeDeadlineSeconds;
  if (deadline === undefined) {
    const detail = 'must not update from a positive integer to nil value';
    return { errors: before === undefined ? [] : [invalid(path, null, detail)], stops: false };
  }
  const range = inRange(deadline, [0, MAXIMUM_INT32], path);
  if (range.length > 0) return { errors: range, stops: true };
  if (before === undefined || deadline <= before) return { errors: [], stops: false };
  return { errors: [invalid(path, deadline, 'must be less than or equal to previous value')], stops: true };
}

function tolerationChanges(next: readonly Toleration[], stored: readonly Toleration[], path: Path): Errors {
  // All but the seconds.
  const keyOf = ({ key, operator, value, effect }: Toleration) => JSON.stringify([key, operator, value, effect]);
  const keys = new Set(next.map(keyOf));
  if (stored.every((toleration) => keys.has(keyOf(toleration)))) return tolerationErrors(next, path);
  return [forbidden(path, 'existing toleration can not be modified except its tolerationSeconds')];
}

function gateChanges(
  { schedulingGates: next = [] }: PodSpec,
  { schedulingGates: stored = [] }: PodSpec,
  path: Path,
): Errors {
  const names = new Set(stored.map(({ name = '' }) => name));
  // Of equal ones the server reports the last.
  const lastPlaces = new Map(next.map(({ name = '' }, index) => [name, index]));
  return [...lastPlaces].flatMap(([name, index]) => {
    const detail = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return names.has(name) ? [] : [forbidden(path.index(index).child('name'), detail)];
  });
}

const CHANGEABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

function specChanges(next: PodSpec, stored: PodSpec): Errors {
  const isGated = (stored.schedulingGates ?? []).length > 0;
  const gated = isGated ? gatedChanges(next, stored) : [];
  const masked = isGated ? withPlacementOf(stored, next) : next;
  const isSame = sameValue(fixedPart(masked), fixedPart(stored));
  if (isSame) return gated;
  return [...gated, forbidden(SPEC, `pod updates may not change fields other than ${CHANGEABLE}`)];
}

/** What no update may change. */
function fixedPart(spec: PodSpec): object {
  const { activeDeadlineSeconds, tolerations, schedulingGates, containers = [], initContainers = [], ...rest } = spec;
  const withoutImage = (container: Container) => without(container, 'image');
  return { ...rest, containers: containers.map(withoutImage), initContainers: initContainers.map(withoutImage) };
}

/** The nodes of a gated Pod may only become fewer. */
function gatedChanges(next: PodSpec, stored: PodSpec): Errors {
  const selectorPath = SPEC.child('nodeSelector');
  const isKept = entriesOf(stored.nodeSelector).every(([key, value]) => ownValue(next.nodeSelector, key) === value);
  const detail = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  const selector = isKept
    ? []
    : [invalid(selectorPath, next.nodeSelector === undefined ? null : sortedMap(next.nodeSelector), detail)];
  return [...selector, ...nodeAffinityChanges(next.affinity?.nodeAffinity, stored.affinity?.nodeAffinity)];
}

function nodeAffinityChanges(next: NodeAffinity | undefined, stored: NodeAffinity | undefined): Errors {
  const path = SPEC.child('affinity', 'nodeAffinity', REQUIRED_TERMS, 'nodeSelectorTerms');
  const before = stored?.[REQUIRED_TERMS]?.nodeSelectorTerms ?? [];
  const after = next?.[REQUIRED_TERMS]?.nodeSelectorTerms ?? [];
  if (before.length > 0 && before.length !== after.length) {
    const detail = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    return [invalid(path, after.length === 0 ? null : after.map(printedTerm), detail)];
  }
  return before.flatMap((term, index) => {
    const changed = after[index] ?? {};
    const detail = 'only additions are allowed (no mutations or deletions)';
    return hasOnlyAdditions(changed, term) ? [] : [invalid(path.index(index), printedTerm(changed), detail)];
  });
}

function hasOnlyAdditions(next: NodeSelectorTerm, stored: NodeSelectorTerm): boolean {
  const lists = ['matchExpressions', 'matchFields'] as const;
  const sizeOf = (term: NodeSelectorTerm) => lists.reduce((sum, list) => sum + (term[list] ?? []).length, 0);
  if (sizeOf(stored) === 0 && sizeOf(next) > 0) return false;
  return lists.every((list) => {
    const before = stored[list] ?? [];
    return sameValue((next[list] ?? []).slice(0, before.length), before);
  });
}

/** The next spec with the node selectors of the stored one. */
function withPlacementOf(stored: PodSpec, next: PodSpec): PodSpec {
  const { nodeSelector, affinity, ...rest } = next;
  const kept = stored.affinity?.nodeAffinity;
  const others: Affinity = without(affinity ?? {}, 'nodeAffinity');
  const isNew = stored.affinity === undefined && Object.keys(others).length === 0;
  const withNodes: Affinity = kept === undefined ? others : { ...others, nodeAffinity: kept };
  const hasAffinity = !isNew && (affinity !== undefined || kept !== undefined);
  return {
    ...rest,
    ...(stored.nodeSelector !== undefined && { nodeSelector: stored.nodeSelector }),
    ...(hasAffinity && { affinity: withNodes }),
  };
}
