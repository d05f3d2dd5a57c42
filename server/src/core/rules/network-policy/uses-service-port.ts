import {
  allWorkloads,
  type Cluster,
  declaredPorts,
  findOtherPolicy,
  includes,
  matchesUnlabelled,
  portsOfRule,
  resolveTargetPort,
  ruleNames,
  rulesOf,
  servicesOfWorkload,
  subjectsOf,
} from '../../cluster/index.ts';
import {
  displayName,
  type NetworkPolicyResource,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  type ServicePort,
  type ServiceResource,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { list } from '../../words.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** A policy that names the port of a Service, which its Pods do not see. */
export const rule = defineRule({
  id: 'network-policy/uses-service-port',
  severity: 'warning',
  resource: 'NetworkPolicy',
  check(policy, cluster) {
    if (findOtherPolicy(cluster) !== undefined) return [];
    return policy.spec.policyTypes
      .flatMap((direction) => rulesOf(policy, direction))
      .flatMap((rule) => {
        const destinations = destinationsOf(cluster, policy, rule);
        return rule.ports.flatMap((port) => checkPort(cluster, policy, rule, port, destinations));
      });
  },
});

/** Whose ports a rule means: those of the selected Pods for ingress, of the peers for egress. */
function destinationsOf(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rule: PolicyRule,
): readonly WorkloadResource[] {
  if (rule.direction === 'Ingress') return subjectsOf(cluster, policy);
  if (rule.peers.length === 0 || rule.peers.some(reachesFar)) return [];
  return allWorkloads(cluster).filter((workload) => ruleNames(cluster, policy, rule, { kind: 'workload', workload }));
}

/** Whether a peer is addresses, or Pods of namespaces that nobody names: any port may be right there. */
function reachesFar({ ipBlock, namespaceSelector, podSelector }: PolicyPeer): boolean {
  if (ipBlock !== undefined) return true;
  return namespaceSelector !== undefined && podSelector === undefined && matchesUnlabelled(namespaceSelector);
}

function checkPort(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rule: PolicyRule,
  port: PolicyPort,
  destinations: readonly WorkloadResource[],
): readonly RuleFinding[] {
  if (typeof port.port !== 'number' || port.endPort !== undefined) return [];
  // Where one of them declares the port, it is the right one for that one at least.
  if (destinations.length === 0 || destinations.some((workload) => declares(workload, port))) return [];
  const translations = destinations.flatMap((workload) => translationsOf(cluster, workload, port));
  const [first] = translations;
  if (first === undefined || translations.every((each) => isLetThrough(rule, each))) return [];
  // A Pod that declares no port may listen on any.
  const isTranslated = (workload: WorkloadResource) => translations.some((each) => each.workload === workload);
  const mayListen = (workload: WorkloadResource) => declaredPorts(workload.spec.template).length === 0;
  if (destinations.some((workload) => mayListen(workload) && !isTranslated(workload))) return [];
  const targets = [...new Set(translations.map(({ podPort }) => podPort))];
  const path = [...port.path, 'port'];
  return [
    {
      path,
      message:
        `${port.port} is the port of Service ${first.service.name}, and policies see the Pods' own: ` +
        `${displayName(first.workload)} listens on ${list(targets.map(String))}.`,
      related: [
        {
          resource: first.service,
          path: first.servicePort.targetPortPath,
          message: `Here ${port.port} becomes ${first.podPort}.`,
        },
      ],
      fixes: targets.map((value) => ({
        title: `Use the Pods' port ${value}`,
        kind: 'suggested' as const,
        edits: [{ resource: policy, edit: { op: 'replace' as const, path, value } }],
      })),
    },
  ];
}

/** The same rule also has the Pods' port: then the other one does no harm. */
function isLetThrough(rule: PolicyRule, { workload, servicePort, podPort }: Translation): boolean {
  return includes(portsOfRule(rule, { kind: 'workload', workload }), servicePort.protocol, podPort);
}

function declares(workload: WorkloadResource, { port, protocol }: PolicyPort): boolean {
  return declaredPorts(workload.spec.template).some(
    ({ containerPort }) => containerPort.containerPort === port && containerPort.protocol === protocol,
  );
}

interface Translation {
  readonly workload: WorkloadResource;
  readonly service: ServiceResource;
  readonly servicePort: ServicePort;
  readonly podPort: number;
}

/** Services that turn this port into another one of the workload's Pods. */
function translationsOf(
  cluster: Cluster,
  workload: WorkloadResource,
  { port, protocol }: PolicyPort,
): readonly Translation[] {
  return servicesOfWorkload(cluster, workload).flatMap((service) =>
    service.spec.ports
      .filter((servicePort) => servicePort.port === port && servicePort.protocol === protocol)
      .flatMap((servicePort) => {
        const podPort = resolveTargetPort(workload.spec.template, servicePort)?.port;
        return podPort === undefined || podPort === port ? [] : [{ workload, service, servicePort, podPort }];
      }),
  );
}
