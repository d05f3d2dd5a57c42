import type { Resource } from '../manifest/index.ts';
import type { FieldPath } from '../yaml/index.ts';

/** The object that a path of its document belongs to; undefined outside of all objects. */
export function findOwner(resources: readonly Resource[], path: FieldPath): Resource | undefined {
  return resources.find((resource) => resource.path.every((step, index) => path[index] === step));
}
