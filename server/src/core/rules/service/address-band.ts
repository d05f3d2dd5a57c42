import { bandsOfCidr, parseLenientCidr, renderAddress } from '../../api/index.ts';
import { addressesOf, type Cluster, claimsOfService, type ServiceClaim } from '../../cluster/index.ts';
import { namespaceOf, type ServiceResource } from '../../manifest/index.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { placeOf } from '../shared/fixes/fix.ts';
import { freeFixes } from '../shared/fixes/index.ts';

/** A fixed cluster address that the server may give to another Service first, or that cluster DNS is expected to have. */
export const rule = defineRule({
  id: 'service/address-band',
  severity: 'warning',
  resource: 'Service',
  check: (service, cluster) => {
    const isAssumed = !cluster.settings.given.has('serviceCIDRs');
    return claimsOfService(cluster, service).flatMap((claim): readonly RuleFinding[] => {
      const message = messageFor(service, claim, cluster);
      if (message === undefined) return [];
      return [
        {
          path: claim.path,
          message: isAssumed ? `${message} Assumed is kubeadm's ${cluster.settings.serviceCIDRs.join(', ')}.` : message,
          ...(isAssumed ? { severity: 'information' } : {}),
          fixes: freeFixes(placeOf(service, claim.path.slice(service.path.length)), cluster),
        },
      ];
    });
  },
});

function messageFor(service: ServiceResource, claim: ServiceClaim, cluster: Cluster): string | undefined {
  if (claim.kind === 'port') return undefined;
  const address = renderAddress(claim.family, claim.value);
  if (isDnsAddress(claim, cluster) && namespaceOf(service) !== cluster.settings.dnsService.namespace) {
    return `${address} is the address that kubeadm gives cluster DNS. Whichever Service is created second is refused.`;
  }
  const given = addressesOf(cluster, service).find((each) => each.kind === 'given' && each.family === claim.family);
  if (given?.kind !== 'given' || given.band !== 'dynamic') return undefined;
  const band = cluster.settings.serviceCIDRs.map(bandsOfCidr).find((bands) => bands?.static !== undefined)?.static;
  const advice = band === undefined ? '' : ` Addresses from ${band.first} to ${band.last} are left for fixed use.`;
  return `The server picks addresses at random where ${address} lies, so another Service may have it first.${advice}`;
}

/** kubeadm's GetDNSIP: the tenth address of the CIDR. */
function isDnsAddress(claim: Extract<ServiceClaim, { kind: 'address' }>, { settings }: Cluster): boolean {
  return settings.serviceCIDRs.some((cidr) => {
    const range = parseLenientCidr(cidr)?.range;
    return range?.family === claim.family && range.first + 10n === claim.value;
  });
}
