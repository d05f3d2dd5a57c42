import { each, optional, requiredText, requiredThen } from '../../field-checks.ts';
import { type Errors, forbidden, invalid, required } from '../../field-error.ts';
import type { Path } from '../../path.ts';
import { fieldSelectorErrors, resourceSelectorErrors } from './env.ts';
import { fileModeErrors, localPathErrors } from './file-paths.ts';
import type { DownwardFile, FilesSource, KeyToPath, ProjectedSource, Projection } from './volume-types.ts';

/** Errors of a Secret or ConfigMap as files (pkg/apis/core/validation, validateSecretVolumeSource, validateConfigMapVolumeSource). */
export function filesErrors(source: FilesSource, nameField: string, name: string, path: Path): Errors {
  return [
    ...requiredText(name, path.child(nameField)),
    ...fileModeErrors(source.defaultMode, path.child('defaultMode')),
    ...each(source.items, path.child('items'), keyErrors),
  ];
}

function keyErrors({ key = '', path: file = '', mode }: KeyToPath, path: Path): Errors {
  return [
    ...requiredText(key, path.child('key')),
    ...requiredThen(file, path.child('path'), localPathErrors),
    ...fileModeErrors(mode, path.child('mode')),
  ];
}

interface DownwardSource {
  readonly items?: readonly DownwardFile[];
  readonly defaultMode?: number;
}

/** Errors of fields of the Pod as files (validateDownwardAPIVolumeSource). The server names the volume's source, not the file. */
export function downwardErrors({ items = [], defaultMode }: DownwardSource, path: Path): Errors {
  return [
    ...fileModeErrors(defaultMode, path.child('defaultMode')),
    ...items.flatMap((file, index) => downwardFileErrors(file, path.markedAt([...path.at, 'items', index]))),
  ];
}

const FILE_FIELDS = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

function downwardFileErrors({ path: file = '', fieldRef, resourceFieldRef, mode }: DownwardFile, path: Path): Errors {
  const both = 'fieldRef and resourceFieldRef can not be specified simultaneously';
  const source = (): Errors => {
    if (fieldRef !== undefined) {
      const errors = fieldSelectorErrors(fieldRef, FILE_FIELDS, path.child('fieldRef'));
      return resourceFieldRef === undefined ? errors : [...errors, invalid(path, 'resource', both)];
    }
    if (resourceFieldRef === undefined) return [required(path, 'one of fieldRef and resourceFieldRef is required')];
    return resourceSelectorErrors(resourceFieldRef, 'volume', path.child('resourceFieldRef'));
  };
  return [
    ...requiredThen(file, path.child('path'), localPathErrors),
    ...source(),
    ...fileModeErrors(mode, path.child('mode')),
  ];
}

/** Errors of several sources in one directory: no two files may have the same path (validateProjectionSources). */
export function projectedErrors({ sources, defaultMode }: ProjectedSource, path: Path): Errors {
  const files = new Set<string>();
  const conflict: Conflict = (file, value, at) => {
    const isTaken = files.has(file);
    if (file !== '') files.add(file);
    return isTaken ? [invalid(path.markedAt(at.at), value, 'conflicting duplicate paths')] : [];
  };
  return [
    ...fileModeErrors(defaultMode, path.child('defaultMode')),
    ...each(sources, path.child('sources'), (source, at) => {
      const given = [source.secret, source.configMap, source.downwardAPI, source.serviceAccountToken].filter(Boolean);
      const several = 'may not specify more than 1 volume type per source';
      return [...projectionErrors(source, conflict, path, at), ...(given.length > 1 ? [forbidden(at, several)] : [])];
    }),
  ];
}

/** The error of a file whose path another one has already; it prints `value`. */
type Conflict = (file: string, value: string, projection: Path) => Errors;

/** `path` is the volume's source, which the server names in some errors; `at` the projection. */
function projectionErrors(source: Projection, conflict: Conflict, path: Path, at: Path): Errors {
  const { secret, configMap, downwardAPI, serviceAccountToken: token } = source;
  const keys = ({ name = '', items }: NonNullable<Projection['secret']>, place: Path): Errors => [
    ...requiredText(name, place.child('name')),
    ...each(items, place.child('items'), (key, itemPath) => [
      ...keyErrors(key, itemPath),
      ...conflict(key.path ?? '', name, at),
    ]),
  ];
  return [
    ...optional(secret, (it) => keys(it, at.child('secret'))),
    ...optional(configMap, (it) => keys(it, at.child('configMap'))),
    ...(downwardAPI?.items ?? []).flatMap((file, index) => {
      const place = at.child('downwardAPI');
      const errors = downwardFileErrors(file, place.markedAt([...place.at, 'items', index]));
      return [...errors, ...conflict(file.path ?? '', file.path ?? '', at)];
    }),
    ...optional(token, (it) => tokenErrors(it, path, at.child('serviceAccountToken'))),
  ];
}

function tokenErrors(
  { expirationSeconds = 0, path: file = '' }: NonNullable<Projection['serviceAccountToken']>,
  path: Path,
  at: Path,
): Errors {
  const timePath = at.child('expirationSeconds');
  const refuse = (limit: string) => invalid(timePath, expirationSeconds, `may not specify a duration ${limit}`);
  return [
    ...(expirationSeconds < 600 ? [refuse('less than 10 minutes')] : []),
    ...(expirationSeconds > 2 ** 32 ? [refuse('larger than 2^32 seconds')] : []),
    ...requiredThen(file, path.child('path').markedAt([...at.at, 'path']), localPathErrors),
  ];
}
