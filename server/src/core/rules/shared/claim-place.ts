import type { Resource } from '../../manifest/index.ts';
import { type FieldPath, isJsonObject, type JsonObject } from '../../yaml/index.ts';
import { itemsAt, placeOf } from './fixes/fix.ts';

/**
 * Where a volume of a StatefulSet's Pods is written: the server puts its claims, by name, before the volumes of the template, in the place
 * of those that are called alike (pkg/apis/apps/validation, ValidatePodTemplateSpecForStatefulSet). Other places stay as they are.
 */
export function claimPlace(resource: Resource, at: FieldPath): FieldPath {
  const [index, ...rest] = at.slice(VOLUMES.length);
  const isVolume = resource.kind === 'StatefulSet' && VOLUMES.every((step, depth) => step === at[depth]);
  if (!isVolume || typeof index !== 'number') return at;
  const claims = itemsAt(placeOf(resource, CLAIMS)).map(nameOfClaim);
  if (claims.length === 0) return at;
  const names = [...new Set(claims)].sort();
  const claim = names[index];
  if (claim !== undefined)
    return [...CLAIMS, claims.indexOf(claim), ...(rest[0] === 'name' ? ['metadata', 'name'] : [])];
  const volumes = itemsAt(placeOf(resource, VOLUMES)).map(({ name }, place) => ({ name: String(name ?? ''), place }));
  const left = volumes.filter(({ name }) => !names.includes(name));
  return [...VOLUMES, left[index - names.length]?.place ?? index, ...rest];
}

const VOLUMES = ['spec', 'template', 'spec', 'volumes'];
const CLAIMS = ['spec', 'volumeClaimTemplates'];

function nameOfClaim({ metadata }: JsonObject): string {
  return String((isJsonObject(metadata) && metadata.name) || '');
}
