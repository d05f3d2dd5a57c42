import { dataOf, findNode, isJsonObject, type JsonObject, type YamlEdit, type YamlValue } from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import { fieldsAt, fixOf, type Place, placeBelow, placeOf, type Refusal } from './fix.ts';

/** A Pod template and a selector that does not match it: the Pods get the labels, or the labels of the Pods are selected. */
export function selectorFixes({ place, error }: Refusal): readonly Fix[] {
  const { resource, at } = place;
  if (error.detail.startsWith('empty selector is invalid')) return emptyFixes(place);
  if (at.at(-1) !== 'labels' || at.at(-3) !== 'template' || error.reason !== 'FieldValueInvalid') return [];
  const selector = placeOf(resource, ['spec', 'selector']);
  // A controller of replicas before apps/v1 selects by labels alone.
  const labels = resource.kind === 'ReplicationController' ? selector : placeBelow(selector, 'matchLabels');
  return [...labelFixes(place, fieldsAt(labels)), ...selectFixes(labels, place)];
}

/** An empty selector would be for all Pods; a workload selects its own. */
function emptyFixes(selector: Place): readonly Fix[] {
  return selectFixes(
    placeBelow(selector, 'matchLabels'),
    placeOf(selector.resource, ['spec', 'template', 'metadata', 'labels']),
  );
}

function labelFixes(place: Place, wanted: JsonObject): readonly Fix[] {
  const edits = Object.entries(wanted).flatMap(([key, value]) => labelEdit(place, key, value));
  return edits.length === 0 ? [] : fixOf(place, 'suggested', `Give the Pods ${render(wanted)}`, ...edits);
}

function labelEdit({ resource, path }: Place, key: string, value: unknown): readonly YamlEdit[] {
  if (typeof value !== 'string') return [];
  const node = findNode(resource.document.root, [...path, key]);
  if (node === undefined) return [{ op: 'insert', path: [...path, key], value }];
  return node.kind === 'scalar' && node.value !== value ? [{ op: 'replace', path: [...path, key], value }] : [];
}

/** Other conditions of the selector stay, so this is for selectors without them. */
function selectFixes(selector: Place, labels: Place): readonly Fix[] {
  const given = fieldsAt(labels);
  const hasConditions =
    placeBelow(placeOf(labels.resource, ['spec', 'selector']), 'matchExpressions').node !== undefined;
  if (Object.keys(given).length === 0 || hasConditions) return [];
  const op = dataOf(selector.node) === null ? 'insert' : 'set';
  return fixOf(selector, 'suggested', `Select ${render(given)}`, {
    op,
    path: selector.path,
    value: given as YamlValue,
  });
}

function render(labels: JsonObject): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${isJsonObject(value) ? '' : String(value)}`)
    .join(', ');
}
