import type { FieldError } from '../../api/index.ts';
import {
  type Cluster,
  type ManifestChange,
  type Offence,
  type RefusedUpdate,
  refusedUpdateOf,
} from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import { isJsonObject, type Json, renderPath, type YamlEdit } from '../../yaml/index.ts';
import type { Fix, RuleFinding } from '../rule.ts';
import { errorText } from './error-text.ts';
import { fieldOf, inline, placeOf } from './fixes/fix.ts';

/** What an apply would fail on if the cluster has the object as it was last committed: fields that may not change. */
export function updateFindings(resource: Resource, cluster: Cluster): readonly RuleFinding[] {
  const update = refusedUpdateOf(cluster, resource);
  return update?.offences.map((offence) => findingOf(resource, update, offence)) ?? [];
}

function findingOf(resource: Resource, update: RefusedUpdate, { change, errors, isAlone }: Offence): RuleFinding {
  const { path, node } = placeOf(resource, change.at);
  const said = [...new Set(errors.map(errorText))].join('; ');
  const advice = `Delete the ${resource.kind} and create it again, or leave ${renderPath(change.at)} as it was.`;
  const sentences = [`Applying this over what is committed will fail: ${said}`, ...keptNotes(resource, errors), advice];
  return {
    path,
    case: 'update',
    part: node === undefined || node.kind === 'scalar' ? 'value' : 'key',
    severity: 'warning',
    message: sentences.join('. '),
    fixes: [...(isAlone ? alone(resource, change) : []), ...together(resource, update, isAlone)],
  };
}

/** Of an address that the server once picked, it is only known that it stays. */
function keptNotes({ kind }: Resource, errors: readonly FieldError[]): readonly string[] {
  const families = errors.flatMap(({ message }) => /<kept (IPv[46])>/.exec(message)?.[1] ?? []);
  return [...new Set(families)].map((family) => `The ${kind} keeps the ${family} address that it was given`);
}

function alone(resource: Resource, change: ManifestChange): readonly Fix[] {
  const edit = editBack(resource, change);
  return edit === undefined
    ? []
    : [{ title: titleOf(resource, change), kind: 'suggested', edits: [{ resource, edit }] }];
}

/** Everything that has to go back, in one step. */
function together(resource: Resource, { wayBack }: RefusedUpdate, isAlone: boolean): readonly Fix[] {
  const edits = wayBack.flatMap((change) => editBack(resource, change) ?? []);
  const moves = edits.filter(({ op }) => op === 'insert' || op === 'remove');
  // Two of those could meet in one place of the text.
  if (edits.length < wayBack.length || moves.length > 1 || (isAlone && edits.length < 2)) return [];
  const names = wayBack.map(({ at }) => renderPath(at)).join(' and ');
  return [{ title: `Go back in ${names}`, kind: 'suggested', edits: edits.map((edit) => ({ resource, edit })) }];
}

/** The edit that takes a change back; undefined if it would take away more than a value or a list of values. */
function editBack(resource: Resource, { at, before, now }: ManifestChange): YamlEdit | undefined {
  const { path, node } = placeOf(resource, at);
  if (!isSmall(now)) return undefined;
  if (before === undefined) return { op: 'remove', path };
  if (now === undefined) return typeof at.at(-1) === 'number' ? undefined : { op: 'insert', path, value: before };
  const isReplaced = node?.kind === 'scalar' && node.value !== null && isValue(before);
  return isReplaced ? { op: 'replace', path, value: before } : { op: 'set', path, value: before };
}

function isSmall(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.every((item) => isValue(item)) : !isJsonObject(value);
}

function isValue(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Longer values are named by their field. */
const SHOWN = 40;

function titleOf(resource: Resource, { at, before }: ManifestChange): string {
  const field = fieldOf(placeOf(resource, at));
  if (before === undefined) return `Remove ${field}`;
  const value = inline(before);
  return `Go back to ${value.length > SHOWN || value === '' ? `the committed ${field}` : value}`;
}
