import { type SchemaType, typeAt } from '../../../api/index.ts';
import { apiVersionOf, type Resource } from '../../../manifest/index.ts';
import type { FieldPath } from '../../../yaml/index.ts';
import { writtenAt } from '../written.ts';

/** An object type of a kind: its path, with `[]` for any item of a list. */
interface Home {
  readonly path: readonly string[];
  /** Whether the server needs every field on the way, as `containers` and unlike `initContainers`. */
  readonly isUsual: boolean;
}

const ITEM = '[]';
const DEPTH = 9;

/**
 * Where a kind has a field of this name, nearest to the place where it was written in vain: `spec.ports[]` for a `targetPort` in
 * `spec`. Undefined if no place or none in particular has it.
 */
export function homeOf(resource: Resource, at: FieldPath): readonly string[] | undefined {
  const name = String(at.at(-1));
  const parent = at.slice(0, -1).map((step) => (typeof step === 'number' ? ITEM : step));
  const root = typeAt(apiVersionOf(resource), resource.kind, []);
  const homes = root === undefined ? [] : homesBelow(root, name, { path: [], isUsual: true }, []);
  const ranked = homes.map((home) => ({ ...home, distance: distance(parent, home.path) }));
  const nearest = Math.min(...ranked.map((home) => home.distance));
  const near = ranked.filter((home) => home.distance === nearest);
  const free = near.filter((home) => !isThere(resource, [...home.path, name]));
  const choices = [
    near,
    free,
    near.filter((home) => isThere(resource, home.path)),
    near.filter((home) => home.isUsual),
  ];
  return choices.find((homes) => homes.length === 1)?.[0]?.path;
}

function homesBelow(type: SchemaType, name: string, home: Home, seen: readonly string[]): readonly Home[] {
  if (type.kind === 'pointer') return homesBelow(type.to, name, home, seen);
  if (type.kind === 'list') return homesBelow(type.item, name, { ...home, path: [...home.path, ITEM] }, seen);
  if (type.kind !== 'struct' || seen.includes(type.name) || home.path.length > DEPTH) return [];
  const below = type.fields.flatMap((field) =>
    homesBelow(
      field.type,
      name,
      { path: [...home.path, field.name], isUsual: home.isUsual && (field.required || USUAL.has(field.name)) },
      [...seen, type.name],
    ),
  );
  return type.byName.has(name) ? [home, ...below] : below;
}

function isThere(resource: Resource, path: readonly string[]): boolean {
  return writtenAt(resource, ...path.map((step) => (step === ITEM ? 0 : step))) !== undefined;
}

/** Fields that are not required, and that nearly every object has. */
const USUAL = new Set(['metadata', 'spec', 'ports', 'rules', 'http', 'backend', 'service', 'selector', 'podSelector']);

/** How many steps up and down lead from one place to the other; items of lists are no steps. */
function distance(from: readonly string[], to: readonly string[]): number {
  let common = 0;
  while (common < from.length && from[common] === to[common]) common += 1;
  return steps(from.slice(common)) + steps(to.slice(common));
}

function steps(path: readonly string[]): number {
  return path.filter((step) => step !== ITEM).length;
}

/** `spec.ports[]`; the object itself is named by its kind. */
export function renderHome(path: readonly string[], kind: string): string {
  return path.length === 0 ? `the ${kind} itself` : path.join('.').replaceAll('.[]', '[]');
}

/** The one place in an object that a home stands for; undefined if a list on the way has none or several items. */
export function placeInHome(home: readonly string[], countAt: (path: FieldPath) => number): FieldPath | undefined {
  const path: (string | number)[] = [];
  for (const step of home) {
    if (step !== ITEM) path.push(step);
    else if (countAt(path) === 1) path.push(0);
    else return undefined;
  }
  return path;
}
