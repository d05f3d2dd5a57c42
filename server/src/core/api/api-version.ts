/** The two parts of an apiVersion, at its first slash: `['apps', 'v1']`, and `['', 'v1']` for the core group. */
export function splitApiVersion(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return [apiVersion.slice(0, Math.max(0, slash)), apiVersion.slice(slash + 1)];
}

/** `apps` of `apps/v1`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return splitApiVersion(apiVersion)[0];
}

/** `v1` of `apps/v1`. */
export function versionOf(apiVersion: string): string {
  return splitApiVersion(apiVersion)[1];
}

/** The apiVersion of a group, which is empty for the core group, and a version. */
export function joinApiVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}
