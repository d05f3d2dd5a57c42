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
  return (items ?? []).map(({ path: file = '' }) => ({ file: withoutSlashes(file), source }));
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function projectedFiles({ configMap, secret, downwardAPI, serviceAccountToken }: Projection): readonly FileOf[] {
  if (configMap?.items !== undefined) return filesOf(configMap.items, `ConfigMap ${quote(configMap.name ?? '')}`);
  if (secret?.items !== undefined) return filesOf(secret.items, `Secret ${quote(secret.name ?? '')}`);
  if (downwardAPI?.items !== undefined) return filesOf(downwardAPI.items, 'DownwardAPI');
  return serviceAccountToken === undefined ? [] : filesOf([serviceAccountToken], 'ServiceAccountToken');
}

/** The server tells every pair of files, and then cuts its warnings after some fifty: no more than this are made of a volume. */
const MOST_PAIRS = 200;

/** Two files of which one is the other, or lies below it. */
function overlaps(files: readonly FileOf[]): readonly string[] {
  const root = newDirectory();
  const texts: string[] = [];
  for (const [index, file] of files.entries()) {
    if (texts.length >= MOST_PAIRS) break;
    if (file.file === '') continue;
    const others = placeIn(root, file.file.split('/'), index).slice(0, MOST_PAIRS - texts.length);
    texts.push(...others.map((other) => `${printed(file)} with ${printed(files[other] ?? file)}`));
  }
  return texts;
}

/** A path and what lies below it. Files are numbers. */
interface Directory {
  readonly entries: Map<string, Directory>;
  /** Those that have just this path. */
  readonly files: number[];
  /** Those that have this path or lie below it. */
  readonly all: number[];
}

function newDirectory(): Directory {
  return { entries: new Map(), files: [], all: [] };
}

/** Places a file, and gives the earlier ones that have its path or lie above or below it. */
function placeIn(root: Directory, parts: readonly string[], file: number): readonly number[] {
  const above: number[] = [];
  let directory = root;
  for (const part of parts) {
    above.push(...directory.files.slice(0, MOST_PAIRS));
    directory.all.push(file);
    const next = directory.entries.get(part) ?? newDirectory();
    directory.entries.set(part, next);
    directory = next;
  }
  const others = [...above, ...directory.all.slice(0, MOST_PAIRS)].sort((a, b) => a - b);
  directory.files.push(file);
  directory.all.push(file);
  return others;
}

function printed({ file, source }: FileOf): string {
  return source === '' ? quote(file) : `${quote(file)} (${source})`;
}
