import { dnsLabel, requiredThen } from '../../field-checks.ts';
import { duplicate, type Errors, forbidden, invalid, required } from '../../field-error.ts';
import type { Path } from '../../path.ts';
import { SOURCES, type VolumeContext } from './volume-sources.ts';
import type { Volume } from './volume-types.ts';

/** What the check of volumes finds out. */
export interface CheckedVolumes {
  readonly errors: Errors;
  /** The volumes without errors: mounts may name only these. */
  readonly valid: ReadonlyMap<string, Volume>;
}

/** Checks a Pod's volumes: names, and one source each (pkg/apis/core/validation, ValidateVolumes). */
export function checkVolumes(volumes: readonly Volume[], context: VolumeContext, path: Path): CheckedVolumes {
  const valid = new Map<string, Volume>();
  const created = createdClaims(volumes, context);
  const errors = volumes.flatMap((volume, index) => {
    const at = path.index(index);
    const name = volume.name ?? '';
    const own = [
      ...sourceErrors(volume, context, at),
      ...requiredThen(name, at.child('name'), dnsLabel),
      ...(valid.has(name) ? [duplicate(at.child('name'), name)] : []),
    ];
    if (own.length === 0) valid.set(name, volume);
    return [...own, ...createdClaimErrors(volume, created, at)];
  });
  return { errors, valid };
}

/** A volume has exactly one source; the server checks the first and refuses the others (validateVolumeSource). */
function sourceErrors(volume: Volume, context: VolumeContext, path: Path): Errors {
  const given = SOURCES.filter(({ kind }) => volume[kind] !== undefined);
  if (given.length === 0) return [required(path, 'must specify a volume type')];
  return given.flatMap(({ check, refusedAs }, index) =>
    index === 0
      ? check(volume, path, context)
      : [forbidden(path.child(refusedAs), 'may not specify more than 1 volume type')],
  );
}

/** The claims that the Pod's ephemeral volumes create, which no other volume may use. */
function createdClaims(volumes: readonly Volume[], { podName }: VolumeContext): ReadonlySet<string> {
  const ephemeral = podName === '' ? [] : volumes.filter((volume) => volume.ephemeral !== undefined);
  return new Set(ephemeral.map(({ name = '' }) => `${podName}-${name}`));
}

function createdClaimErrors({ persistentVolumeClaim }: Volume, created: ReadonlySet<string>, path: Path): Errors {
  const claim = persistentVolumeClaim?.claimName ?? '';
  if (persistentVolumeClaim === undefined || !created.has(claim)) return [];
  const detail = 'must not reference a PVC that gets created for an ephemeral volume';
  return [invalid(path.child('persistentVolumeClaim', 'claimName'), claim, detail)];
}
