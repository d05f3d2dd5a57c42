// Answers to objects with very many items: the time grows with their number, not with its square.
import { describe, expect, test } from 'vitest';
import {
  ApplySession,
  createApiServer,
  diagnose,
  type Json,
  type JsonObject,
  Snapshot,
} from '../server/src/core/index.ts';

const MANY = 10_000;

/** In milliseconds: far more than any answer takes, and far less than one that compares all items with all others. */
const LONGEST = 3_000;

type Part = Readonly<Record<string, Json>>;

function many<T extends Json>(make: (index: number) => T): readonly T[] {
  return Array.from({ length: MANY }, (_, index) => make(index));
}

function mapOf(entries: readonly (readonly [string, Json])[]): JsonObject {
  return Object.fromEntries(entries);
}

function address(index: number): string {
  return `10.1.${Math.floor(index / 256)}.${index % 256}`;
}

function pod(spec: Part, metadata: Part = {}): JsonObject {
  const containers = [{ name: 'c', image: 'nginx' }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', ...metadata }, spec: { containers, ...spec } };
}

function container(fields: Part): JsonObject {
  return pod({ containers: [{ name: 'c', image: 'nginx', ...fields }] });
}

function volume(fields: Part): JsonObject {
  return pod({ volumes: [{ name: 'v', ...fields }] });
}

function cpu(amount: string): JsonObject {
  return container({ resources: { limits: { cpu: amount } } });
}

function service(spec: Part, metadata: Part = {}): JsonObject {
  const ports = [{ port: 80 }];
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', ...metadata }, spec: { ports, ...spec } };
}

function policy(cidrs: readonly string[]): JsonObject {
  const from = cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  const metadata = { name: 'a' };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector: {}, ingress: [{ from }] },
  };
}

function elapsed(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function newServer() {
  return createApiServer({ serviceCIDRs: ['10.96.0.0/12', 'fd00::/108'] });
}

const namedPorts = (first: number) => many((index) => ({ name: `p${first + index}`, port: 1 + first + index }));
const ranges = many((index) => `${address(index)}/32`);
const RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

describe('a new object', () => {
  test.each<readonly [string, JsonObject]>([
    ['an amount of zeros and no amount', cpu(`${'0'.repeat(MANY)}x`)],
    ['an amount of many digits', cpu(`1${'0'.repeat(10 * MANY)}`)],
    [
      'blanks within a range',
      service({ type: 'LoadBalancer' }, { annotations: { [RANGES_ANNOTATION]: `a${' '.repeat(10 * MANY)}b` } }),
    ],
    ['the same port', container({ ports: many(() => ({ containerPort: 80 })) })],
    [
      'node ports of one container port',
      container({ ports: many((index) => ({ containerPort: 80, hostPort: index + 1 })) }),
    ],
    [
      'controllers',
      pod(
        {},
        {
          ownerReferences: many((index) => ({
            apiVersion: 'v1',
            kind: 'A',
            name: `a${index}`,
            uid: `u${index}`,
            controller: true,
          })),
        },
      ),
    ],
    ['node ports that are made up', service({ type: 'NodePort', ports: namedPorts(0) })],
    [
      'node ports that are asked for',
      service({
        type: 'NodePort',
        ports: many((index) => ({ name: `p${index}`, port: 1 + index, nodePort: 30_000 + index })),
      }),
    ],
    ['registries', volume({ quobyte: { volume: 'v', registry: many((index) => `r${index}`).join(',') } })],
    [
      'files',
      volume({ configMap: { name: 'c', items: many((index) => ({ key: `k${index}`, path: `p${index % 100}` })) } }),
    ],
    ['an initiator that is none', volume({ iscsi: { targetPortal: 'a', lun: 0, iqn: 'iqn.2000-01.a'.repeat(MANY) } })],
    [
      'a field path that is none',
      container({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "a['".repeat(MANY) } } }] }),
    ],
    [
      'capabilities',
      container({
        securityContext: { allowPrivilegeEscalation: false, capabilities: { add: many(() => 'CAP_SYS_ADMIN') } },
      }),
    ],
    [
      'unknown claims',
      pod({
        resourceClaims: many((index) => ({ name: `c${index}` })),
        containers: [{ name: 'c', image: 'a', resources: { claims: many((index) => ({ name: `d${index}` })) } }],
      }),
    ],
    [
      'mounts',
      container({
        volumeMounts: many((index) => ({ name: `v${index}`, mountPath: `/v${index}` })),
        volumeDevices: many((index) => ({ name: `d${index}`, devicePath: `/d${index}` })),
      }),
    ],
    [
      'annotations of containers',
      pod(
        { containers: many((index) => ({ name: `c${index}`, image: 'a' })).slice(0, MANY / 10) },
        { annotations: mapOf(many((index) => [`${APP_ARMOR}d${index}`, 'unconfined'])) },
      ),
    ],
    [
      'constraints',
      pod({
        topologySpreadConstraints: many((index) => ({
          maxSkew: 1,
          topologyKey: `k${index}`,
          whenUnsatisfiable: 'DoNotSchedule',
        })),
      }),
    ],
    ['values of a wrong type', service({ externalIPs: many((index) => index) })],
  ])('with many: %s', (_, object) => {
    for (const mode of ['create', 'dry-run'] as const) {
      expect(elapsed(() => newServer().create(object, { namespace: 'default', mode }))).toBeLessThan(LONGEST);
    }
  });
});

describe('a changed object', () => {
  test.each<readonly [string, JsonObject, JsonObject]>([
    ['ports', service({ ports: namedPorts(0) }), service({ ports: namedPorts(MANY / 2) })],
    ['ports the other way round', service({ ports: namedPorts(0) }), service({ ports: namedPorts(0).toReversed() })],
    [
      'finalizers',
      pod({}, { finalizers: many((index) => `a.b/c${index}`) }),
      pod({}, { finalizers: many((index) => `a.b/d${index}`).toReversed() }),
    ],
    [
      'variables of one name',
      container({ env: many(() => ({ name: 'A', value: 'a' })) }),
      container({ env: many(() => ({ name: 'A', value: 'b' })) }),
    ],
    [
      'tolerations',
      pod({ tolerations: many((index) => ({ key: `k${index}`, operator: 'Exists' })) }),
      pod({ tolerations: many((index) => ({ key: `k${index}`, operator: 'Exists' })).toReversed() }),
    ],
    [
      'gates',
      pod({ schedulingGates: many((index) => ({ name: `a.b/c${index}` })) }),
      pod({ schedulingGates: many((index) => ({ name: `a.b/d${index}` })) }),
    ],
    ['addresses', policy(ranges), policy(ranges.toReversed())],
  ])('with many %s', (_, from, to) => {
    const session = new ApplySession(newServer());
    session.apply(from, 'default');
    expect(elapsed(() => session.apply(to, 'default'))).toBeLessThan(LONGEST);
  });
});

test('a file with many wrong values is diagnosed in time', () => {
  const head = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec:\n  ports: [{ port: 80 }]\n';
  const lines = (make: (index: number) => string) =>
    many(make)
      .slice(0, MANY / 4)
      .join('\n');
  const texts = [
    `${head}  externalIPs:\n${lines((index) => `  - ${index}`)}\n`,
    `${head}  externalIPs:\n${lines((index) => `  - a${index}`)}\n`,
    `${head}  selector:\n${lines((index) => `    k${index}: -${index}-`)}\n`,
    `${head}${lines((index) => `  k${index}: a`)}\n`,
  ];
  for (const text of texts) {
    const snapshot = Snapshot.empty(['']).apply([{ uri: 'a.yaml', text }]);
    expect(elapsed(() => diagnose(snapshot, 'a.yaml'))).toBeLessThan(2 * LONGEST);
  }
});
