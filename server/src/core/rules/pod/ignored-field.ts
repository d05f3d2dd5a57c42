import { type Cluster, servicesOfWorkload } from '../../cluster/index.ts';
import { displayName, namespaceOf, type WorkloadResource } from '../../manifest/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';
import { removal } from '../shared/written.ts';

/** A field of a Pod or of a Pod template that the API server accepts, and that nothing reads. */
export const rule = defineRule({
  id: 'pod/ignored-field',
  severity: 'warning',
  resource: 'Workload',
  check: (workload, cluster) => [
    ...hostAliases(workload),
    ...fullName(workload),
    ...hostname(workload),
    ...subdomain(workload, cluster),
    ...namespace(workload),
  ],
});

/** An address without names adds a line to /etc/hosts that says nothing (POD-4). */
function hostAliases(workload: WorkloadResource): readonly RuleFinding[] {
  return workload.spec.template.hostAliases
    .filter(({ hostnames }) => hostnames.length === 0)
    .map(({ path, ip }) => ({
      path,
      message: `This alias has no effect: it gives no hostnames for ${ip || 'its address'}.`,
      fixes: [removal(workload, path, 'the alias')],
    }));
}

/** There is no full name without a subdomain (HN-7), which a StatefulSet takes from its Service's name. */
function fullName(workload: WorkloadResource): readonly RuleFinding[] {
  const { template, kind, serviceName } = workload.spec;
  const domain = kind === 'StatefulSet' ? serviceName : template.subdomain;
  if (!template.setHostnameAsFQDN || domain) return [];
  const path = [...template.path, 'spec', 'setHostnameAsFQDN'];
  const missing = kind === 'StatefulSet' ? 'spec.serviceName' : 'subdomain';
  const message = `setHostnameAsFQDN has no effect: without ${missing} the hostname of these Pods is all the name they have.`;
  return [{ path, part: 'key', message, fixes: [removal(workload, path)] }];
}

/** Indexed Jobs set the name themselves; on the node's network it serves only for DNS, together with a subdomain. */
function hostname(workload: WorkloadResource): readonly RuleFinding[] {
  const { template, kind, isIndexed } = workload.spec;
  if (!template.hostname || kind === 'StatefulSet') return [];
  const path = [...template.path, 'spec', 'hostname'];
  const reason = isIndexed
    ? 'the controller of an Indexed Job gives each Pod the name of the Job and its index.'
    : template.hostNetwork && !template.subdomain
      ? "these Pods use the node's network, and so the node's hostname."
      : undefined;
  if (reason === undefined) return [];
  return [{ path, part: 'key', message: `hostname has no effect: ${reason}`, fixes: [removal(workload, path)] }];
}

/**
 * DNS has a record for a Pod only if it has both (dns.md, section 2.4). A template is left alone: its Pods would all be given
 * the same name.
 */
function subdomain(workload: WorkloadResource, cluster: Cluster): readonly RuleFinding[] {
  const { template, kind } = workload.spec;
  const { subdomain: written } = template;
  if (kind !== 'Pod' || !written || template.hostname) return [];
  if (!servicesOfWorkload(cluster, workload).some(({ name }) => name === written)) return [];
  const spec = [...template.path, 'spec'];
  const message =
    `subdomain alone gives ${displayName(workload)} no DNS name: under ${written}.${namespaceOf(workload)} there are names only for ` +
    'Pods with a hostname.';
  return [{ path: [...spec, 'subdomain'], part: 'key', severity: 'information', message, fixes: nameFix(workload) }];
}

function nameFix(workload: WorkloadResource): readonly Fix[] {
  const { name, spec } = workload;
  if (name === '' || name.includes('.') || name.length > 63) return [];
  const edit = { op: 'insert', path: [...spec.template.path, 'spec', 'hostname'], value: name } as const;
  return [{ title: `Add hostname ${name}`, kind: 'suggested', edits: [{ resource: workload, edit }] }];
}

/** Pods are made where their owner is; a template's namespace is not read. */
function namespace(workload: WorkloadResource): readonly RuleFinding[] {
  const { template, kind } = workload.spec;
  const { writtenNamespace: ignored } = template;
  if (kind === 'Pod' || ignored === undefined || ignored === workload.writtenNamespace) return [];
  const path = [...template.path, 'metadata', 'namespace'];
  const isKnown = workload.writtenNamespace !== undefined;
  const place = isKnown ? `${workload.writtenNamespace}, the namespace` : 'the namespace';
  const message = `namespace ${ignored} has no effect in a template: the Pods are made in ${place} of ${displayName(workload)}.`;
  // Where the owner's own is left open, `kubectl apply -n` may well choose the same.
  return [{ path, message, ...(isKnown ? {} : { severity: 'information' }), fixes: [removal(workload, path)] }];
}
