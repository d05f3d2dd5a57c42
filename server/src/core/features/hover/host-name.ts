import {
  type Cluster,
  type Fact,
  findHosts,
  findServicePort,
  type Party,
  type ResolvedHost,
  resolveHost,
  resolveTargetPort,
  usesClusterDns,
  verdictOn,
  type WrittenHost,
  workloadsOfService,
} from '../../cluster/index.ts';
import { fieldOf, isExternalName, namespaceOf, type Resource, type ServicePort } from '../../manifest/index.ts';
import { code, join, lines, link, type Markup, md, text } from '../markup.ts';
import { type HoverAnswer, type HoverContext, startsWith } from './hover-context.ts';
import { goalOf, targetsOf } from './service.ts';

/** On a host name of a Service in a value (environment, arguments, ConfigMap data): what it resolves to from there. */
export const hostNameHover: HoverAnswer = (context) => {
  const { cluster, resource, field } = context;
  if (field.part !== 'value' || field.node?.kind !== 'scalar' || !holdsHostNames(context)) return undefined;
  const host = hostAt(resource.document.text, field.node.range, context.offset);
  if (host === undefined) return undefined;
  const resolved = resolveHost(cluster, namespaceOf(resource), host.name);
  if (resolved === undefined || !isMeant(host, resolved)) return undefined;
  return renderHost(cluster, resource, host, resolved);
};

function holdsHostNames({ resource, path }: HoverContext): boolean {
  if (resource.type === 'ConfigMap') return startsWith(path, ['data']);
  if (resource.type !== 'Workload') return resource.type === 'Opaque';
  return path.includes('env') || path.includes('args') || path.includes('command');
}

/** The host name on which the cursor stands. */
function hostAt(
  source: string,
  range: { readonly start: number; readonly end: number },
  offset: number,
): WrittenHost | undefined {
  return findHosts(source.slice(range.start, range.end)).find(({ start, name }) => {
    const begin = range.start + start;
    return begin <= offset && offset <= begin + name.length;
  });
}

/** A single word in running text is hardly a host name, though a Service may be called so. */
function isMeant(host: WrittenHost, resolved: ResolvedHost): boolean {
  return host.isEvident || host.name.includes('.') || resolved.pod !== undefined;
}

function renderHost(cluster: Cluster, resource: Resource, host: WrittenHost, resolved: ResolvedHost): Markup {
  const { service } = resolved;
  const written = host.port === undefined ? host.name : `${host.name}:${host.port}`;
  const label = `${namespaceOf(service)}/${service.name}`;
  const pod = resolved.pod === undefined ? '' : `Pod ${text(resolved.pod)} of `;
  const head = md`${code(written)} → ${pod}**Service ${link(label, fieldOf(service, 'metadata', 'name'))}** · ${goalOf(cluster, service)}`;
  return lines([
    head,
    portLine(cluster, host, resolved),
    verdictLine(cluster, resource, host, resolved),
    lookupLine(resource, host, resolved),
  ]);
}

function portLine(cluster: Cluster, host: WrittenHost, { service, pod }: ResolvedHost): Markup | undefined {
  if (host.port === undefined || isExternalName(service.spec)) return undefined;
  const port = findServicePort(service, host.port);
  if (port !== undefined) return md`port ${host.port} → ${describeTargets(cluster, port, service)}`;
  if (pod !== undefined || service.spec.clusterIP === 'None')
    return md`port ${host.port} of the Pods themselves: a headless Service translates none`;
  const ports = service.spec.ports.map((each) => code(each.port));
  return md`*Service ${text(service.name)} has no port ${host.port}*: it has ${ports.join(', ') || 'none'}`;
}

function describeTargets(cluster: Cluster, port: ServicePort, service: ResolvedHost['service']): Markup {
  const selected = workloadsOfService(cluster, service);
  return selected.length === 0 ? md`${code(port.targetPort)}` : join(targetsOf(port, selected), ', ');
}

/** That policies keep these Pods from the port, with what decides it; nothing where they let it through. */
function verdictLine(
  cluster: Cluster,
  resource: Resource,
  host: WrittenHost,
  { service }: ResolvedHost,
): Markup | undefined {
  const port = host.port === undefined ? undefined : findServicePort(service, host.port);
  if (resource.type !== 'Workload' || port === undefined) return undefined;
  for (const { workload } of workloadsOfService(cluster, service)) {
    const target = resolveTargetPort(workload.spec.template, port);
    if (target === undefined) continue;
    const from: Party = { kind: 'workload', workload: resource };
    const to: Party = { kind: 'workload', workload };
    const verdict = verdictOn(cluster, { from, to, protocol: port.protocol, port: target.port });
    if (verdict.outcome === 'denied')
      return md`*policies deny it*: ${join(verdict.facts.filter(isTelling).map(factWords), ' ')}`;
  }
  return undefined;
}

/** Facts that say why not: the isolating policy, and that no rule lets it through. */
function isTelling(fact: Fact, index: number, facts: readonly Fact[]): boolean {
  return fact.holds === 'no' || facts[index + 1]?.holds === 'no';
}

function factWords(fact: Fact): Markup {
  return fact.source === undefined ? md`${text(fact.text)}` : md`${link(text(fact.text), fact.source)}`;
}

function lookupLine(resource: Resource, host: WrittenHost, { tries, name }: ResolvedHost): Markup {
  if (resource.type === 'Workload' && !usesClusterDns(resource.spec.template)) {
    return md`*These Pods ask the node's DNS, where this name does not resolve* (dnsPolicy, hostNetwork)`;
  }
  if (host.name.endsWith('.')) return md`asked for as it is, since it ends with a dot`;
  return md`found as ${code(name)}, name ${tries} of the search list in namespace ${text(namespaceOf(resource))}`;
}
