/** A minor version of Kubernetes 1: 36 for 1.36. */
export type KubernetesVersion = number;

/** The version whose behaviour this library has. */
export const CURRENT_VERSION: KubernetesVersion = 36;

/** What older servers did differently, where people still run them. Each is true from the given version on. */
const SINCE = {
  /** Names of Services may start with a digit (gate RelaxedServiceNameValidation, on by default since 1.36; KEP-5311). */
  relaxedServiceNames: 36,
  /** Leading zeros, mapped addresses and host bits are refused, not warned of (gate StrictIPCIDRValidation, KEP-4858). */
  strictAddresses: 36,
  /** EndpointSlices keep hints for nodes (gate PreferSameTrafficDistribution, on by default since 1.34; KEP-3015). */
  nodeHints: 34,
  /** Pods keep `hostnameOverride` (gate HostnameOverride, on by default since 1.35; KEP-4762). */
  hostnameOverride: 35,
  /** Services may ask for `PreferSameZone` and `PreferSameNode` (gate PreferSameTrafficDistribution; KEP-3015). */
  preferSameDistribution: 34,
  /** `trafficDistribution: PreferClose` has a better name, of which the server tells. */
  preferCloseDeprecated: 35,
  /** The server warns of `externalIPs`. */
  externalIPsDeprecated: 36,
} as const;

/** Something that older servers did otherwise. */
export type VersionedBehavior = keyof typeof SINCE;

/** Whether a server of this version does it. */
export function behaves(version: KubernetesVersion, behavior: VersionedBehavior): boolean {
  return version >= SINCE[behavior];
}

/** The minor version of a text such as `1.34`, `v1.35.2`; undefined if it is none. */
export function parseVersion(text: string): KubernetesVersion | undefined {
  const minor = /^v?1\.(\d{1,3})(\.\d+.*)?$/.exec(text)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
