import {
  dnsLabel,
  dnsSubdomain,
  each,
  optional,
  qualifiedName,
  requiredOneOf,
  requiredText,
  unlessEmpty,
} from '../../field-checks.ts';
import { type Errors, forbidden, invalid, invalidEach, required, tooLong } from '../../field-error.ts';
import { byteLength } from '../../go-text.ts';
import { addressErrors, addressRules } from '../../ip-checks.ts';
import { dnsSubdomainWithUnderscoreProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import type { KubernetesVersion } from '../../version.ts';
import type { HostAlias, PodDnsConfig, PodSpec } from './types.ts';

/** Checks of a Pod's names and of how it resolves names (pkg/apis/core/validation). */

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** Errors of which resolver a Pod asks (validateDNSPolicy). */
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
  const rules = addressRules(version);
  const serverPath = path.child('nameservers');
  const isLong = nameservers.length > 3;
  return [
    ...(isLong ? [invalid(serverPath, nameservers, 'must not have more than 3 nameservers')] : []),
    ...each(nameservers, serverPath, (address, at) => addressErrors(at, address, rules)),
    ...searchErrors(searches, path.child('searches')),
    ...each(options, path.child('options'), ({ name = '' }, at) => requiredText(name, at, 'must not be empty')),
  ];
}

function searchErrors(searches: readonly string[], path: Path): Errors {
  const isLong = byteLength(searches.join(' ')) > 2048;
  const detail = 'must not have more than 2048 characters (including spaces) in the search list';
  return [
    ...(searches.length > 32 ? [invalid(path, searches, 'must not have more than 32 search paths')] : []),
    ...(isLong ? [invalid(path, searches, detail)] : []),
    ...each(searches, path, (search, at) => {
      const domain = search.replace(/\.$/, '');
      return search === '.' ? [] : invalidEach(at, domain, dnsSubdomainWithUnderscoreProblems(domain));
    }),
  ];
}

/** Errors of a name that replaces the Pod's own (validatePodHostName). `path` is that of the spec. */
export function hostnameOverrideErrors(spec: PodSpec, path: Path): Errors {
  const { hostnameOverride: name } = spec;
  if (name === undefined) return [];
  const at = path.child('hostnameOverride');
  const refuse = (field: string) => forbidden(at, `may not be specified when ${field} is true`);
  return [
    ...(spec.setHostnameAsFQDN === true ? [refuse('setHostnameAsFQDN')] : []),
    ...(spec.hostNetwork === true ? [refuse('hostNetwork')] : []),
    ...(byteLength(name) > 64 ? [tooLong(at, 64)] : []),
    ...dnsSubdomain(name, at),
  ];
}

/** Errors of a Pod's own names. */
export function hostnameErrors({ hostname = '', subdomain = '' }: PodSpec, path: Path): Errors {
  return [
    ...unlessEmpty(hostname, path.child('hostname'), dnsLabel),
    ...unlessEmpty(subdomain, path.child('subdomain'), dnsLabel),
  ];
}

/** Errors of entries for the Pod's hosts file (ValidateHostAliases). */
export function hostAliasErrors(
  aliases: readonly HostAlias[] | undefined,
  version: KubernetesVersion,
  path: Path,
): Errors {
  const rules = addressRules(version);
  return each(aliases, path, ({ ip = '', hostnames }, at) => [
    ...addressErrors(at.child('ip'), ip, rules),
    ...each(hostnames, at.child('hostnames'), dnsSubdomain),
  ]);
}

/** Errors of conditions that a Pod's readiness waits for (validateReadinessGates). */
export function readinessGateErrors(gates: PodSpec['readinessGates'], path: Path): Errors {
  return each(gates, path, ({ conditionType = '' }, at) => qualifiedName(conditionType, at.child('conditionType')));
}
