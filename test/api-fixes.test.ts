import { describe, expect, test } from 'vitest';
import { applyEdits, diagnose, type Finding, resolveFix, Snapshot } from '../server/src/core/index.ts';
import { findMostSimilar } from '../server/src/core/text/similarity.ts';

/** Titles of fixes and what they make of a manifest, where the pages of the rules show only the titles. */

function snapshotOf(text: string, others: readonly { uri: string; text: string }[] = []): Snapshot {
  return Snapshot.empty(['']).apply([{ uri: 'a.yaml', text }, ...others]);
}

function findingsOf(snapshot: Snapshot): readonly Finding[] {
  return diagnose(snapshot, 'a.yaml').filter(({ rule }) => rule.startsWith('api/'));
}

/** The text after the fix of this title. */
function fixed(text: string, title: string): string | undefined {
  const snapshot = snapshotOf(text);
  const fix = findingsOf(snapshot)
    .flatMap(({ fixes }) => fixes)
    .find((each) => each.title === title);
  const edits = fix && resolveFix(snapshot, fix)?.get('a.yaml');
  return edits && applyEdits(text, edits);
}

function titlesOf(text: string): readonly string[] {
  return findingsOf(snapshotOf(text)).flatMap(({ fixes }) => fixes.map(({ title }) => title));
}

const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec:\n${spec}`;
const ingress = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec:\n${spec}`;
const pod = (container: string, spec = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n${spec}  containers:\n    - name: web\n      image: web\n${container}`;

describe('fields', () => {
  test('a misplaced field moves with its value, below its parent too', () => {
    const text = `apiVersion: batch/v1
kind: CronJob
metadata: { name: backup }
spec:
  schedule: "@daily"
  jobTemplate:
    template: # nightly
      spec: { restartPolicy: Never, containers: [{ name: a, image: a }] }
`;
    expect(fixed(text, 'Move template to spec')).toContain(
      '  jobTemplate:\n    spec:\n      template: # nightly\n        spec: { restartPolicy: Never,',
    );
    expect(fixed(service('  targetPort: http\n  ports:\n    - port: 80\n'), 'Move targetPort to ports[0]')).toBe(
      service('  ports:\n    - port: 80\n      targetPort: http\n'),
    );
  });

  test('where it may belong to several items, it stays', () => {
    expect(
      titlesOf(service('  selector: {}\n  targetPort: 1\n  ports: [{ name: a, port: 1 }, { name: b, port: 2 }]\n')),
    ).toEqual(['Remove targetPort']);
  });

  test('a value that the similar field cannot take is not put there', () => {
    expect(titlesOf(service('  port: 80\n  ports: [{ port: 80 }]\n'))).toEqual(['Remove port']);
  });

  test('a field that is all there is of a list item is not removed: the list would let everything through', () => {
    const policy = (rule: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec:\n  podSelector: {}\n  ingress: [${rule}]\n`;
    expect(titlesOf(policy('{ ports: [{ port: 80 }], from: [{ zzz: {} }] }'))).toEqual([]);
    expect(titlesOf(policy('{ ports: [{ port: 80 }], from: [{ podSelector: { zzz: {} } }] }'))).toEqual([]);
    expect(titlesOf(policy('{ ports: [{ zzz: 80 }] }'))).toEqual([]);
    expect(titlesOf(policy('{ zzz: 1 }'))).toEqual([]);
    expect(fixed(policy('{ ports: [{ port: 80, zzz: 1 }] }'), 'Remove zzz')).toBe(policy('{ ports: [{ port: 80 }] }'));
  });

  test('the default backend of older versions becomes one of this', () => {
    expect(fixed(ingress('  backend:\n    serviceName: web\n    servicePort: 80\n'), 'Use defaultBackend')).toBe(
      ingress('  defaultBackend:\n    service:\n      name: web\n      port:\n        number: 80\n'),
    );
  });

  test('two letters that changed places are one mistake', () => {
    expect(findMostSimilar('form', ['to', 'from', 'ports'])).toBe('from');
  });
});

test('an apiVersion that comes to JSON is JSON', () => {
  const text = '{"kind":"Service","metadata":{"name":"cart"},"spec":{"ports":[{"port":80}]}}';
  const snapshot = snapshotOf(text);
  const [fix] = diagnose(snapshot, 'a.yaml').flatMap(({ fixes }) => fixes);
  const edits = (fix && resolveFix(snapshot, fix)?.get('a.yaml')) ?? [];
  expect(JSON.parse(applyEdits(text, edits))).toMatchObject({ apiVersion: 'v1', kind: 'Service' });
});

describe('values', () => {
  test.each([
    ['512MB', '512M'],
    ['1 gi', '1Gi'],
    ['100 kb', '100k'],
  ])('the amount %s is %s', (written, meant) => {
    const container = (amount: string) => pod(`      resources: { limits: { memory: ${amount} } }\n`);
    expect(fixed(container(`"${written}"`), `Write ${meant}`)).toBe(container(`"${meant}"`));
  });

  test('a command in one text becomes its words, or one for a shell', () => {
    expect(fixed(pod('      command: npm run start\n'), 'Make it a list')).toBe(
      pod('      command:\n        - npm\n        - run\n        - start\n'),
    );
    expect(fixed(pod('      command: echo $HOME | wc\n'), 'Make it a list')).toBe(
      pod('      command:\n        - sh\n        - -c\n        - echo $HOME | wc\n'),
    );
  });

  test('a claim of a volume is mounted by its name, and no empty volume takes its place', () => {
    const set = (mounted: string, claimed: string) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: db, volumeMounts: [{ name: ${mounted}, mountPath: /data }] }] }
  volumeClaimTemplates: [{ metadata: { name: ${claimed} }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }]
`;
    expect(titlesOf(set('data', 'dta'))).toEqual(['Write dta']);
    expect(fixed(set('data', 'dta'), 'Write dta')).toBe(set('dta', 'dta'));
    expect(titlesOf(set('logs', 'dta'))).toEqual([]);
  });

  test.each([
    ['0.0.0.0', '0.0.0.0/0'],
    ['"::"', '::/0'],
    ['10.0.0.1', '10.0.0.1/32'],
  ])('the addresses %s are %s', (written, meant) => {
    const ranges = `  type: LoadBalancer\n  ports: [{ port: 80 }]\n  loadBalancerSourceRanges: [${written}]\n`;
    expect(titlesOf(service(ranges))).toEqual([`Write ${meant}`]);
    const policy = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec:\n  podSelector: {}\n  ingress: [{ from: [{ ipBlock: { cidr: ${written} } }] }]\n`;
    expect(titlesOf(policy)).toEqual([`Write ${meant}`]);
  });

  test('an item without any field takes one', () => {
    expect(fixed(pod('      ports:\n        - {}\n'), 'Add containerPort: 8080')).toBe(
      pod('      ports:\n        - { containerPort: 8080 }\n'),
    );
  });

  test('a label that workload and Pods share changes in both places', () => {
    const workload = (label: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: ${label} } }
  template:
    metadata: { labels: { app: ${label}, tier: front } }
    spec: { containers: [{ name: web, image: web }] }
`;
    expect(fixed(workload('web server'), 'Write web-server')).toBe(workload('web-server'));
  });

  test('a name that is taken gets another number', () => {
    const ports = (third: string) =>
      service(`  ports: [{ name: a, port: 1 }, { name: a-2, port: 2 }, { name: ${third}, port: 3 }]\n`);
    expect(fixed(ports('a'), 'Write a-3')).toBe(ports('a-3'));
  });

  test('values that are to be filled in have no fix', () => {
    expect(titlesOf(pod('      ports: [{ containerPort: 80, name: "<name>" }]\n'))).toEqual([]);
    expect(titlesOf(service('  type: ExternalName\n  externalName: $(HOST)\n'))).toEqual([]);
  });

  test('an address is not made a name', () => {
    const text = `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db, labels: { kubernetes.io/service-name: db } }
addressType: FQDN
endpoints: [{ addresses: ["2001:db8::1"] }]
`;
    expect(fixed(text, 'Use addressType IPv6')).toBe(text.replace('FQDN', 'IPv6'));
  });
});

test('what an object lacks as such is marked at its kind', () => {
  const places = (text: string) => findingsOf(snapshotOf(text)).map(({ range }) => text.slice(range.start, range.end));
  expect(places('apiVersion: v1\nkind: Service\nmetadata: { name: cart }\n')).toEqual(['Service']);
  expect(places('apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec:\n')).toEqual(['spec']);
});

describe('types of Services', () => {
  const withPort = (nodePort: number) => service(`  ports: [{ port: 80, nodePort: ${nodePort} }]\n`);

  test('another type is offered only where the server takes it', () => {
    expect(titlesOf(withPort(30080))).toEqual(['Remove nodePort', 'Use type NodePort']);
    expect(titlesOf(withPort(80))).toEqual(['Remove nodePort']);
    expect(titlesOf(service('  clusterIP: None\n  ports: [{ port: 80, nodePort: 30080 }]\n'))).toEqual([
      'Remove nodePort',
    ]);
  });

  test('a second family is offered only where the cluster has one', () => {
    const text = service('  ipFamilies: [IPv4, IPv6]\n  ports: [{ port: 80 }]\n');
    const dual = { uri: '.kube-netlens.yaml', text: 'serviceCIDRs: [10.96.0.0/12, "fd00::/108"]\n' };
    expect(titlesOf(text)).toEqual([]);
    expect(findingsOf(snapshotOf(text, [dual])).flatMap(({ fixes }) => fixes.map(({ title }) => title))).toEqual([
      'Use PreferDualStack',
    ]);
  });
});

describe('what the server says twice', () => {
  test('several complaints about one text are one finding', () => {
    const [finding, ...others] = findingsOf(snapshotOf(pod('      ports: [{ name: HTTP, containerPort: 80 }]\n')));
    expect(others).toEqual([]);
    expect(finding?.message).toMatch(/must contain only alpha-numeric .*; must contain at least one letter \(a-z\)$/);
  });

  test('the node port that two ports would share is no finding of its own', () => {
    const found = findingsOf(
      snapshotOf(service('  type: NodePort\n  ports: [{ name: a, port: 53 }, { name: b, port: 53 }]\n')),
    );
    expect(found.map(({ rule }) => rule)).toEqual(['api/service/ports']);
  });
});
