import { dataOf, findNode, isJsonObject, type YamlEdit } from '../../yaml/index.ts';
import type { Fix } from '../rule.ts';
import { fixOf, type Place } from './fix.ts';

/** A Pod template that its workload's selector does not match gets the labels that are selected. */
export function selectorFixes(place: Place): readonly Fix[] {
  const { resource, at } = place;
  if (at.at(-1) !== 'labels' || at.at(-3) !== 'template') return [];
  const selector = dataOf(findNode(resource.document.root, [...resource.path, 'spec', 'selector']));
  const wanted = isJsonObject(selector) && isJsonObject(selector.matchLabels) ? selector.matchLabels : {};
  const edits = Object.entries(wanted).flatMap(([key, value]) => labelEdit(place, key, value));
  if (edits.length === 0) return [];
  const title = `Give the Pods ${Object.entries(wanted)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')}`;
  return fixOf(place, 'suggested', title, ...edits);
}

function labelEdit({ resource, path }: Place, key: string, value: unknown): readonly YamlEdit[] {
  if (typeof value !== 'string') return [];
  const node = findNode(resource.document.root, [...path, key]);
  if (node === undefined) return [{ op: 'insert', path: [...path, key], value }];
  return node.kind === 'scalar' && node.value !== value ? [{ op: 'replace', path: [...path, key], value }] : [];
}
