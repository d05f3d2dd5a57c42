import { each, optional } from '../../field-checks.ts';
import { quote } from '../../go-text.ts';
import type { Path } from '../../path.ts';
import { fieldWarning, fractionWarnings, type Warnings, warning } from '../../warning.ts';
import type { ClaimSpec, Projection, Volume } from './volume-types.ts';

/** Kinds of volumes that work no more, and how the server names them. */
const GONE = [
  ['photonPersistentDisk', 'photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'gitRepo', 'deprecated in v1.11, and disabled by default in v1.33+'],
  ['scaleIO', 'scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'storageOS', 'deprecated in v1.22, non-functional in v1.25+'],
  ['quobyte', 'quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'rbd', 'deprecated in v1.28, non-functional in v1.31+'],
] as const satisfies readonly (readonly [keyof Volume, string, string])[];

/** Warnings of volumes (pkg/api/pod/warnings.go): kinds that work no more, and files that hide each other. */
export function volumeWarnings(volumes: readonly Volume[], path: Path): Warnings {
  return [...each(volumes, path, ownWarnings), ...each(volumes, path, overlapWarnings)];
}

function ownWarnings(volume: Volume, path: Path): Warnings {
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  return [
    ...GONE.filter(([kind]) => volume[kind] !== undefined).map(([kind, printed, text]) =>
      fieldWarning(path.child(printed).markedAt([...path.at, kind]), text),
    ),
    ...optional(claim, (spec) => claimWarnings(spec, path.child('ephemeral', 'volumeClaimTemplate', 'spec'))),
  ];
}

/** Warnings of a claim's size (pkg/api/persistentvolumeclaim, GetWarningsForPersistentVolumeClaimSpec). */
export function claimWarnings({ resources = {} }: ClaimSpec, path: Path): Warnings {
  return (['requests', 'limits'] as const).flatMap((kind) =>
    fractionWarnings(resources[kind], 'storage', path.child('resources', kind)),
  );
}

interface FileOf {
  readonly file: string;
  readonly source: string;
}

function overlapWarnings(volume: Volume, path: Path): Warnings {
  const { name = '', configMap, secret, downwardAPI, projected } = volume;
  const told = (kind: string, files: readonly FileOf[]) =>
    overlaps(files).map((text) => warning(path, `volume ${quote(name)} (${kind}): overlapping paths: ${text}`));
  return [
    ...told(`ConfigMap ${quote(configMap?.name ?? '')}`, filesOf(configMap?.items, '')),
    ...told(`Secret ${quote(secret?.secretName ?? '')}`, filesOf(secret?.items, '')),
    ...told('DownwardAPI', filesOf(downwardAPI?.items, '')),
    ...(projected?.sources ?? [])
      .filter((source) => Object.keys(source).length === 0)
      .map(() => warning(path, `volume ${quote(name)} (Projected) has no sources provided`)),
    ...told('Projected', (projected?.sources ?? []).flatMap(projectedFiles)),
  ];
}

function filesOf(items: readonly { readonly path?: string }[] | undefined, source: string): readonly FileOf[] {
  return (items ?? []).map(({ path: file = '' }) => ({ file: file.replace(/\/+$/, ''), source }));
}

function projectedFiles({ configMap, secret, downwardAPI, serviceAccountToken }: Projection): readonly FileOf[] {
  if (configMap?.items !== undefined) return filesOf(configMap.items, `ConfigMap ${quote(configMap.name ?? '')}`);
  if (secret?.items !== undefined) return filesOf(secret.items, `Secret ${quote(secret.name ?? '')}`);
  if (downwardAPI?.items !== undefined) return filesOf(downwardAPI.items, 'DownwardAPI');
  return serviceAccountToken === undefined ? [] : filesOf([serviceAccountToken], 'ServiceAccountToken');
}

/** Two files of which one is the other, or lies below it. */
function overlaps(files: readonly FileOf[]): readonly string[] {
  return files.flatMap((file, index) =>
    files
      .slice(0, index)
      .filter((other) => file.file !== '' && other.file !== '' && isWithin(file.file, other.file))
      .map((other) => `${printed(file)} with ${printed(other)}`),
  );
}

function isWithin(left: string, right: string): boolean {
  return `${left}/`.startsWith(`${right}/`) || `${right}/`.startsWith(`${left}/`);
}

function printed({ file, source }: FileOf): string {
  return source === '' ? quote(file) : `${quote(file)} (${source})`;
}
