import { bandsOfPorts, dnsSubdomainProblems, portNameProblems } from '../../api/index.ts';
import {
  admittedByRules,
  type Cluster,
  claimIndexOf,
  type DeclaredPort,
  declaredPorts,
  subjectsOf,
  workloadsOfService,
} from '../../cluster/index.ts';
import {
  displayName,
  isHeadless,
  type NetworkPolicyResource,
  namespaceOf,
  type PolicyRule,
  SERVICE_NAME_LABEL,
  type ServicePort,
  type ServiceResource,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { count } from '../../words.ts';
import { type Choice, type Chooser, type CompletionContext, textAt } from './completion-context.ts';
import { presentItems } from './cursor.ts';

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
  [/^Ingress .*[bB]ackend\.service\.port\.name$/, (context) => backendPorts(context, backendName)],
  [/^Ingress .*[bB]ackend\.service\.port\.number$/, (context) => backendPorts(context, ({ port }) => String(port))],
  [/^Ingress spec\.ingressClassName$/, ingressClasses],
  [/^Ingress spec\.tls\.hosts$/, ruleHosts],
  [/^StatefulSet spec\.serviceName$/, headlessFirst],
  [/^\w+ spec\.([\w.]+\.)?subdomain$/, headlessFirst],
  [/^EndpointSlice ports\.name$/, slicePorts],
  [/ metadata\.namespace$/, namespaces],
  [/^Service spec\.ports\.targetPort$/, targetPorts],
  [/^Service spec\.ports\.nodePort$/, freePort],
  [/^Service spec\.healthCheckNodePort$/, freePort],
  [/^Service spec\.clusterIPs?$/, freeAddresses],
  [/^NetworkPolicy spec\.(ingress|egress)\.ports\.port$/, policyPorts],
  [/(httpGet|tcpSocket)\.port$/, ownPorts],
  [/grpc\.port$/, (context) => ownPorts(context).filter(({ label }) => /^\d+$/.test(label))],
];

function reference(label: string, reason: string): Choice {
  return { label, reason, kind: 'reference' };
}

/** Names of the Services of the namespace. */
export function serviceNames(context: CompletionContext): readonly Choice[] {
  return servicesBeside(context).map(serviceChoice);
}

/** The same where Pods get names below that of a Service, which only a headless one gives them. */
function headlessFirst(context: CompletionContext): readonly Choice[] {
  const isOther = ({ spec }: ServiceResource) => Number(!isHeadless(spec));
  return [...servicesBeside(context)].sort((a, b) => isOther(a) - isOther(b)).map(serviceChoice);
}

function servicesBeside({ cluster, resource }: CompletionContext): readonly ServiceResource[] {
  return cluster.namespace(namespaceOf(resource)).services;
}

function serviceChoice({ name, spec }: ServiceResource): Choice {
  return reference(name, `${isHeadless(spec) ? 'headless Service' : 'Service'}, ${describePorts(spec.ports)}`);
}

function describePorts(ports: readonly ServicePort[]): string {
  if (ports.length === 0) return 'no ports';
  return ports.map(({ name, port }) => (name === '' ? String(port) : `${name} ${port}`)).join(', ');
}

/** Ports of the Service that the same backend names. */
function backendPorts(context: CompletionContext, textOf: (port: ServicePort) => string): readonly Choice[] {
  const { cluster, resource, path } = context;
  const name = textAt(context, [...path.slice(0, -2), 'name']);
  return portsOfService(cluster, namespaceOf(resource), name ?? '', textOf);
}

function backendName({ name }: ServicePort): string {
  return isPortName(name) ? name : '';
}

/** Names of the ports of the Service that a slice belongs to. */
function slicePorts({ cluster, resource }: CompletionContext): readonly Choice[] {
  const name = resource.labels.get(SERVICE_NAME_LABEL) ?? '';
  return portsOfService(cluster, namespaceOf(resource), name, (port) => port.name);
}

function portsOfService(
  cluster: Cluster,
  namespace: string,
  name: string,
  textOf: (port: ServicePort) => string,
): readonly Choice[] {
  const service = cluster.namespace(namespace).findService(name);
  return (service?.spec.ports ?? [])
    .filter((port) => textOf(port) !== '')
    .map((port) => reference(textOf(port), `port ${describePorts([port])} of Service ${name}`));
}

/** The hosts that the rules of the same Ingress name. */
function ruleHosts({ resource }: CompletionContext): readonly Choice[] {
  const hosts = resource.type === 'Ingress' ? resource.spec.rules.map(({ host }) => host) : [];
  return [...new Set(hosts)].filter(isHost).map((host) => reference(host, 'host of a rule'));
}

function isHost(host: string): boolean {
  return dnsSubdomainProblems(host.replace(/^\*\./, '')).length === 0;
}

function ingressClasses({ cluster }: CompletionContext): readonly Choice[] {
  return cluster.ingressClasses.map(({ name, spec }) => reference(name, `IngressClass of ${spec.controller}`));
}

function namespaces({ cluster }: CompletionContext): readonly Choice[] {
  return cluster.namespaces.map(({ name, workloads }) =>
    reference(name, `namespace with ${count(workloads.length, 'workload')}`),
  );
}

/** Names and numbers of the ports of the Pods that the Service selects. */
function targetPorts(context: CompletionContext): readonly Choice[] {
  const { cluster, resource } = context;
  if (resource.type !== 'Service') return [];
  return portsOf(
    context,
    workloadsOfService(cluster, resource).flatMap(({ workload }) => declaredBy(workload)),
  );
}

/** A port of a container, and whose it is. */
interface OwnedPort extends DeclaredPort {
  readonly workload: WorkloadResource;
}

function declaredBy(workload: WorkloadResource): readonly OwnedPort[] {
  return declaredPorts(workload.spec.template).map((port) => ({ ...port, workload }));
}

/** Names and numbers of ports, each once; first those of the protocol that stands beside the field. */
function portsOf(context: CompletionContext, ports: readonly OwnedPort[]): readonly Choice[] {
  const wanted = textAt(context, [...context.path.slice(0, -1), 'protocol']) ?? 'TCP';
  const isOther = ({ containerPort }: OwnedPort) => Number(containerPort.protocol !== wanted);
  return withoutRepeats([...ports].sort((a, b) => isOther(a) - isOther(b)).flatMap(portChoices));
}

function portChoices({ workload, containerPort }: OwnedPort): readonly Choice[] {
  const { name = '', containerPort: number, protocol } = containerPort;
  const place = `of ${displayName(workload)}`;
  const byNumber = reference(String(number), `${protocol} port ${place}`);
  return isPortName(name) ? [reference(name, `${protocol} ${number} ${place}`), byNumber] : [byNumber];
}

/** A Service may give its port a longer name than an Ingress takes. */
function isPortName(name: string): boolean {
  return portNameProblems(name).length === 0;
}

function withoutRepeats(choices: readonly Choice[]): readonly Choice[] {
  const first = new Map<string, Choice>();
  for (const choice of choices) if (!first.has(choice.label)) first.set(choice.label, choice);
  return [...first.values()];
}

/** Ports of the Pods that a rule of a policy leads to: for ingress the policy's own, for egress those that the rule names. */
function policyPorts(context: CompletionContext): readonly Choice[] {
  const { cluster, resource, path } = context;
  if (resource.type !== 'NetworkPolicy') return [];
  const rule = resource.spec.egress.find((each) => each.path.at(-1) === path[2]);
  const workloads = path[1] === 'ingress' ? subjectsOf(cluster, resource) : targetsOf(cluster, resource, rule);
  return portsOf(context, workloads.flatMap(declaredBy));
}

/** A rule without peers leads everywhere. */
function targetsOf(
  cluster: Cluster,
  policy: NetworkPolicyResource,
  rule: PolicyRule | undefined,
): readonly WorkloadResource[] {
  const { everyone, workloads } = admittedByRules(cluster, policy, rule === undefined ? [] : [rule]);
  return everyone ? cluster.namespaces.flatMap((view) => view.workloads) : workloads;
}

/** Ports of the container that a probe is in. */
function ownPorts(context: CompletionContext): readonly Choice[] {
  const { resource, path } = context;
  if (resource.type !== 'Workload') return [];
  const place = [...resource.path, ...path].join('/');
  const isOwn = ({ container }: OwnedPort) => place.startsWith(`${container.path.join('/')}/`);
  return portsOf(context, declaredBy(resource).filter(isOwn));
}

function freePort({ cluster }: CompletionContext): readonly Choice[] {
  const port = claimIndexOf(cluster).freePort();
  const band = bandsOfPorts(cluster.settings.nodePortRange)?.static;
  const reason =
    band === undefined ? 'free' : `free, and between ${band.first} and ${band.last}, which is left for fixed use`;
  return port === undefined ? [] : [reference(String(port), reason)];
}

/** Addresses of the families that the Service has none of; the first of them stands in clusterIP too. */
function freeAddresses(context: CompletionContext): readonly Choice[] {
  const { cluster, path, place } = context;
  const main = textAt(context, ['spec', 'clusterIP']);
  const isFirst = path.at(-1) === 0 || path.at(-1) === 'clusterIPs';
  if (isFirst && main !== undefined) return [reference(main, 'as clusterIP')];
  const given = new Set([...presentItems(place)].map(familyOf));
  return (['IPv4', 'IPv6'] as const)
    .filter((family) => !given.has(family))
    .flatMap((family) => claimIndexOf(cluster).freeAddress(family) ?? [])
    .map((address) => reference(address, 'free, and in the part that is left for fixed use'));
}

function familyOf(address: string): 'IPv4' | 'IPv6' {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}
