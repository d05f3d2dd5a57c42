import { change, changeEach } from '../../change.ts';
import { defaultFieldSelector, defaultPullPolicy, defaultResources } from './default-container.ts';
import type { ClaimSpec, DownwardFile, Projection, Volume } from './volume-types.ts';

/** 0644 in octal. */
const FILE_MODE = 420;

/**
 * What the server fills into a volume (pkg/apis/core/v1/defaults.go, SetDefaults_Volume and those of its sources). A volume
 * without a source becomes an empty directory.
 */
export function defaultVolume(volume: Volume): Volume {
  const { name, ...sources } = volume;
  const named = name === undefined ? {} : { name };
  const sourced: Volume = Object.keys(sources).length === 0 ? { ...named, emptyDir: {} } : volume;
  return STEPS.reduce((it, step) => step(it), sourced);
}

const STEPS: readonly ((volume: Volume) => Volume)[] = [
  (volume) => change(volume, 'hostPath', (source) => ({ type: '', ...source })),
  (volume) => change(volume, 'secret', (source) => ({ defaultMode: FILE_MODE, ...source })),
  (volume) => change(volume, 'configMap', (source) => ({ defaultMode: FILE_MODE, ...source })),
  (volume) => change(volume, 'downwardAPI', (source) => withFiles({ defaultMode: FILE_MODE, ...source })),
  (volume) =>
    change(volume, 'projected', (source) =>
      changeEach({ defaultMode: FILE_MODE, ...source }, 'sources', defaultSource),
    ),
  (volume) => change(volume, 'iscsi', (source) => ({ iscsiInterface: 'default', ...source })),
  (volume) =>
    change(volume, 'rbd', (source) => ({ pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring', ...source })),
  (volume) => change(volume, 'azureDisk', (source) => ({ ...AZURE_DISK, ...source })),
  (volume) => change(volume, 'scaleIO', (source) => ({ storageMode: 'ThinProvisioned', fsType: 'xfs', ...source })),
  (volume) =>
    change(volume, 'ephemeral', (source) =>
      change(source, 'volumeClaimTemplate', (template) => ({
        ...template,
        spec: defaultClaimSpec(template.spec ?? {}),
      })),
    ),
  (volume) =>
    change(volume, 'image', (source) => ({ pullPolicy: defaultPullPolicy(source.reference ?? ''), ...source })),
];

const AZURE_DISK = { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' };

interface Files {
  readonly items?: readonly DownwardFile[];
}

function withFiles<T extends Files>(source: T): T {
  const files: Files = source;
  return { ...source, ...changeEach(files, 'items', (file) => change(file, 'fieldRef', defaultFieldSelector)) };
}

const HOUR = 3600;

/** Projected certificates are not switched on yet, so the server drops them. */
function defaultSource(source: Projection): Projection {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source;
  return {
    ...(secret !== undefined && { secret }),
    ...(configMap !== undefined && { configMap }),
    ...(downwardAPI !== undefined && { downwardAPI: withFiles(downwardAPI) }),
    ...(serviceAccountToken !== undefined && {
      serviceAccountToken: { expirationSeconds: HOUR, ...serviceAccountToken },
    }),
  };
}

/** The same of the claims that volumes and StatefulSets create. */
export function defaultClaimSpec(spec: ClaimSpec): ClaimSpec {
  return change({ volumeMode: 'Filesystem', ...spec }, 'resources', defaultResources);
}
