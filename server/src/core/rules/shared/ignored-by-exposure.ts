import { parseAddress, parseCidr } from '../../api/index.ts';
import { type Cluster, familiesOf } from '../../cluster/index.ts';
import { type IPFamily, isExternalName, isHeadless, type ServiceResource } from '../../manifest/index.ts';
import { list } from '../../words.ts';
import type { Fix, RuleFinding } from '../rule.ts';
import { removal, writtenAt } from './written.ts';

/** Fields about clients from outside of the cluster that nothing acts on. */
export function findIgnoredByExposure(service: ServiceResource, cluster: Cluster): readonly RuleFinding[] {
  return [
    ...loadBalancerIP(service),
    ...writtenStatus(service),
    ...rangesAnnotation(service),
    ...nodePortAllocation(service),
    ...sourceRanges(service, cluster),
  ];
}

/** Any type may have it, and only a load balancer has a use for it (SVC-LB-11). */
function loadBalancerIP(service: ServiceResource): readonly RuleFinding[] {
  const { type, path: spec } = service.spec;
  const isOther = type === 'NodePort' || (type === 'ClusterIP' && !isHeadless(service.spec));
  if (!isOther || !writtenAt(service, 'spec', 'loadBalancerIP')) return [];
  const path = [...spec, 'loadBalancerIP'];
  const message = `loadBalancerIP has no effect: no load balancer is made for Service ${service.name}, whose type is ${type}.`;
  const op = writtenAt(service, 'spec', 'type') === undefined ? 'insert' : 'replace';
  const edit = { op, path: [...spec, 'type'], value: 'LoadBalancer' } as const;
  const change: Fix = { title: 'Use type LoadBalancer', kind: 'suggested', edits: [{ resource: service, edit }] };
  return [{ path, part: 'key', message, fixes: [removal(service, path), change] }];
}

/** The server drops a status (SVC-DEF-15). The dump of a live object is left alone: it tells what is there. */
function writtenStatus(service: ServiceResource): readonly RuleFinding[] {
  const ingress = writtenAt(service, 'status', 'loadBalancer', 'ingress');
  if (!Array.isArray(ingress) || ingress.length === 0) return [];
  if (['uid', 'resourceVersion', 'creationTimestamp'].some((key) => writtenAt(service, 'metadata', key))) return [];
  const path = [...service.path, 'status'];
  const message = 'status has no effect: the API server drops it from what is applied, since controllers write it.';
  return [{ path, part: 'key', severity: 'information', message, fixes: [removal(service, path)] }];
}

const RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** Beside the field, nobody reads the annotation (SVC-LB-5). */
function rangesAnnotation(service: ServiceResource): readonly RuleFinding[] {
  const { type, loadBalancerSourceRanges: ranges } = service.spec;
  const noted = partsOf(service.annotations.get(RANGES_ANNOTATION) ?? '');
  const isSame = noted.every((range) => ranges.includes(range)) && ranges.every((range) => noted.includes(range));
  if (type !== 'LoadBalancer' || noted.length === 0 || ranges.length === 0 || isSame) return [];
  const path = [...service.path, 'metadata', 'annotations', RANGES_ANNOTATION];
  const message = `This annotation has no effect beside loadBalancerSourceRanges, which lets in ${list(ranges)}.`;
  return [{ path, part: 'key', message, fixes: [removal(service, path, 'the annotation')] }];
}

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `false` only stops the server from choosing node ports; those that are written are opened (SVC-NP-7). */
function nodePortAllocation(service: ServiceResource): readonly RuleFinding[] {
  const { type, ports, allocateLoadBalancerNodePorts, path: spec } = service.spec;
  const areWritten = ports.length > 0 && ports.every(({ nodePort }) => nodePort !== undefined);
  if (type !== 'LoadBalancer' || allocateLoadBalancerNodePorts || !areWritten) return [];
  const path = [...spec, 'allocateLoadBalancerNodePorts'];
  const numbers = list(ports.map(({ nodePort }) => String(nodePort)));
  const message =
    `allocateLoadBalancerNodePorts: false has no effect: it only keeps the API server from choosing node ports, and those ` +
    `that are written, ${numbers}, are opened all the same.`;
  const edits = ports.map((port) => ({
    resource: service,
    edit: { op: 'remove', path: [...port.path, 'nodePort'] } as const,
  }));
  const close: Fix = { title: 'Remove the node ports', kind: 'suggested', edits };
  return [{ path, part: 'key', severity: 'information', message, fixes: [close, removal(service, path)] }];
}

/** The one family that a Service surely has; undefined if it may have another or both. */
function onlyFamily(service: ServiceResource, cluster: Cluster): IPFamily | undefined {
  const { spec } = service;
  if (isExternalName(spec) || isHeadless(spec)) return undefined;
  const isClusterKnown = cluster.settings.given.has('serviceCIDRs');
  const isGiven = spec.ipFamilies.length > 0 || parseAddress(spec.clusterIP ?? '') !== undefined;
  const isSingle = spec.ipFamilyPolicy === undefined || spec.ipFamilyPolicy === 'SingleStack';
  if (!isClusterKnown && !(isGiven && isSingle)) return undefined;
  const families = familiesOf(cluster, service);
  return families.length === 1 ? families[0] : undefined;
}

/** Without a range of its own family a Service lets every client in (KP-15), which is the opposite of what ranges are for. */
function sourceRanges(service: ServiceResource, cluster: Cluster): readonly RuleFinding[] {
  const family = onlyFamily(service, cluster);
  const { type, loadBalancerSourceRanges: ranges, path: spec } = service.spec;
  const families = ranges.map((range) => parseCidr(range.trim())?.family);
  const isOther =
    family !== undefined && ranges.length > 0 && families.every((each) => each !== undefined && each !== family);
  if (type !== 'LoadBalancer' || !isOther || ranges.some((range) => range.trim().endsWith('/0'))) return [];
  const message =
    `loadBalancerSourceRanges keeps nobody out: Service ${service.name} has only ${family}, and to kube-proxy a list without ` +
    `ranges of ${family} is no limit.`;
  return [{ path: [...spec, 'loadBalancerSourceRanges'], part: 'key', message }];
}
