import type { LabelSelectorObject, StringMap } from '../../labels.ts';
import type { ObjectMeta } from '../../object-meta.ts';
import type { ObjectFieldSelector, ResourceFieldSelector, ResourceRequirements } from './types.ts';

/** A v1 Volume: a name and one source. The sources that are only checked for missing fields are plain maps. */
export interface Volume {
  readonly name?: string;
  readonly emptyDir?: { readonly sizeLimit?: string };
  readonly hostPath?: { readonly path?: string; readonly type?: string };
  readonly gitRepo?: { readonly repository?: string; readonly directory?: string };
  readonly gcePersistentDisk?: { readonly pdName?: string; readonly partition?: number };
  readonly awsElasticBlockStore?: { readonly volumeID?: string; readonly partition?: number };
  readonly secret?: FilesSource & { readonly secretName?: string };
  readonly nfs?: { readonly server?: string; readonly path?: string };
  readonly iscsi?: IscsiSource;
  readonly glusterfs?: PlainSource;
  readonly flocker?: { readonly datasetName?: string; readonly datasetUUID?: string };
  readonly persistentVolumeClaim?: { readonly claimName?: string };
  readonly rbd?: PlainSource;
  readonly cinder?: PlainSource & SecretHolder;
  readonly cephfs?: PlainSource;
  readonly quobyte?: { readonly registry?: string; readonly tenant?: string; readonly volume?: string };
  readonly downwardAPI?: { readonly items?: readonly DownwardFile[]; readonly defaultMode?: number };
  readonly fc?: { readonly targetWWNs?: readonly string[]; readonly wwids?: readonly string[]; readonly lun?: number };
  readonly flexVolume?: { readonly driver?: string; readonly options?: StringMap };
  readonly configMap?: FilesSource & { readonly name?: string };
  readonly azureFile?: PlainSource;
  readonly vsphereVolume?: PlainSource;
  readonly photonPersistentDisk?: PlainSource;
  readonly portworxVolume?: PlainSource;
  readonly azureDisk?: AzureDiskSource;
  readonly storageos?: StorageOsSource;
  readonly projected?: ProjectedSource;
  readonly scaleIO?: PlainSource;
  readonly csi?: { readonly driver?: string; readonly nodePublishSecretRef?: { readonly name?: string } };
  readonly ephemeral?: { readonly volumeClaimTemplate?: ClaimTemplate };
  readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
}

export type PlainSource = Readonly<Record<string, unknown>>;

export interface SecretHolder {
  readonly secretRef?: { readonly name?: string };
}

export interface FilesSource {
  readonly items?: readonly KeyToPath[];
  readonly defaultMode?: number;
}

export interface KeyToPath {
  readonly key?: string;
  readonly path?: string;
  readonly mode?: number;
}

export interface DownwardFile {
  readonly path?: string;
  readonly fieldRef?: ObjectFieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
  readonly mode?: number;
}

export interface IscsiSource extends SecretHolder {
  readonly targetPortal?: string;
  readonly iqn?: string;
  readonly lun?: number;
  readonly iscsiInterface?: string;
  readonly chapAuthDiscovery?: boolean;
  readonly chapAuthSession?: boolean;
  readonly initiatorName?: string;
}

export interface AzureDiskSource {
  readonly diskName?: string;
  readonly diskURI?: string;
  readonly cachingMode?: string;
  readonly kind?: string;
}

export interface StorageOsSource extends SecretHolder {
  readonly volumeName?: string;
  readonly volumeNamespace?: string;
}

export interface ProjectedSource {
  readonly sources?: readonly Projection[];
  readonly defaultMode?: number;
}

export interface Projection {
  readonly secret?: { readonly name?: string; readonly items?: readonly KeyToPath[] };
  readonly configMap?: { readonly name?: string; readonly items?: readonly KeyToPath[] };
  readonly downwardAPI?: { readonly items?: readonly DownwardFile[] };
  readonly serviceAccountToken?: {
    readonly audience?: string;
    readonly expirationSeconds?: number;
    readonly path?: string;
  };
}

/** The claim that an ephemeral volume creates. */
export interface ClaimTemplate {
  readonly metadata?: ObjectMeta;
  readonly spec?: ClaimSpec;
}

export interface ClaimSpec {
  readonly accessModes?: readonly string[];
  readonly selector?: LabelSelectorObject;
  readonly resources?: ResourceRequirements;
  readonly storageClassName?: string;
  readonly volumeMode?: string;
  readonly volumeAttributesClassName?: string;
  readonly dataSource?: ClaimSource;
  readonly dataSourceRef?: ClaimSource & { readonly namespace?: string };
}

export interface ClaimSource {
  readonly apiGroup?: string;
  readonly kind?: string;
  readonly name?: string;
}
