import {
  type Cluster,
  findNearMisses,
  type NearMiss,
  type SelectedWorkload,
  workloadsInOtherNamespaces,
  workloadsOfService,
} from '../../cluster/index.ts';
import {
  displayName,
  fieldOf,
  namespaceOf,
  type ServiceResource,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { count, renderLabels } from '../../words.ts';
import { describeSelected } from '../code-lens/service.ts';
import { code, join, type Link, lines, link, type Markup, md, text } from '../markup.ts';
import { type HoverAnswer, startsWith } from './hover-context.ts';

/** On a Service's selector: the workloads it selects, else what comes near. */
export const selectorHover: HoverAnswer = ({ cluster, resource, path }) => {
  if (resource.type !== 'Service' || !startsWith(path, ['spec', 'selector'])) return undefined;
  const { selector } = resource.spec;
  if (selector.size === 0) return md`An empty selector selects nothing: endpoints are written by hand.`;
  const selected = workloadsOfService(cluster, resource);
  const labels = code(renderLabels(selector));
  if (selected.length === 0) return nothingSelected(cluster, resource, labels);
  const head = md`${labels} selects **${text(describeSelected(selected))}** in ${text(namespaceOf(resource))}`;
  return lines([head, ...selected.slice(0, MOST).map(selectedLine), moreLine(selected.length)]);
};

const MOST = 8;

function selectedLine({ workload, pods }: SelectedWorkload): Markup {
  const number = pods === undefined ? 'one Pod per Node' : count(pods, 'Pod');
  return md`- ${workloadLink(workload)} · ${number}`;
}

function moreLine(length: number): Markup | undefined {
  return length > MOST ? md`and ${length - MOST} more` : undefined;
}

function nothingSelected(cluster: Cluster, service: ServiceResource, labels: string): Markup {
  const namespace = namespaceOf(service);
  const open = cluster.openReason(namespace);
  const elsewhere = workloadsInOtherNamespaces(cluster, service).map(({ workload }) => workload);
  const misses = findNearMisses(cluster.namespace(namespace), service.spec.selector, service.name);
  return lines([
    md`${labels} selects **no Pod in view** in ${text(namespace)}`,
    open === undefined ? undefined : md`Not everything is in view: ${text(open)}.`,
    elsewhere.length === 0
      ? undefined
      : md`In another namespace: ${join(
          elsewhere.slice(0, 3).map((each) => md`${workloadLink(each)} (${text(namespaceOf(each))})`),
          ', ',
        )}`,
    ...misses.slice(0, 3).map(missLine),
  ]);
}

function missLine({ workload, differences }: NearMiss): Markup {
  const parts = differences.map(({ key, wanted, actual }) =>
    actual === undefined ? `no ${code(key)}` : `${code(`${key}=${actual}`)} instead of ${code(wanted)}`,
  );
  return md`- near: ${workloadLink(workload)} has ${parts.join(', ')}`;
}

function workloadLink(workload: WorkloadResource): Link {
  return link(displayName(workload), fieldOf(workload, 'metadata', 'name'));
}
