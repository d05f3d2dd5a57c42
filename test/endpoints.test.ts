import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Cluster,
  categorizer,
  type DistributionQuery,
  distributionOf,
  endpointsOf,
  KUBEADM_SETTINGS,
  planNodes,
  proxyPortsOf,
  type ServiceResource,
  Snapshot,
  slicesOf,
} from '../server/src/core/index.ts';

type Dump = Readonly<Record<string, unknown>>;

function clusterOf(objects: readonly Dump[]): Cluster {
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const snapshot = Snapshot.empty(['']).apply([{ uri: 'all.yaml', text }]);
  const resources = [...snapshot.files.values()].flatMap((file) => file.resources);
  return new Cluster({ name: 'test', resources, settings: KUBEADM_SETTINGS, openReason: undefined });
}

function serviceOf(cluster: Cluster): ServiceResource {
  const service = cluster.namespace('default').findService('web');
  if (service === undefined) throw new Error('no Service web');
  return service;
}

const service = (spec: Dump = {}, metadata: Dump = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', ...metadata },
  spec: { selector: { app: 'web' }, clusterIP: '10.96.0.9', ports: [{ port: 80 }], ...spec },
});

const deployment = (replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas, template: { metadata: { labels: { app: 'web' } } } },
});

const node = (name: string, zone: string, status?: Dump) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
  ...(status === undefined ? {} : { status }),
});

/** An endpoint in words: its number, where it runs, its hints, and how it stands. */
interface Written {
  readonly node?: string;
  readonly zone?: string;
  readonly forZones?: readonly string[];
  readonly forNodes?: readonly string[];
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
}

const slice = (endpoints: readonly Written[]) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'web-1', labels: { 'kubernetes.io/service-name': 'web' } },
  addressType: 'IPv4',
  ports: [{ name: '', port: 80 }],
  endpoints: endpoints.map(({ node: nodeName, zone, forZones = [], forNodes = [], ...conditions }, index) => ({
    addresses: [`192.0.2.${index + 1}`],
    conditions,
    nodeName,
    zone,
    hints: { forZones: forZones.map((name) => ({ name })), forNodes: forNodes.map((name) => ({ name })) },
  })),
});

/** The last numbers of the addresses that kube-proxy on node a1 in zone a uses, for traffic that may go anywhere and for local traffic. */
function usedOn(endpoints: readonly Written[], spec: Dump = {}) {
  const cluster = clusterOf([service({ selector: undefined, ...spec }), slice(endpoints)]);
  const web = serviceOf(cluster);
  const [programmed] = proxyPortsOf(web, 'IPv4');
  if (programmed === undefined) throw new Error('nothing programmed');
  const { groups } = slicesOf(cluster, web, planNodes(cluster));
  const used = categorizer(endpointsOf(groups, programmed.port, 'IPv4'), programmed.policy)({ name: 'a1', zone: 'a' });
  const numbers = (choice: typeof used.cluster) =>
    choice?.endpoints.map(({ address }) => Number(address?.split('.').at(-1)));
  return { cluster: numbers(used.cluster), local: numbers(used.local), hasAny: used.hasAny };
}

describe('which endpoints kube-proxy uses (pkg/proxy/topology.go)', () => {
  const READY = { ready: true };
  const DRAINING = { ready: false, serving: true, terminating: true };

  test('the ready ones; those going away only where none is ready', () => {
    expect(usedOn([READY, DRAINING, { ready: false, serving: false }])).toEqual({ cluster: [1], hasAny: true });
    expect(usedOn([{ ready: false }, DRAINING]).cluster).toEqual([2]);
    expect(usedOn([{ ready: false, serving: false }])).toEqual({ cluster: [], hasAny: false });
  });

  test('conditions that are left out mean ready and serving, whatever the others say', () => {
    expect(usedOn([{}]).cluster).toEqual([1]);
    expect(usedOn([{ ready: false, terminating: true }]).cluster).toEqual([1]);
  });

  test('hints for the node go before hints for the zone', () => {
    const near = { forZones: ['a'], forNodes: ['a1'] };
    const far = { forZones: ['a'], forNodes: ['a2'] };
    expect(usedOn([near, far]).cluster).toEqual([1]);
    expect(usedOn([far, { forZones: ['b'], forNodes: ['b1'] }]).cluster).toEqual([1]);
  });

  test('one ready endpoint without a hint, or no hint for this zone, turns them off', () => {
    expect(usedOn([{ forZones: ['a'] }, {}]).cluster).toEqual([1, 2]);
    expect(usedOn([{ forZones: ['b'] }, { forZones: ['c'] }]).cluster).toEqual([1, 2]);
    expect(usedOn([{ forZones: ['a'] }, { ready: false }]).cluster).toEqual([1]);
  });

  test('the Local policy looks at this node only, and knows no hints', () => {
    const spec = { internalTrafficPolicy: 'Local' };
    const here = { node: 'a1', forZones: ['b'] };
    expect(usedOn([here, { node: 'a2', forZones: ['a'] }], spec)).toEqual({ local: [1], hasAny: true });
    expect(usedOn([{ node: 'a2' }], spec)).toEqual({ local: [], hasAny: true });
    expect(usedOn([{ ...DRAINING, node: 'a1' }, { node: 'a2' }], spec)).toEqual({ local: [1], hasAny: true });
  });

  test('the external policy counts only where connections can come from outside', () => {
    const local = { externalTrafficPolicy: 'Local' };
    expect(usedOn([{ node: 'a1' }, { node: 'a2' }], local).local).toBeUndefined();
    const exposed = { ...local, type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] };
    expect(usedOn([{ node: 'a1' }, { node: 'a2' }], exposed)).toEqual({ cluster: [1, 2], local: [1], hasAny: true });
  });
});

describe('what kube-proxy reads of a Service', () => {
  const programmed = (spec: Dump, family: 'IPv4' | 'IPv6') => {
    const text = service(spec);
    return proxyPortsOf(serviceOf(clusterOf([{ ...text, status: spec['status'] as Dump }])), family)[0];
  };

  test('the address of its own family, and none of a headless Service', () => {
    const dual = { clusterIPs: ['10.96.0.9', 'fd00::9'], ipFamilies: ['IPv4', 'IPv6'] };
    expect(programmed(dual, 'IPv6')?.clusterIP).toBe('fd00::9');
    expect(programmed({}, 'IPv6')).toBeUndefined();
    expect(programmed({ clusterIP: 'None' }, 'IPv4')).toBeUndefined();
  });

  test('source ranges of the other family only, or one of everything, let everybody in', () => {
    const ranges = (...loadBalancerSourceRanges: string[]) =>
      programmed({ type: 'LoadBalancer', loadBalancerSourceRanges }, 'IPv4')?.loadBalancerSourceRanges;
    expect(ranges(' 203.0.113.0/24', '2001:db8::/32')).toEqual(['203.0.113.0/24']);
    expect(ranges('2001:db8::/32')).toEqual([]);
    expect(ranges('203.0.113.0/24', '::/0')).toEqual([]);
  });

  test('addresses of load balancers that nodes answer to themselves', () => {
    const ingress = [{ ip: '203.0.113.1' }, { ip: '203.0.113.2', ipMode: 'Proxy' }, { hostname: 'lb.example.com' }];
    const port = programmed({ type: 'LoadBalancer', status: { loadBalancer: { ingress } } }, 'IPv4');
    expect(port?.loadBalancerVIPs).toEqual(['203.0.113.1']);
  });
});

describe('EndpointSlices', () => {
  const sizes = (replicas: number) => {
    const cluster = clusterOf([service(), deployment(replicas)]);
    return slicesOf(cluster, serviceOf(cluster), planNodes(cluster)).groups.map((group) => group.sizes);
  };

  test.each([
    [0, [0]],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('%i Pods', (replicas, expected) => {
    expect(sizes(replicas)).toEqual([expected]);
  });

  test('a Pod is left out for a family of which it has no address, and while its Node is unknown', () => {
    const pod = (name: string, nodeName: string, podIP: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: 'web' } },
      spec: { nodeName },
      status: { phase: 'Running', podIP, conditions: [{ type: 'Ready', status: 'True' }] },
    });
    const pods = [pod('p', 'a1', '10.0.0.1'), pod('q', 'a1', 'fd00::1'), pod('r', 'gone', '10.0.0.2')];
    const cluster = clusterOf([service(), node('a1', 'a'), ...pods]);
    const { groups, skipped } = slicesOf(cluster, serviceOf(cluster), planNodes(cluster));
    expect(groups.flatMap(({ members }) => members.map(({ name }) => name))).toEqual(['p']);
    expect(skipped.map(({ name }) => name)).toEqual(['r']);
  });
});

describe('hints by the CPU of the zones (topology-mode: Auto)', () => {
  const outcome = (replicas: number, ...nodes: readonly Dump[]) => {
    const annotations = { 'service.kubernetes.io/topology-mode': 'Auto' };
    const cluster = clusterOf([service({}, { annotations }), deployment(replicas), ...nodes]);
    return slicesOf(cluster, serviceOf(cluster), planNodes(cluster)).hints.get('IPv4');
  };
  const TWO_ZONES = [node('a1', 'a'), node('b1', 'b')];

  test.each([
    [2, 'auto'],
    [3, 'disabled'],
    [4, 'auto'],
    [5, 'disabled'],
    [6, 'auto'],
    [7, 'auto'],
  ])('%i endpoints in two zones of the same size: %s', (replicas, kind) => {
    expect(outcome(replicas, ...TWO_ZONES)?.kind).toBe(kind);
  });

  test.each([
    ['one endpoint in two zones', 1, TWO_ZONES, 'Insufficient number of endpoints (1 endpoints, 2 zones)'],
    ['one zone', 4, [node('a1', 'a')], 'Insufficient Node information'],
    ['a Node without CPU', 4, [...TWO_ZONES, node('c1', 'c', readyNode({}))], 'Insufficient Node information'],
  ])('%s: a reason', (_, replicas, nodes, reason) => {
    expect(outcome(replicas, ...nodes)).toEqual({ kind: 'disabled', reason: expect.stringContaining(reason) });
  });

  test('Nodes of the control plane and those that are not ready do not count', () => {
    const others = [
      node('c1', 'c', { allocatable: { cpu: '4' } }),
      { ...node('d1', 'd'), metadata: { name: 'd1', labels: { 'node-role.kubernetes.io/control-plane': '' } } },
    ];
    expect(outcome(2, ...TWO_ZONES, ...others)?.kind).toBe('auto');
  });

  test('endpoints are given to zones in proportion, the rest staying where they are', () => {
    const cluster = clusterOf([
      service({}, { annotations: { 'service.kubernetes.io/topology-mode': 'auto' } }),
      deployment(6),
      node('a1', 'a', readyNode({ cpu: '8' })),
      node('b1', 'b', readyNode({ cpu: '4000m' })),
    ]);
    const [group] = slicesOf(cluster, serviceOf(cluster), planNodes(cluster)).groups;
    const zones = group?.members.map(({ zone, hints }) => `${zone}->${hints?.zones.join()}`).sort();
    expect(zones).toEqual(['a->a', 'a->a', 'a->a', 'b->a', 'b->b', 'b->b']);
  });
});

function readyNode(allocatable: Dump): Dump {
  return { allocatable, conditions: [{ type: 'Ready', status: 'True' }] };
}

describe('shares', () => {
  const query = fc.record({
    client: fc.constantFrom(undefined, 'a1', 'b1', 'nowhere'),
    traffic: fc.constantFrom('internal' as const, 'external' as const),
    replicas: fc.integer({ min: 0, max: 40 }),
    zones: fc.integer({ min: 1, max: 4 }),
    nodes: fc.integer({ min: 1, max: 8 }),
  });
  const spec = fc.record({
    type: fc.constantFrom('ClusterIP', 'NodePort'),
    internalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
    externalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
    trafficDistribution: fc.constantFrom(undefined, 'PreferSameZone', 'PreferSameNode'),
  });

  test('add up to all connections unless some are dropped or refused, and never to more', () => {
    fc.assert(
      fc.property(query, spec, (asked, written) => {
        const cluster = clusterOf([service(written), deployment(1)]);
        const { endpoints, outcome } = distributionOf(cluster, serviceOf(cluster), {
          port: 0,
          ...asked,
        } satisfies DistributionQuery);
        const total = endpoints.reduce((sum, { share }) => sum + share, 0);
        const isPartly = outcome.reason.includes('dropped');
        expect(total).toBeLessThan(1 + 1e-9);
        if (outcome.kind === 'spread' && !isPartly) expect(total).toBeGreaterThan(1 - 1e-9);
        if (outcome.kind === 'rejected' || outcome.kind === 'dropped') expect(total).toBe(0);
        for (const { share } of endpoints) expect(share).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('a thousand Pods on a thousand nodes are spread while somebody types', () => {
    const cluster = clusterOf([service({ trafficDistribution: 'PreferSameNode' }), deployment(1)]);
    const asked = { port: 0, client: undefined, traffic: 'internal', replicas: 1000, zones: 10, nodes: 1000 } as const;
    const start = performance.now();
    const { endpoints } = distributionOf(cluster, serviceOf(cluster), asked);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(endpoints[999]?.share).toBeCloseTo(0.001);
  });
});
