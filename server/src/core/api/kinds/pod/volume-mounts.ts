import { oneOf, unlessEmpty } from '../../field-checks.ts';
import { type Errors, type FieldError, forbidden, invalid, notFound, required } from '../../field-error.ts';
import type { Path } from '../../path.ts';
import { descendingPathErrors, noBackstepErrors } from './file-paths.ts';
import type { Container, VolumeMount } from './types.ts';
import type { Volume } from './volume-types.ts';

type Volumes = ReadonlyMap<string, Volume>;

/** Errors of a container's mounts (pkg/apis/core/validation, ValidateVolumeMounts). `volumes` are the Pod's valid ones. */
export function mountErrors(container: Container, volumes: Volumes, path: Path): Errors {
  const { volumeMounts = [], volumeDevices = [] } = container;
  const seen = new Set<string>();
  const deviceNames = new Set(volumeDevices.map((device) => device.name ?? ''));
  const devicePaths = new Set(volumeDevices.map((device) => device.devicePath ?? ''));
  return volumeMounts.flatMap((mount, index) => {
    const { name = '', mountPath = '' } = mount;
    const at = path.index(index);
    const [namePath, mountPathPath] = [at.child('name'), at.child('mountPath')];
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(namePath));
    if (!volumes.has(name)) errors.push(notFound(namePath, name));
    if (mountPath === '') errors.push(required(mountPathPath));
    if (seen.has(mountPath)) errors.push(invalid(mountPathPath, mountPath, 'must be unique'));
    seen.add(mountPath);
    if (deviceNames.has(name)) {
      errors.push(invalid(namePath, name, 'must not already exist in volumeDevices'));
    }
    if (devicePaths.has(mountPath)) {
      errors.push(invalid(mountPathPath, mountPath, 'must not already exist as a path in volumeDevices'));
    }
    return [...errors, ...mountOptionErrors(mount, container, path, at)];
  });
}

/** The server names the list in these errors, not the mount. */
function mountOptionErrors(mount: VolumeMount, container: Container, list: Path, at: Path): Errors {
  const { subPath = '', subPathExpr = '' } = mount;
  const listed = (name: string) => list.child(name).markedAt([...at.at, name]);
  const both = 'subPathExpr and subPath are mutually exclusive';
  return [
    ...unlessEmpty(subPath, listed('subPath'), descendingPathErrors),
    ...(subPath !== '' && subPathExpr !== '' ? [invalid(at.child('subPathExpr'), subPathExpr, both)] : []),
    ...unlessEmpty(subPathExpr, listed('subPathExpr'), descendingPathErrors),
    ...propagationErrors(mount, container, listed('mountPropagation')),
    ...recursiveErrors(mount, listed('recursiveReadOnly')),
  ];
}

function propagationErrors({ mountPropagation }: VolumeMount, { securityContext }: Container, path: Path): Errors {
  const isRefused = mountPropagation === 'Bidirectional' && securityContext?.privileged !== true;
  const detail = 'Bidirectional mount propagation is available only to privileged containers';
  return [
    ...oneOf(mountPropagation, ['Bidirectional', 'HostToContainer', 'None'], path),
    ...(isRefused ? [forbidden(path, detail)] : []),
  ];
}

function recursiveErrors(
  { recursiveReadOnly: mode, readOnly, mountPropagation = 'None' }: VolumeMount,
  path: Path,
): Errors {
  if (mode === undefined || mode === 'Disabled') return [];
  if (mode !== 'Enabled' && mode !== 'IfPossible') return oneOf(mode, ['Disabled', 'Enabled', 'IfPossible'], path);
  const errors: FieldError[] = [];
  if (readOnly !== true) errors.push(forbidden(path, 'may only be specified when readOnly is true'));
  if (mountPropagation !== 'None') {
    errors.push(forbidden(path, 'may only be specified when mountPropagation is None or not specified'));
  }
  return errors;
}

/** Errors of a container's raw block devices (ValidateVolumeDevices). */
export function deviceErrors(
  { volumeDevices = [], volumeMounts = [] }: Container,
  volumes: Volumes,
  path: Path,
): Errors {
  const names = new Set<string>();
  const paths = new Set<string>();
  const mountNames = new Set(volumeMounts.map((mount) => mount.name ?? ''));
  const mountPaths = new Set(volumeMounts.map((mount) => mount.mountPath ?? ''));
  return volumeDevices.flatMap(({ name = '', devicePath = '' }, index) => {
    const [namePath, at] = [path.index(index).child('name'), path.index(index).child('devicePath')];
    const errors: FieldError[] = [...deviceNameErrors(name, names, volumes, namePath)];
    if (devicePath === '') errors.push(required(at));
    if (paths.has(devicePath)) errors.push(invalid(at, devicePath, 'must be unique'));
    if (noBackstepErrors(devicePath, at).length > 0) {
      errors.push(invalid(at, devicePath, "can not contain backsteps ('..')"));
    } else paths.add(devicePath);
    if (mountNames.has(name)) {
      errors.push(invalid(namePath, name, 'must not already exist in volumeMounts'));
    }
    if (mountPaths.has(devicePath)) {
      errors.push(invalid(at, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    if (name !== '') names.add(name);
    return errors;
  });
}

function deviceNameErrors(name: string, names: ReadonlySet<string>, volumes: Volumes, path: Path): Errors {
  const volume = volumes.get(name);
  const isClaim = volume?.persistentVolumeClaim !== undefined || volume?.ephemeral !== undefined;
  const detail = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
  const errors: FieldError[] = [];
  if (name === '') errors.push(required(path));
  if (names.has(name)) errors.push(invalid(path, name, 'must be unique'));
  if (volume !== undefined && !isClaim) errors.push(invalid(path, name, detail));
  if (volume === undefined) errors.push(notFound(path, name));
  return errors;
}
