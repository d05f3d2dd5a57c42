import { dnsLabel, dnsSubdomain, each, optional, qualifiedName, requiredOneOf } from '../../field-checks.ts';
import { type Errors, type FieldError, forbidden, invalid, invalidEach, required, tooLong } from '../../field-error.ts';
import { byteLength } from '../../go-text.ts';
import { addressErrors } from '../../ip-checks.ts';
import { dnsSubdomainWithUnderscoreProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import { behaves, type KubernetesVersion } from '../../version.ts';
import type { HostAlias, PodDnsConfig, PodSpec } from './types.ts';

/** Checks of a Pod's names and of how it resolves names (pkg/apis/core/validation). */

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

export function dnsPolicyErrors(policy: string | undefined, path: Path): Errors {
  return requiredOneOf(policy, DNS_POLICIES, path);
}

/** Errors of the resolver's settings; without a policy the Pod must bring its own (validatePodDNSConfig). `path` is that of the spec. */
export function dnsConfigErrors({ dnsPolicy, dnsConfig }: PodSpec, version: KubernetesVersion, path: Path): Errors {
  const at = path.child('dnsConfig');
  if (dnsPolicy === 'None') {
    if (dnsConfig === undefined) return [required(at, 'must provide `dnsConfig` when `dnsPolicy` is None')];
    if ((dnsConfig.nameservers ?? []).length === 0) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
      return [required(at.child('nameservers'), detail)];
    }
  }
  return optional(dnsConfig, (config) => resolverErrors(config, version, at));
}

function resolverErrors(config: PodDnsConfig, version: KubernetesVersion, path: Path): Errors {
  const { nameservers = [], searches = [], options } = config;
  const strict = behaves(version, 'strictAddresses');
  const serverPath = path.child('nameservers');
  const tooMany = nameservers.length > 3;
  return [
    ...(tooMany ? [invalid(serverPath, nameservers, 'must not have more than 3 nameservers')] : []),
    ...each(nameservers, serverPath, (address, at) => addressErrors(at, address, { strict })),
    ...searchErrors(searches, path.child('searches')),
    ...each(options, path.child('options'), ({ name = '' }, at) =>
      name === '' ? [required(at, 'must not be empty')] : [],
    ),
  ];
}

function searchErrors(searches: readonly string[], path: Path): Errors {
  const errors: FieldError[] = [];
  if (searches.length > 32) errors.push(invalid(path, searches, 'must not have more than 32 search paths'));
  if (byteLength(searches.join(' ')) > 2048) {
    const detail = 'must not have more than 2048 characters (including spaces) in the search list';
    errors.push(invalid(path, searches, detail));
  }
  const domains = each(searches, path, (search, at) => {
    const domain = search.replace(/\.$/, '');
    return search === '.' ? [] : invalidEach(at, domain, dnsSubdomainWithUnderscoreProblems(domain));
  });
  return [...errors, ...domains];
}

/** Errors of a name that replaces the Pod's own (validatePodHostName). `path` is that of the spec. */
export function hostnameOverrideErrors(spec: PodSpec, path: Path): Errors {
  const { hostnameOverride: name } = spec;
  if (name === undefined) return [];
  const at = path.child('hostnameOverride');
  const errors: FieldError[] = [];
  if (spec.setHostnameAsFQDN === true) {
    errors.push(forbidden(at, 'may not be specified when setHostnameAsFQDN is true'));
  }
  if (spec.hostNetwork === true) errors.push(forbidden(at, 'may not be specified when hostNetwork is true'));
  if (byteLength(name) > 64) errors.push(tooLong(at, 64));
  return [...errors, ...dnsSubdomain(name, at)];
}

/** Errors of a Pod's own names. */
export function hostnameErrors({ hostname = '', subdomain = '' }: PodSpec, path: Path): Errors {
  return [
    ...(hostname === '' ? [] : dnsLabel(hostname, path.child('hostname'))),
    ...(subdomain === '' ? [] : dnsLabel(subdomain, path.child('subdomain'))),
  ];
}

/** Errors of entries for the Pod's hosts file (ValidateHostAliases). */
export function hostAliasErrors(
  aliases: readonly HostAlias[] | undefined,
  version: KubernetesVersion,
  path: Path,
): Errors {
  const strict = behaves(version, 'strictAddresses');
  return each(aliases, path, ({ ip = '', hostnames }, at) => [
    ...addressErrors(at.child('ip'), ip, { strict }),
    ...each(hostnames, at.child('hostnames'), dnsSubdomain),
  ]);
}

export function readinessGateErrors(gates: PodSpec['readinessGates'], path: Path): Errors {
  return each(gates, path, ({ conditionType = '' }, at) => qualifiedName(conditionType, at.child('conditionType')));
}
