import { claimIndexOf, claimsOfService, type ServiceClaim } from '../../cluster/index.ts';
import { displayName, identityOf, namespaceOf, type ServiceResource } from '../../manifest/index.ts';
import { rangeOfPath } from '../../yaml/index.ts';
import { defineRule, type RuleFinding } from '../rule.ts';
import { placeOf } from '../shared/fixes/fix.ts';
import { freeFixes } from '../shared/fixes/index.ts';

/** A cluster address or node port that another Service, written earlier, has already. */
export const rule = defineRule({
  id: 'service/collision',
  severity: 'warning',
  resource: 'Service',
  check: (service, cluster) =>
    claimsOfService(cluster, service).flatMap((claim): readonly RuleFinding[] => {
      const holder = claimIndexOf(cluster).holderOf(claim);
      // The same object written twice is one Service, which has it.
      if (holder === undefined || identityOf(holder.service) === identityOf(service)) return [];
      const other = `${namespaceOf(holder.service)}/${holder.service.name}`;
      return [
        {
          path: claim.path,
          // Whoever applies one file applies all of it; files of one set may be meant for several clusters.
          ...(holder.service.uri === service.uri ? { severity: 'error' } : {}),
          message: `Service ${other} has ${nameOf(claim, service)}, so the API server refuses this one: ${reasonOf(claim)}.`,
          related: [
            { resource: holder.service, path: holder.path, message: `${displayName(holder.service)} asks for it.` },
          ],
          fixes: freeFixes(placeOf(service, claim.path.slice(service.path.length)), cluster),
        },
      ];
    }),
});

function nameOf({ kind, path }: ServiceClaim, service: ServiceResource): string {
  const range = rangeOfPath(service.document, path, 'value');
  const value = service.document.text.slice(range.start, range.end).replaceAll(/["']/g, '');
  return kind === 'port' ? `node port ${value}` : value;
}

function reasonOf(claim: ServiceClaim): string {
  if (claim.kind === 'address') return 'provided IP is already allocated';
  // Node ports are one pool, whatever the protocol.
  return 'provided port is already allocated';
}
