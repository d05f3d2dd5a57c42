import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddressRange,
  addressPieces,
  type Cluster,
  connectionsBetween,
  DEFAULT_POLICY_OPTIONS,
  includes,
  NO_CONNECTIONS,
  type Party,
  type Protocol,
  parseAddress,
  reachableBy,
  renderConnections,
  Snapshot,
  type Verdict,
  verdictOn,
} from '../server/src/core/index.ts';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

function clusterOf(objects: readonly object[]): Cluster {
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const cluster = Snapshot.empty([''])
    .apply([{ uri: 'all.yaml', text }])
    .clusterOf('all.yaml');
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
}

function pod(name: string, labels: object = {}, spec: object = {}, more: object = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec: { containers: [], ...spec }, ...more };
}

function policy(spec: object, name = 'policy'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec };
}

function partyOf(cluster: Cluster, name: string): Party {
  const workload = cluster.namespaces.flatMap((view) => view.workloads).find((each) => each.name === name);
  if (workload === undefined) throw new Error(`no workload ${name}`);
  return { kind: 'workload', workload };
}

function connections(cluster: Cluster, from: string, to: string): string {
  return renderConnections(connectionsBetween(cluster, partyOf(cluster, from), partyOf(cluster, to)));
}

function address(text: string): Party {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`no address: ${text}`);
  const { family, value } = parsed;
  return {
    kind: 'addresses',
    range: { family, first: value, last: value, prefixLength: family === 'IPv4' ? 32 : 128 },
  };
}

describe('selectors of policies', () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const value = fc.constantFrom('1', '2', '');
  const labels = fc.dictionary(key, value, { noNullPrototype: true });
  const requirement = fc.oneof(
    fc.record({
      key,
      operator: fc.constantFrom('In', 'NotIn'),
      values: fc.array(value, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist'), values: fc.constant([] as string[]) }),
  );
  const selector = fc.record({ matchLabels: labels, matchExpressions: fc.array(requirement, { maxLength: 2 }) });

  interface Selector {
    readonly matchLabels: Readonly<Record<string, string>>;
    readonly matchExpressions: readonly { key: string; operator: string; values: readonly string[] }[];
  }

  /** As the API documentation words it. */
  function matches({ matchLabels, matchExpressions }: Selector, carried: Record<string, string>) {
    const hasLabels = Object.entries(matchLabels).every(([name, wanted]) => carried[name] === wanted);
    const meets = matchExpressions.every(({ key: name, operator, values }) => {
      const actual = carried[name];
      if (operator === 'In') return actual !== undefined && values.includes(actual);
      if (operator === 'NotIn') return actual === undefined || !values.includes(actual);
      return (operator === 'Exists') === (actual !== undefined);
    });
    return hasLabels && meets;
  }

  test('isolate, and let in, exactly the Pods whose labels match', () => {
    fc.assert(
      fc.property(selector, selector, labels, labels, (subjects, clients, carried, other) => {
        const rule = { from: [{ podSelector: clients }] };
        const cluster = clusterOf([
          pod('server', carried),
          pod('client', other),
          policy({ podSelector: subjects, ingress: [rule] }),
        ]);
        const isOpen = !matches(subjects, carried) || matches(clients, other);
        expect(connections(cluster, 'client', 'server')).toBe(isOpen ? 'All Connections' : 'No Connections');
      }),
    );
  });
});

describe('blocks of addresses', () => {
  /** Bits of an address as text, and the text of the address. */
  const families = [
    { bits: 32, render: (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.') },
    {
      bits: 128,
      render: (value: bigint) =>
        Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(':'),
    },
  ];
  const bitsOf = (value: bigint, length: number) => value.toString(2).padStart(length, '0');

  test('hold the addresses that begin with their bits, but for the exceptions', () => {
    const world = fc.constantFrom(...families).chain(({ bits, render }) => {
      const block = fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });
      const prefix = fc.integer({ min: 0, max: bits - 1 });
      const flipped = fc.integer({ min: 0, max: bits - 1 });
      const deeper = fc.integer({ min: 1, max: 4 });
      return fc.record({ block, prefix, deeper, flipped, bits: fc.constant(bits), render: fc.constant(render) });
    });
    fc.assert(
      fc.property(world, ({ block, prefix, deeper, flipped, bits, render }) => {
        const exceptPrefix = Math.min(bits, prefix + deeper);
        // One bit differs, so that it is in the block about as often as not.
        const tested = block ^ (1n << BigInt(flipped));
        const network = (length: number) => {
          const host = BigInt(bits - length);
          return `${render((block >> host) << host)}/${length}`;
        };
        const ipBlock = { cidr: network(prefix), except: [network(exceptPrefix)] };
        const cluster = clusterOf([pod('server'), policy({ podSelector: {}, ingress: [{ from: [{ ipBlock }] }] })]);
        const [wanted, actual] = [bitsOf(block, bits), bitsOf(tested, bits)];
        const isIn = actual.startsWith(wanted.slice(0, prefix)) && !actual.startsWith(wanted.slice(0, exceptPrefix));
        const set = connectionsBetween(cluster, address(render(tested)), partyOf(cluster, 'server'));
        expect(renderConnections(set)).toBe(isIn ? 'All Connections' : 'No Connections');
      }),
    );
  });

  test('cut all addresses into pieces that are wholly in or out', () => {
    const ipBlock = { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] };
    const cluster = clusterOf([policy({ ingress: [{ from: [{ ipBlock }, { ipBlock: { cidr: '2001:db8::/32' } }] }] })]);
    const edges = (ranges: readonly AddressRange[]) => ranges.map(({ first, last }) => [first, last]);
    const at = (text: string) => parseAddress(text)?.value ?? -1n;
    expect(edges(addressPieces(cluster, 'IPv4'))).toEqual([
      [0n, at('9.255.255.255')],
      [at('10.0.0.0'), at('10.0.255.255')],
      [at('10.1.0.0'), at('10.1.255.255')],
      [at('10.2.0.0'), at('10.255.255.255')],
      [at('11.0.0.0'), at('255.255.255.255')],
    ]);
    expect(addressPieces(cluster, 'IPv6')).toHaveLength(3);
  });

  test('hold Pods where their addresses are known, unless asked not to', () => {
    const from = [{ ipBlock: { cidr: '10.244.0.0/16' } }];
    const client = pod('client', {}, {}, { status: { podIP: '10.244.1.7' } });
    const server = pod('server', { app: 'server' });
    const cluster = clusterOf([
      client,
      server,
      policy({ podSelector: { matchLabels: { app: 'server' } }, ingress: [{ from }] }),
    ]);
    expect(connections(cluster, 'client', 'server')).toBe('All Connections');
    const options = { ...DEFAULT_POLICY_OPTIONS, blocksMatchPods: 'never' } as const;
    const parties = [partyOf(cluster, 'client'), partyOf(cluster, 'server')] as const;
    expect(connectionsBetween(cluster, ...parties, options)).toEqual(NO_CONNECTIONS);
  });
});

describe('ports of rules', () => {
  const server = pod(
    'server',
    { app: 'server' },
    {
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'admin', containerPort: 15000 }] },
        { name: 'setup', ports: [{ name: 'setup', containerPort: 7000 }] },
      ],
      containers: [
        {
          name: 'server',
          ports: [
            { name: 'http', containerPort: 8080 },
            { name: 'http', containerPort: 53, protocol: 'UDP' },
          ],
        },
      ],
    },
  );
  const openTo = (ports: readonly object[]) => [
    policy({ podSelector: { matchLabels: { app: 'server' } }, ingress: [{ ports }] }),
  ];

  test.each([
    [[{}], 'TCP 1-65535'],
    [[], 'All Connections'],
    [[{ port: 'http' }], 'TCP 8080'],
    [[{ port: 'http', protocol: 'UDP' }], 'UDP 53'],
    [[{ port: 'admin' }], 'TCP 15000'],
    [[{ port: 'setup' }], 'No Connections'],
    [[{ port: 80, endPort: 90 }, { port: 91 }, { port: 80, protocol: 'SCTP' }], 'TCP 80-91,SCTP 80'],
  ])('%j stand for %s', (ports, expected) => {
    const cluster = clusterOf([server, pod('client'), ...openTo(ports)]);
    expect(connections(cluster, 'client', 'server')).toBe(expected);
  });

  test('names are those of the Pod at the other end for egress, and nothing towards addresses', () => {
    const egress = [{ ports: [{ port: 'http' }] }];
    const cluster = clusterOf([
      server,
      pod('client', { app: 'client' }),
      policy({ podSelector: {}, policyTypes: ['Egress'], egress }),
    ]);
    expect(connections(cluster, 'client', 'server')).toBe('TCP 8080');
    expect(connectionsBetween(cluster, partyOf(cluster, 'client'), address('192.0.2.1'))).toEqual(NO_CONNECTIONS);
  });
});

describe('verdicts', () => {
  const objects = (more: readonly object[]) => [
    pod('web', { app: 'web' }),
    pod('db', { app: 'db' }, { containers: [{ name: 'db', ports: [{ containerPort: 5432 }] }] }),
    ...more,
  ];
  const decide = (cluster: Cluster, port: number): Verdict =>
    verdictOn(cluster, { from: partyOf(cluster, 'web'), to: partyOf(cluster, 'db'), protocol: 'TCP', port });
  const told = (verdict: Verdict) =>
    verdict.facts.map(({ holds, text, source }) =>
      `${holds} ${text} ${source === undefined ? '' : source.path.join('.')}`.trim(),
    );
  const access = policy(
    {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [
        {
          from: [{ podSelector: { matchLabels: { app: 'other' } } }, { podSelector: {} }],
          ports: [{ port: 80 }, { port: 5432 }],
        },
      ],
    },
    'db-access',
  );

  test('name the peer and the port that let a connection through', () => {
    const verdict = decide(clusterOf(objects([access])), 5432);
    expect(verdict.outcome).toBe('allowed');
    expect(told(verdict)).toEqual([
      'yes No policy isolates Pod web for egress.',
      'yes Pod db is isolated for ingress by NetworkPolicy db-access. metadata.name',
      'yes A rule of NetworkPolicy db-access names Pod web in namespace default. spec.ingress.0.from.1',
      'yes It lets TCP 5432 through. spec.ingress.0.ports.1',
    ]);
  });

  test('name the rule that misses the port', () => {
    const verdict = decide(clusterOf(objects([access])), 22);
    expect(verdict.outcome).toBe('denied');
    expect(told(verdict).at(-1)).toBe(
      'no A rule of NetworkPolicy db-access names Pod web in namespace default, but none lets TCP 22 through. spec.ingress.0.ports',
    );
  });

  test('say where no rule names the other end', () => {
    const deny = policy({ podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] }, 'deny');
    expect(told(decide(clusterOf(objects([deny])), 5432))).toEqual([
      'yes Pod web is isolated for egress by NetworkPolicy deny. metadata.name',
      'no No rule names Pod db in namespace default.',
      'yes No policy isolates Pod db for ingress.',
    ]);
  });

  test('are left open beside policies of another API, and on the network of the node', () => {
    const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'l7' }, spec: {} };
    expect(decide(clusterOf(objects([access, cilium])), 5432).outcome).toBe('undefined');
    const agent = pod('agent', {}, { hostNetwork: true });
    const cluster = clusterOf(objects([access, agent]));
    const connection = {
      from: partyOf(cluster, 'agent'),
      to: partyOf(cluster, 'db'),
      protocol: 'TCP',
      port: 5432,
    } as const;
    expect(verdictOn(cluster, connection).outcome).toBe('undefined');
  });

  test('agree with the connections that are allowed, whatever the policies', () => {
    const labels = fc.constantFrom({}, { app: 'web' }, { app: 'db' });
    const peers = fc.array(
      labels.map((matchLabels) => ({ podSelector: { matchLabels } })),
      { maxLength: 2 },
    );
    const ports = fc.array(fc.record({ port: fc.constantFrom(80, 5432), protocol: fc.constantFrom(...PROTOCOLS) }), {
      maxLength: 2,
    });
    const spec = fc.record({
      podSelector: labels.map((matchLabels) => ({ matchLabels })),
      policyTypes: fc.subarray(['Ingress', 'Egress']),
      ingress: fc.array(fc.record({ from: peers, ports }), { maxLength: 2 }),
      egress: fc.array(fc.record({ to: peers, ports }), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 3 }), (specs) => {
        const cluster = clusterOf(objects(specs.map((each, index) => policy(each, `policy-${index}`))));
        const set = connectionsBetween(cluster, partyOf(cluster, 'web'), partyOf(cluster, 'db'));
        for (const port of [80, 5432]) {
          expect(decide(cluster, port).outcome).toBe(includes(set, 'TCP', port) ? 'allowed' : 'denied');
        }
      }),
    );
  });
});

describe('who reaches a Service', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db' },
    spec: { selector: { app: 'db' }, ports: [{ port: 80, targetPort: 5432 }] },
  };
  const objects = [
    service,
    pod('web', { app: 'web' }),
    pod('api'),
    pod('agent', {}, { hostNetwork: true }),
    pod('db', { app: 'db' }),
  ];
  const reach = (cluster: Cluster) => {
    const [found] = cluster.namespaces.flatMap((view) => view.services);
    const answer = found && reachableBy(cluster, found);
    return answer && [answer.clients.map((each) => each.name), answer.candidates.map((each) => each.name)];
  };
  const letWeb = (port: number) =>
    policy({
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port }] }],
    });

  test("is decided by the Pods' port, not by the Service's", () => {
    expect(reach(clusterOf([...objects, letWeb(5432)]))).toEqual([['web'], ['web', 'api']]);
    expect(reach(clusterOf([...objects, letWeb(80)]))).toEqual([[], ['web', 'api']]);
  });

  test('is not asked where no policy decides it', () => {
    expect(reach(clusterOf(objects))).toBeUndefined();
  });

  test('treats alike only what no policy tells apart', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.constantFrom('a', 'b'), fc.boolean(), (apps, admitted, isolates) => {
        const clients = apps.map((app, index) => pod(`client-${index}`, { app }));
        const egress = policy({ podSelector: { matchLabels: { app: 'b' } }, policyTypes: ['Egress'] }, 'egress');
        const ingress = policy(
          {
            podSelector: { matchLabels: { app: 'db' } },
            ingress: [{ from: [{ podSelector: { matchLabels: { app: admitted } } }] }],
          },
          'ingress',
        );
        const cluster = clusterOf([
          service,
          pod('db', { app: 'db' }),
          ...clients,
          ingress,
          ...(isolates ? [egress] : []),
        ]);
        const open = apps.flatMap((app, index) =>
          app === admitted && !(isolates && app === 'b') ? [`client-${index}`] : [],
        );
        expect(reach(cluster)?.[0]).toEqual(open);
      }),
    );
  });
});
