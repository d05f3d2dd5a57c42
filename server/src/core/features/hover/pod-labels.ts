import { policiesSelecting, servicesOfWorkload } from '../../cluster/index.ts';
import {
  displayName,
  fieldOf,
  type NetworkPolicyResource,
  type ServiceResource,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { list, renderLabels } from '../../words.ts';
import { code, join, lines, link, type Markup, md, text } from '../markup.ts';
import { otherPolicyNote, policyLink } from '../policy-words.ts';
import { type HoverAnswer, startsWith } from './hover-context.ts';

/** On the labels of a Pod or Pod template: the Services and policies that select the Pods by them. */
export const podLabelsHover: HoverAnswer = ({ cluster, resource, field }) => {
  if (resource.type !== 'Workload') return undefined;
  const { template } = resource.spec;
  if (!startsWith(field.path, [...template.path, 'metadata', 'labels'])) return undefined;
  const services = servicesOfWorkload(cluster, resource);
  const policies = policiesSelecting(cluster, resource);
  return lines([
    md`${subject(resource)} ${code(renderLabels(template.labels))}`,
    md`**Services** ${services.length === 0 ? 'none in view selects them' : join(services.map(serviceLink), ', ')}`,
    md`**Policies** ${policies.length === 0 ? noPolicy(template.hostNetwork) : join(policies.map(policyWords), ', ')}`,
    otherPolicyNote(cluster),
  ]);
};

function subject(workload: WorkloadResource): string {
  const name = text(displayName(workload));
  return workload.spec.kind === 'Pod' ? `${name} carries` : `Pods of ${name} carry`;
}

function serviceLink(service: ServiceResource): Markup {
  return md`${link(text(service.name), fieldOf(service, 'metadata', 'name'))}`;
}

function policyWords(policy: NetworkPolicyResource): Markup {
  const directions = list(policy.spec.policyTypes.map((type) => type.toLowerCase()));
  return md`${policyLink(policy)} (${directions || 'no direction'})`;
}

/** Policies are not defined for Pods on the node's network (NPS-11). */
function noPolicy(hostNetwork: boolean): string {
  return hostNetwork ? 'none applies: the Pods are on the network of their node' : 'none in view selects them';
}
