import { sameValue } from '../../equal.ts';
import { type Errors, type FieldError, invalidText, onThisCluster } from '../../field-error.ts';
import type { AddressRules } from '../../ip-checks.ts';
import { SPEC } from '../../path.ts';
import { next, refused, type Stage } from './attempt.ts';
import { clusterIPPath, clusterIPsErrors, invalidAddresses } from './cluster-ips.ts';
import { isExternalName, isHeadlessWithoutSelector, isProxied, NONE, otherFamily, withSpec } from './facts.ts';
import { familyOfAddress } from './placeholders.ts';
import type { Service, ServiceSpec } from './types.ts';

/** What of the cluster the families depend on. */
export interface FamilySettings {
  /** The families of the cluster, the primary first. */
  readonly families: readonly string[];
  readonly addresses: AddressRules;
}

/**
 * Fills in ipFamilyPolicy and ipFamilies, or says why what is given does not fit the cluster
 * (pkg/registry/core/service/storage/alloc.go, initIPFamilyFields). `stored` is undefined on creation.
 */
export function settleFamilies(service: Service, stored: Service | undefined, settings: FamilySettings): Stage {
  const { spec: given = {} } = service;
  const before = stored && (stored.spec ?? {});
  if (isExternalName(given) || (before !== undefined && isSettledDualStack(given, before))) return next(service);
  const withPolicy = { ...given, ipFamilyPolicy: given.ipFamilyPolicy ?? policyOf(given, before) };
  const early = clusterIPsErrors(withPolicy, settings.addresses);
  if (early.length > 0) return refused(...early);
  const asked = withoutSecond(withPolicy, before);
  const { spec, errors } = inferFamilies(asked, settings);
  const all = [...reductionErrors(asked, before), ...singleStackErrors(asked), ...errors];
  if (all.length > 0) return refused(...all);
  const late = isHeadlessWithoutSelector(spec) ? [] : configurationErrors(spec, settings);
  return late.length > 0 ? refused(...late) : next(withSpec(service, withAllFamilies(spec, settings)));
}

/**
 * Services that prefer two families get or lose one only when their own fields ask for it, not because the cluster has changed
 * (isMatchingPreferDualStackClusterIPFields).
 */
export function isSettledDualStack(spec: ServiceSpec, before: ServiceSpec): boolean {
  return (
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    (before.ipFamilyPolicy ?? 'PreferDualStack') === 'PreferDualStack' &&
    spec.type === before.type &&
    isProxied(spec) &&
    sameValue(spec.clusterIPs, before.clusterIPs) &&
    sameValue(spec.ipFamilies, before.ipFamilies)
  );
}

function policyOf(spec: ServiceSpec, before: ServiceSpec | undefined): string {
  return before?.ipFamilyPolicy ?? (isHeadlessWithoutSelector(spec) ? 'RequireDualStack' : 'SingleStack');
}

/** Asking for one family alone, with all else as it was, is asking to give up the second. */
function withoutSecond(spec: ServiceSpec, before: ServiceSpec | undefined): ServiceSpec {
  if (before === undefined || spec.ipFamilyPolicy !== 'SingleStack') return spec;
  const { clusterIPs = [], ipFamilies = [] } = spec;
  return {
    ...spec,
    ...(sameValue(clusterIPs, before.clusterIPs) ? { clusterIPs: clusterIPs.slice(0, 1) } : {}),
    ...(sameValue(ipFamilies, before.ipFamilies) ? { ipFamilies: ipFamilies.slice(0, 1) } : {}),
  };
}

const POLICY = SPEC.child('ipFamilyPolicy');

function policyError(spec: ServiceSpec, detail: string): FieldError {
  return invalidText(POLICY, spec.ipFamilyPolicy, detail);
}

function reductionErrors(spec: ServiceSpec, before: ServiceSpec | undefined): Errors {
  if (before === undefined || spec.ipFamilyPolicy === 'SingleStack') return [];
  const isReduced = (list: readonly string[] = [], old: readonly string[] = []) =>
    list.length > 0 && list.length < old.length;
  const errors: FieldError[] = [];
  if (isReduced(spec.clusterIPs, before.clusterIPs)) {
    errors.push(policyError(spec, "must be 'SingleStack' to release the secondary cluster IP"));
  }
  if (isReduced(spec.ipFamilies, before.ipFamilies)) {
    errors.push(policyError(spec, "must be 'SingleStack' to release the secondary IP family"));
  }
  return errors;
}

function singleStackErrors(spec: ServiceSpec): Errors {
  if (spec.ipFamilyPolicy !== 'SingleStack') return [];
  const detail = (what: string) =>
    `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`;
  return [
    ...(spec.clusterIPs?.length === 2 ? [policyError(spec, detail('cluster IPs'))] : []),
    ...(spec.ipFamilies?.length === 2 ? [policyError(spec, detail('IP families'))] : []),
  ];
}

/** Families of given addresses that have none written beside them. */
function inferFamilies(
  spec: ServiceSpec,
  { families }: FamilySettings,
): { readonly spec: ServiceSpec; readonly errors: Errors } {
  const { clusterIPs = [] } = spec;
  const ipFamilies = [...(spec.ipFamilies ?? [])];
  const errors: FieldError[] = [];
  for (const [index, text] of clusterIPs.entries()) {
    if (text === NONE) break;
    const family = familyOfAddress(text) ?? 'unknown';
    if (index < ipFamilies.length) continue;
    if (families.includes(family)) ipFamilies.push(family);
    else {
      const detail = `${family} is not configured on this cluster`;
      errors.push(onThisCluster('serviceCIDRs', invalidAddresses(clusterIPPath(spec, index), clusterIPs, detail)));
    }
  }
  return { spec: { ...spec, ipFamilies }, errors };
}

function configurationErrors(spec: ServiceSpec, { families }: FamilySettings): Errors {
  const isRequired = spec.ipFamilyPolicy === 'RequireDualStack' && families.length < 2;
  const errors = [
    ...(isRequired ? [policyError(spec, 'this cluster is not configured for dual-stack services')] : []),
    ...(spec.ipFamilies ?? []).flatMap((family, index) => {
      const path = SPEC.child('ipFamilies').index(index);
      return families.includes(family) ? [] : [invalidText(path, family, 'not configured on this cluster')];
    }),
  ];
  return errors.map((error) => onThisCluster('serviceCIDRs', error));
}

function withAllFamilies(spec: ServiceSpec, { families }: FamilySettings): ServiceSpec {
  const { ipFamilies: given = [] } = spec;
  const ipFamilies = given.length > 0 ? given : [families[0] ?? 'IPv4'];
  // Who serves a headless Service without a selector may have families that the cluster's Services have not.
  const isPossible = isHeadlessWithoutSelector(spec) || families.length === 2;
  if (spec.ipFamilyPolicy === 'SingleStack' || ipFamilies.length > 1 || !isPossible) return { ...spec, ipFamilies };
  return { ...spec, ipFamilies: [...ipFamilies, otherFamily(ipFamilies[0] ?? '')] };
}
