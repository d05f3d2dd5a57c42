import {
  admittedByRules,
  type Cluster,
  declaredPorts,
  includes,
  isEmpty,
  portsOfRule,
  subjectsOf,
} from '../../cluster/index.ts';
import {
  type ContainerPort,
  displayName,
  type NetworkPolicyResource,
  type PolicyPort,
  type PolicyRule,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { code, join, link, type Markup, md, text } from '../markup.ts';

const MOST = 4;

/** Where a port of a rule lands: the container ports it stands for, in the Pods that the connections go to. */
export function portTargets(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rule: PolicyRule,
  port: PolicyPort,
): readonly Markup[] {
  const destinations = destinationsOf(cluster, policy, rule);
  const found = destinations.map((workload) => targetLine(workload, { ...rule, ports: [port] }));
  const more = found.length > MOST ? [md`and ${found.length - MOST} more workloads`] : [];
  const note = typeof port.port === 'number' ? [md`the Pod's own port: a Service's port is translated before`] : [];
  return [...found.slice(0, MOST), ...more, ...namedNote(rule, port), ...note];
}

/** Names and numbers are the destination's: of the isolated Pods for ingress, of the peers for egress (NPS-12). */
function destinationsOf(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rule: PolicyRule,
): readonly WorkloadResource[] {
  return rule.direction === 'Ingress'
    ? subjectsOf(cluster, policy)
    : admittedByRules(cluster, policy, [rule]).workloads;
}

function targetLine(workload: WorkloadResource, rule: PolicyRule): Markup {
  const set = portsOfRule(rule, { kind: 'workload', workload });
  const all = declaredPorts(workload.spec.template).map(({ containerPort }) => containerPort);
  const meant = all.filter(({ protocol, containerPort }) => includes(set, protocol, containerPort));
  const name = text(displayName(workload));
  if (meant.length > 0) return md`- ${name}: ${portLinks(workload, meant)}`;
  const missing = isEmpty(set) ? 'no container port of that name and protocol' : 'not declared';
  return md`- ${name}: *${missing}*${all.length > 0 && md`, it declares ${portLinks(workload, all)}`}`;
}

function portLinks(workload: WorkloadResource, ports: readonly ContainerPort[]): Markup {
  const links = ports.map(({ path, name, containerPort, protocol }) => {
    const words = [name, containerPort, protocol === 'TCP' ? undefined : protocol].filter((word) => word !== undefined);
    return md`${link(text(words.join(' ')), { resource: workload, path: [...path, 'containerPort'] })}`;
  });
  return join(links, ', ');
}

/** A name is a container's, and addresses have none. */
function namedNote(rule: PolicyRule, { port }: PolicyPort): readonly Markup[] {
  const isLost = typeof port === 'string' && rule.direction === 'Egress' && rule.peers.some((peer) => peer.ipBlock);
  return isLost ? [md`towards addresses the name ${code(port)} stands for no port`] : [];
}
