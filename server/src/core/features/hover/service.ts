import {
  addressesOf,
  type Cluster,
  type DnsRecord,
  namesOf,
  reachableBy,
  recordsOf,
  resolveTargetPort,
  type SelectedWorkload,
  type ServiceAddress,
  workloadsOfService,
} from '../../cluster/index.ts';
import {
  displayName,
  fieldOf,
  isExternalName,
  isHeadless,
  namespaceOf,
  type ServicePort,
  type ServiceResource,
} from '../../manifest/index.ts';
import { list } from '../../words.ts';
import { describeSelected } from '../code-lens/service.ts';
import { code, join, lines, link, type Markup, md, paragraphs, table, text } from '../markup.ts';
import { reachWords } from '../policy-words.ts';
import { addressBandWords, addressWords } from './allocated.ts';
import { type HoverAnswer, isPath } from './hover-context.ts';
import { storedLine } from './stored-object.ts';

/** On a Service's name: its names, addresses, ports and Pods. */
export const serviceHover: HoverAnswer = ({ cluster, resource, path }) => {
  if (resource.type !== 'Service' || !isPath(path, ['metadata', 'name'])) return undefined;
  return renderService(cluster, resource);
};

/** The card of a Service, which other hovers show too where they name one. */
export function renderService(cluster: Cluster, service: ServiceResource): Markup {
  const selected = workloadsOfService(cluster, service);
  return paragraphs([
    headline(cluster, service),
    nameTable(cluster, service),
    lines([
      ...addressLines(cluster, service),
      ...portLines(service, selected),
      reachLine(cluster, service),
      storedLine(service),
    ]),
  ]);
}

/** How many workloads policies let reach the Service; nothing where no policy decides it. */
function reachLine(cluster: Cluster, service: ServiceResource): Markup | undefined {
  const reach = reachableBy(cluster, service);
  return reach && reachWords(reach, service);
}

function headline(cluster: Cluster, service: ServiceResource): Markup {
  const { spec } = service;
  const kind = isExternalName(spec) ? 'ExternalName' : isHeadless(spec) ? 'headless' : spec.type;
  return md`**${text(service.name)}** · ${kind} Service in ${text(namespaceOf(service))} → ${goalOf(cluster, service)}`;
}

/** Where a Service leads, in a few words: its Pods, or the name that it stands for. */
export function goalOf(cluster: Cluster, service: ServiceResource): string {
  if (isExternalName(service.spec)) return code(service.spec.externalName ?? '');
  if (service.spec.selector.size === 0) return 'endpoints written by hand';
  const selected = workloadsOfService(cluster, service);
  return selected.length === 0 ? '*no Pod in view*' : text(describeSelected(selected));
}

function nameTable(cluster: Cluster, service: ServiceResource): Markup {
  const { short, withNamespace, full } = namesOf(cluster, service);
  const records = recordsOf(cluster, service);
  const answer = answersOf(records.filter((record) => record.name === full && record.type !== 'SRV'));
  const pods = records.filter((record) => record.name !== full && record.type !== 'SRV');
  const services = records.filter((record) => record.type === 'SRV');
  const rows: Markup[][] = [
    [md`${text(namespaceOf(service))}`, md`${code(short)}`, answer],
    [md`anywhere`, md`${code(withNamespace)} · ${code(full)}`, answer],
  ];
  const podHosts = [...new Set(pods.map((record) => record.name))];
  if (podHosts.length > 0) rows.push([md`per Pod`, listed(podHosts), answersOf(pods.slice(0, 1))]);
  if (services.length > 0)
    rows.push([md`SRV`, listed(services.map((record) => record.name)), serviceAnswers(service, services)]);
  return table(['from', 'name', 'answers'], rows);
}

function listed(names: readonly string[]): Markup {
  return md`${list(
    names.map((name) => code(name)),
    3,
  )}`;
}

/** SRV answers are a port and a target, which the rows above name already. */
function serviceAnswers(service: ServiceResource, records: readonly DnsRecord[]): Markup {
  if (isHeadless(service.spec)) return answersOf(records.slice(0, 2));
  const ports = service.spec.ports.filter((port) => port.name !== '').map(({ port }) => code(port));
  return md`${ports.length === 1 ? 'port' : 'ports'} ${list(ports)}`;
}

function answersOf(records: readonly DnsRecord[]): Markup {
  if (records.length === 0) return md`nothing`;
  const words = records.map(({ type, data, known }) => `${type} ${known ? code(data) : text(data)}`);
  return md`${[...new Set(words)].join(', ')}`;
}

function addressLines(cluster: Cluster, service: ServiceResource): readonly Markup[] {
  if (isExternalName(service.spec))
    return [md`**Address** none: DNS answers with another name, ports and selectors are ignored`];
  if (isHeadless(service.spec)) return [md`**Address** none: clients connect to the Pods themselves`];
  return addressesOf(cluster, service).map((address) => addressLine(cluster, service, address));
}

function addressLine(cluster: Cluster, service: ServiceResource, address: ServiceAddress): Markup {
  if (address.kind === 'assigned') return md`**Address** ${addressWords(cluster, address.family)}`;
  return md`**Address** ${link(address.address, fieldOf(service, 'spec', 'clusterIP'))}, ${addressBandWords(cluster, address.band)}`;
}

function portLines(service: ServiceResource, selected: readonly SelectedWorkload[]): readonly Markup[] {
  if (isExternalName(service.spec)) return [];
  return service.spec.ports.map((port) => {
    const head = md`**${text(port.name || String(port.port))}** ${port.name ? `${port.port} ` : ''}${port.protocol === 'TCP' ? '' : `${port.protocol} `}→ `;
    return md`${head}${selected.length === 0 ? [`${code(port.targetPort)}`] : join(targetsOf(port, selected), ', ')}`;
  });
}

/** Where a Service port lands, per workload. */
export function targetsOf(port: ServicePort, selected: readonly SelectedWorkload[]): readonly Markup[] {
  return selected.map((each) => targetOf(port, each));
}

function targetOf(port: ServicePort, { workload }: SelectedWorkload): Markup {
  const resolved = resolveTargetPort(workload.spec.template, port);
  const template = workload.spec.template.path;
  if (resolved === undefined) {
    const place = link(displayName(workload), { resource: workload, path: [...template, 'spec', 'containers'] });
    return md`*no container port named ${code(port.targetPort)}* in ${place}`;
  }
  if (resolved.declared === undefined) {
    return md`${resolved.port} on ${link(displayName(workload), fieldOf(workload, 'metadata', 'name'))}, undeclared`;
  }
  const place = { resource: workload, path: [...resolved.declared.containerPort.path, 'containerPort'] };
  return md`${link(String(resolved.port), place)} on ${text(displayName(workload))}`;
}
