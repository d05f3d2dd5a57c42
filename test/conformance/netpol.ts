import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AddressRange,
  ALL_CONNECTIONS,
  addressPieces,
  allIngresses,
  Cluster,
  type ConnectionSet,
  connectionsBetween,
  connectionsTo,
  DEFAULT_POLICY_OPTIONS,
  includes,
  intersection,
  KUBEADM_SETTINGS,
  NO_CONNECTIONS,
  type Party,
  type PolicyOptions,
  type Protocol,
  parseAddress,
  type ResolvedBackend,
  renderAddress,
  renderConnections,
  resolveBackend,
  resolveTargetPort,
  routesOf,
  Snapshot,
  union,
  type WorkloadResource,
} from '../../server/src/core/index.ts';
import type { Case } from './cases.ts';
import { addResults, type CaseResult, unsupported } from './result.ts';

/** Compares who may connect to whom with recorded answers, by meaning: order, merging and cutting of ranges do not count. */
export function compareNetpol({ path, format }: Case): CaseResult {
  return compareAnswers(
    readManifests(join(path, 'manifests')),
    readFileSync(join(path, 'expected.txt'), 'utf8'),
    format,
  );
}

/** A manifest of a case. */
export interface CaseFile {
  readonly uri: string;
  readonly text: string;
}

export function readManifests(directory: string): readonly CaseFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => ({ uri: name, text: readFileSync(join(directory, name), 'utf8') }));
}

/** All manifests of a case as one cluster, whatever their directories; broken documents are left out. */
export function clusterOf(files: readonly CaseFile[]): Cluster {
  const snapshot = Snapshot.empty(['']).apply(files);
  const resources = [...snapshot.files.values()]
    .flatMap((file) => file.resources)
    .filter((resource) => resource.document.problems.length === 0);
  return new Cluster({ name: 'case', resources, settings: KUBEADM_SETTINGS, openReason: undefined });
}

export function compareAnswers(files: readonly CaseFile[], expected: string, format: string): CaseResult {
  const cluster = clusterOf(files);
  return format === 'probes' ? compareProbes(cluster, expected) : compareList(cluster, expected);
}

const NOTHING: CaseResult = { agreed: 0, disagreed: [], unsupported: [] };

const PROBE = /^(\S+) => (\S+) : (TCP|UDP|SCTP) (\d+) : (allowed|blocked)$/;

function compareProbes(cluster: Cluster, expected: string): CaseResult {
  const parties = partiesByName(cluster);
  const results = expected.split('\n').map((line): CaseResult => {
    const [, from = '', to = '', protocol, port, answer] = PROBE.exec(line.trim()) ?? [];
    // What a Pod may send to itself is not defined.
    if (line.trim() !== '' && answer === undefined) return unsupported(1, 'lines of another form');
    if (answer === undefined || from === to) return NOTHING;
    const set = connectionsOfNames(cluster, parties, from, to);
    const got = includes(set, protocol as Protocol, Number(port)) ? 'allowed' : 'blocked';
    return got === answer ? { ...NOTHING, agreed: 1 } : { ...NOTHING, disagreed: [`${line} (got ${got})`] };
  });
  return results.reduce(addResults, NOTHING);
}

function connectionsOfNames(
  cluster: Cluster,
  parties: ReadonlyMap<string, readonly Party[]>,
  from: string,
  to: string,
  options: PolicyOptions = DEFAULT_POLICY_OPTIONS,
): ConnectionSet {
  const sources = parties.get(from) ?? addressParty(from);
  const targets = parties.get(to) ?? addressParty(to);
  return sources
    .flatMap((source) => targets.map((target) => connectionsBetween(cluster, source, target, options)))
    .reduce(union, NO_CONNECTIONS);
}

/** `10.1.2.3-10.1.2.9` or a single address. */
function addressParty(text: string): readonly Party[] {
  const range = rangeOfText(text);
  return range === undefined ? [] : [{ kind: 'addresses', range }];
}

function rangeOfText(text: string): AddressRange | undefined {
  const [first = '', last = first] = text.split('-');
  const start = parseAddress(first);
  const end = parseAddress(last);
  if (start === undefined || end === undefined) return undefined;
  return {
    family: start.family,
    first: start.value,
    last: end.value,
    prefixLength: start.family === 'IPv4' ? 32 : 128,
  };
}

/** Pods under `namespace/name`; those with an owner count as the owner. */
function partiesByName(
  cluster: Cluster,
  nameOf: (workload: WorkloadResource) => string = plainName,
): Map<string, readonly Party[]> {
  const parties = new Map<string, readonly Party[]>();
  for (const workload of workloadsOf(cluster)) {
    const name = nameOf(workload);
    parties.set(name, [...(parties.get(name) ?? []), { kind: 'workload', workload }]);
  }
  return parties;
}

function workloadsOf(cluster: Cluster): readonly WorkloadResource[] {
  return cluster.namespaces.flatMap((view) => view.workloads);
}

function plainName(workload: WorkloadResource): string {
  return `${workload.writtenNamespace ?? 'default'}/${workload.name}`;
}

function ownerName(workload: WorkloadResource): string {
  const { kind, owner } = workload.spec;
  const namespace = workload.writtenNamespace ?? 'default';
  return owner === undefined
    ? `${namespace}/${workload.name}[${kind}]`
    : `${namespace}/${owner.name}[${owner.kind || kind}]`;
}

interface Line {
  readonly from: string;
  readonly to: string;
  readonly connections: ConnectionSet;
}

const LINE = /^(.+?)\s+=>\s+(.+?)\s+:\s*(.*)$/;
const CONTROLLER = '{ingress-controller}';

/** The analyser behind these lists lets blocks match addresses outside of the cluster only, and treats every Pod alike. */
const LIST_OPTIONS: PolicyOptions = { blocksMatchPods: 'never', hostNetworkPods: 'as-pods' };

/** A complete list of what is allowed: each ordered pair is one comparison, missing ones too. */
function compareList(cluster: Cluster, expected: string): CaseResult {
  const lines = parseLines(expected);
  const fromController = lines.filter((line) => line.from === CONTROLLER);
  const parties = partiesByName(cluster, ownerName);
  const pieces = addressPieces(cluster, 'IPv4', listedRanges(lines));
  for (const range of pieces) parties.set(renderRange(range), [{ kind: 'addresses', range }]);
  const known = explode(
    lines.filter((line) => line.from !== CONTROLLER),
    pieces,
  );
  const compared = pairsOf([...parties.keys()]).map(([from, to]) => {
    const want = known.get(`${from} => ${to}`) ?? NO_CONNECTIONS;
    return comparePair(`${from} => ${to}`, want, connectionsOfNames(cluster, parties, from, to, LIST_OPTIONS));
  });
  const routes = compareController(cluster, fromController);
  return [...compared, routes].reduce(addResults, NOTHING);
}

function parseLines(text: string): readonly Line[] {
  const [list = ''] = text.split('Exposure Analysis');
  return list.split('\n').flatMap((line) => {
    const [, from = '', to = '', connections = ''] = LINE.exec(line.trim()) ?? [];
    // The recorded lists say nothing dependable about IPv6 ranges.
    if (from === '' || [from, to].some((name) => name.split(':').length > 2)) return [];
    return [{ from: withoutMark(from), to: withoutMark(to), connections: parseConnections(connections) }];
  });
}

function withoutMark(name: string): string {
  return name.replace('[External]', '');
}

function parseConnections(text: string): ConnectionSet {
  if (text === 'All Connections') return ALL_CONNECTIONS;
  let protocol: Protocol = 'TCP';
  let set = NO_CONNECTIONS;
  for (const word of text.split(/[,\s]+/).filter((each) => each !== '' && each !== 'No' && each !== 'Connections')) {
    if (word === 'TCP' || word === 'UDP' || word === 'SCTP') protocol = word;
    else {
      const [first = 0, last = first] = word.split('-').map(Number);
      set = union(set, connectionsTo(protocol, { first, last }));
    }
  }
  return set;
}

/** The ranges that a list names. */
function listedRanges(lines: readonly Line[]): readonly AddressRange[] {
  return lines.flatMap(({ from, to }) => [from, to]).flatMap((name) => rangesOfName(name));
}

/** A name may be several ranges: `10.0.0.0-10.0.0.255,10.0.2.0-10.0.2.255`. */
function rangesOfName(name: string): readonly AddressRange[] {
  return name.split(',').flatMap((text) => (/^\d/.test(text.trim()) ? (rangeOfText(text.trim()) ?? []) : []));
}

function renderRange({ family, first, last }: AddressRange): string {
  return `${renderAddress(family, first)}-${renderAddress(family, last)}`;
}

/** The list with its ranges of addresses cut into the pieces. */
function explode(lines: readonly Line[], pieces: readonly AddressRange[]): ReadonlyMap<string, ConnectionSet> {
  const names = (name: string) => {
    const ranges = rangesOfName(name);
    if (ranges.length === 0) return [name];
    return pieces
      .filter((piece) => ranges.some(({ first, last }) => first <= piece.first && piece.last <= last))
      .map(renderRange);
  };
  const table = new Map<string, ConnectionSet>();
  for (const { from, to, connections } of lines) {
    for (const [source, target] of names(from).flatMap((source) =>
      names(to).map((target) => [source, target] as const),
    )) {
      const key = `${source} => ${target}`;
      table.set(key, union(table.get(key) ?? NO_CONNECTIONS, connections));
    }
  }
  return table;
}

/** Ordered pairs of different parties of which at least one is a workload. */
function pairsOf(names: readonly string[]): readonly (readonly [string, string])[] {
  const isAddress = (name: string) => /^\d/.test(name);
  return names.flatMap((from) =>
    names.filter((to) => from !== to && !(isAddress(from) && isAddress(to))).map((to) => [from, to] as const),
  );
}

function comparePair(pair: string, want: ConnectionSet, got: ConnectionSet): CaseResult {
  const [expected, answer] = [renderConnections(want), renderConnections(got)];
  if (expected === answer) return { ...NOTHING, agreed: 1 };
  return { ...NOTHING, disagreed: [`${pair} : expected ${expected}, got ${answer}`] };
}

/** What Ingress objects open. Routes of OpenShift are no Kubernetes objects and not understood. */
function compareController(cluster: Cluster, expected: readonly Line[]): CaseResult {
  const hasRoutes = cluster.namespaces.some((view) =>
    view.opaque.some((resource) => resource.group === 'route.openshift.io'),
  );
  if (hasRoutes) return unsupported(expected.length, 'Routes of OpenShift');
  const backends = backendsOf(cluster);
  const got = connectionsFromController(cluster, backends);
  const unclear = new Set(
    backends
      .filter(({ port }) => port === undefined)
      .flatMap(({ pods }) => pods.map(({ workload }) => ownerName(workload))),
  );
  const names = new Set([...expected.map(({ to }) => to), ...got.keys()]);
  const want = new Map(expected.map(({ to, connections }) => [to, connections]));
  return [...names]
    .map((name) =>
      unclear.has(name)
        ? unsupported(1, 'backends that name no port of their Service, which the analyser takes for a targetPort')
        : comparePair(`${CONTROLLER} => ${name}`, want.get(name) ?? NO_CONNECTIONS, got.get(name) ?? NO_CONNECTIONS),
    )
    .reduce(addResults, NOTHING);
}

function backendsOf(cluster: Cluster): readonly ResolvedBackend[] {
  return allIngresses(cluster).flatMap((ingress) => {
    const routed = routesOf(ingress).flatMap(({ path }) => path.backend ?? []);
    const { defaultBackend } = ingress.spec;
    return [...routed, ...(defaultBackend === undefined ? [] : [defaultBackend])].map((backend) =>
      resolveBackend(cluster, ingress, backend),
    );
  });
}

/** The Pod ports behind the backends of all Ingresses, as far as policies let a Pod of any namespace in. */
function connectionsFromController(
  cluster: Cluster,
  backends: readonly ResolvedBackend[],
): ReadonlyMap<string, ConnectionSet> {
  const result = new Map<string, ConnectionSet>();
  for (const { port, pods } of backends) {
    if (port === undefined) continue;
    for (const { workload } of pods) {
      const resolved = resolveTargetPort(workload.spec.template, port);
      if (resolved === undefined) continue;
      const opened = connectionsTo(port.protocol, { first: resolved.port, last: resolved.port });
      const allowed = intersection(
        opened,
        connectionsBetween(cluster, someController(workload), { kind: 'workload', workload }),
      );
      const name = ownerName(workload);
      result.set(name, union(result.get(name) ?? NO_CONNECTIONS, allowed));
    }
  }
  return result;
}

/** A controller runs in a namespace of its own, under labels that no manifest names. */
function someController(like: WorkloadResource): Party {
  const template = { ...like.spec.template, labels: new Map<string, string>() };
  const spec = { ...like.spec, kind: 'Deployment' as const, template, status: undefined };
  return { kind: 'workload', workload: { ...like, writtenNamespace: 'ingress-controller-ns', spec } };
}
