import { bandsOfPorts } from '../../api/index.ts';
import { claimIndexOf, declaredPorts, subjectsOf, workloadsOfService } from '../../cluster/index.ts';
import { displayName, namespaceOf, type ServicePort, type WorkloadResource } from '../../manifest/index.ts';
import { type FieldPath, findNode } from '../../yaml/index.ts';
import type { Choice, Chooser, CompletionContext } from './completion-context.ts';

/** Values that other objects of the cluster have: names of Services and their ports, container ports, classes, namespaces. */
export const referenceChoices: Chooser = (context) => {
  const names = context.path.filter((step) => typeof step === 'string').join('.');
  for (const [pattern, choose] of CHOOSERS) {
    if (pattern.test(`${context.resource.kind} ${names}`)) return choose(context);
  }
  return [];
};

const CHOOSERS: readonly (readonly [RegExp, Chooser])[] = [
  [/^Ingress .*[bB]ackend\.service\.name$/, serviceNames],
  [/^Ingress .*[bB]ackend\.service\.port\.name$/, (context) => backendPorts(context, (port) => port.name)],
  [/^Ingress .*[bB]ackend\.service\.port\.number$/, (context) => backendPorts(context, ({ port }) => String(port))],
  [/^Ingress spec\.ingressClassName$/, ingressClasses],
  [/^StatefulSet spec\.serviceName$/, serviceNames],
  [/ metadata\.namespace$/, namespaces],
  [/^Service spec\.ports\.targetPort$/, targetPorts],
  [/^Service spec\.ports\.nodePort$/, freePort],
  [/^Service spec\.healthCheckNodePort$/, freePort],
  [/^Service spec\.clusterIPs?$/, freeAddress],
  [/^NetworkPolicy spec\.(ingress|egress)\.ports\.port$/, policyPorts],
  [/(httpGet|tcpSocket)\.port$/, ownPorts],
];

function reference(label: string, reason: string): Choice {
  return { label, reason, kind: 'reference' };
}

function serviceNames({ cluster, resource }: CompletionContext): readonly Choice[] {
  const { services } = cluster.namespace(namespaceOf(resource));
  return services.map((service) => reference(service.name, `Service, ${describePorts(service.spec.ports)}`));
}

function describePorts(ports: readonly ServicePort[]): string {
  if (ports.length === 0) return 'no ports';
  return ports.map(({ name, port }) => (name === '' ? String(port) : `${name} ${port}`)).join(', ');
}

/** Ports of the Service that the same backend names. */
function backendPorts(context: CompletionContext, textOf: (port: ServicePort) => string): readonly Choice[] {
  const { cluster, resource, path } = context;
  const name = textAt(context, [...path.slice(0, -2), 'name']);
  const service = cluster.namespace(namespaceOf(resource)).findService(name ?? '');
  return (service?.spec.ports ?? [])
    .filter((port) => textOf(port) !== '')
    .map((port) => reference(textOf(port), `port ${describePorts([port])} of Service ${name}`));
}

function textAt({ place, resource }: CompletionContext, path: FieldPath): string | undefined {
  const node = findNode(place.document.root, [...resource.path, ...path]);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

function ingressClasses({ cluster }: CompletionContext): readonly Choice[] {
  return cluster.ingressClasses.map(({ name, spec }) => reference(name, `IngressClass of ${spec.controller}`));
}

function namespaces({ cluster }: CompletionContext): readonly Choice[] {
  return cluster.namespaces.map(({ name, workloads }) =>
    reference(name, `namespace with ${workloads.length} workloads`),
  );
}

/** Names and numbers of the ports of the Pods that the Service selects. */
function targetPorts({ cluster, resource }: CompletionContext): readonly Choice[] {
  if (resource.type !== 'Service') return [];
  return portsOf(workloadsOfService(cluster, resource).map(({ workload }) => workload));
}

function portsOf(workloads: readonly WorkloadResource[]): readonly Choice[] {
  const choices = workloads.flatMap((workload) =>
    declaredPorts(workload.spec.template).flatMap(({ containerPort: { name, containerPort, protocol } }) => {
      const place = `of ${displayName(workload)}`;
      const number = reference(String(containerPort), `${protocol} port ${place}`);
      return name === undefined || name === ''
        ? [number]
        : [reference(name, `${protocol} ${containerPort} ${place}`), number];
    }),
  );
  return withoutRepeats(choices);
}

function withoutRepeats(choices: readonly Choice[]): readonly Choice[] {
  return choices.filter((choice, index) => choices.findIndex(({ label }) => label === choice.label) === index);
}

/** Ports of the Pods that a rule of a policy is about; those of its own Pods for ingress, of any in view for egress. */
function policyPorts({ cluster, resource, path }: CompletionContext): readonly Choice[] {
  if (resource.type !== 'NetworkPolicy') return [];
  if (path[1] === 'ingress') return portsOf(subjectsOf(cluster, resource));
  return portsOf(cluster.namespace(namespaceOf(resource)).workloads);
}

/** Ports of the containers of the same Pod, for probes. */
function ownPorts({ resource }: CompletionContext): readonly Choice[] {
  return resource.type === 'Workload' ? portsOf([resource]) : [];
}

function freePort({ cluster }: CompletionContext): readonly Choice[] {
  const port = claimIndexOf(cluster).freePort();
  const band = bandsOfPorts(cluster.settings.nodePortRange)?.static;
  const reason =
    band === undefined ? 'free' : `free, and between ${band.first} and ${band.last}, which is left for fixed use`;
  return port === undefined ? [] : [reference(String(port), reason)];
}

function freeAddress({ cluster }: CompletionContext): readonly Choice[] {
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const address = claimIndexOf(cluster).freeAddress(family);
    return address === undefined ? [] : [reference(address, 'free, and in the part that is left for fixed use')];
  });
}
