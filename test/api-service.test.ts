import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../server/src/core/api/decode.ts';
import type { FieldError } from '../server/src/core/api/field-error.ts';
import type { Json } from '../server/src/core/api/json.ts';
import {
  Allocations,
  allocateOnCreate,
  allocateOnUpdate,
  asShown,
  asStored,
  bandsOfCidr,
  bandsOfPorts,
  claimsOf,
  isPlaceholder,
  readService,
  SERVICE,
  type Service,
  type ServiceSpec,
} from '../server/src/core/api/kinds/service/index.ts';
import { CURRENT_VERSION } from '../server/src/core/api/version.ts';

const IPV4 = '10.96.0.0/12';
const IPV6 = 'fd00:10:96::/108';

type Mode = 'create' | 'dry-run';

/** A Service as it is taken in: decoded and defaulted. */
function service(spec: object, metadata: object = {}): Service {
  const value = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'a', ...metadata }, spec };
  const decoded = decode('v1', 'Service', value as unknown as Json);
  if (decoded.type !== 'object') throw new Error('not decodable');
  return SERVICE.default(decoded.object, CONTEXT) as Service;
}

const CONTEXT = { version: CURRENT_VERSION };

function cluster(...serviceCIDRs: readonly string[]): Allocations {
  return new Allocations({ serviceCIDRs: serviceCIDRs.length > 0 ? serviceCIDRs : [IPV4, IPV6] });
}

/** What is stored, or `field: message` of each error, or the text of a failure. */
type Answer = { readonly stored: Service } | { readonly errors: readonly string[] };

function create(value: Service, allocations = cluster(), mode: Mode = 'create', context = CONTEXT): Answer {
  const outcome = allocateOnCreate(value, allocations, { mode, ...context });
  if (outcome.type === 'failure') return { errors: [outcome.message] };
  if (outcome.type === 'invalid') return { errors: texts(outcome.errors) };
  const errors = SERVICE.validate(outcome.object, context);
  if (errors.length === 0) return { stored: asStored(outcome.object) as Service };
  allocations.release(outcome.claims);
  return { errors: texts(errors) };
}

function update(next: Service, stored: Service, allocations = cluster(), mode: Mode = 'create'): Answer {
  const outcome = allocateOnUpdate(next, stored, allocations, { mode, ...CONTEXT });
  if (outcome.type === 'failure') return { errors: [outcome.message] };
  if (outcome.type === 'invalid') return { errors: texts(outcome.errors) };
  const errors = SERVICE.validateUpdate(outcome.object, stored, CONTEXT);
  if (errors.length > 0) {
    allocations.release(outcome.claims);
    return { errors: texts(errors) };
  }
  allocations.release(outcome.freed);
  return { stored: outcome.object };
}

function texts(errors: readonly FieldError[]): readonly string[] {
  return errors.map(({ field, message }) => `${field}: ${message}`);
}

function errorsOf(answer: Answer): readonly string[] {
  return 'errors' in answer ? answer.errors : [];
}

function storedOf(answer: Answer): Service {
  if ('errors' in answer) throw new Error(answer.errors.join('\n'));
  return answer.stored;
}

function specOf(answer: Answer): ServiceSpec {
  return (asShown(storedOf(answer)) as Service).spec ?? {};
}

const PORT = [{ port: 80 }];

describe('bands', () => {
  test.each([
    ['10.96.0.0/28', '- 10.96.0.1–10.96.0.14'],
    ['10.96.0.0/27', '10.96.0.1–10.96.0.16 10.96.0.17–10.96.0.30'],
    ['10.96.0.0/24', '10.96.0.1–10.96.0.16 10.96.0.17–10.96.0.254'],
    ['10.96.0.0/23', '10.96.0.1–10.96.0.32 10.96.0.33–10.96.1.254'],
    ['10.96.0.0/20', '10.96.0.1–10.96.1.0 10.96.1.1–10.96.15.254'],
    ['10.96.0.0/12', '10.96.0.1–10.96.1.0 10.96.1.1–10.111.255.254'],
    ['fd00::/124', '- fd00::1–fd00::f'],
    ['fd00::/118', 'fd00::1–fd00::40 fd00::41–fd00::3ff'],
    ['fd00::/64', 'fd00::1–fd00::100 fd00::101–fd00::ffff:ffff:ffff:ffff'],
    ['10.96.0.0/31', undefined],
    ['somewhere', undefined],
  ])('KEP-3070: of the CIDR %s', (cidr, wanted) => {
    const bands = bandsOfCidr(cidr);
    expect(bands && `${text(bands.static)} ${text(bands.dynamic)}`).toBe(wanted);
  });

  test.each([
    [30000, 32767, '30000–30085 30086–32767'],
    [30000, 30015, '- 30000–30015'],
    [30000, 30016, '30000–30015 30016–30016'],
    [20000, 40000, '20000–20127 20128–40000'],
    [30001, 30000, undefined],
  ])('KEP-3668: of the ports %i to %i', (first, last, wanted) => {
    const bands = bandsOfPorts({ first, last });
    expect(bands && `${text(bands.static)} ${text(bands.dynamic)}`).toBe(wanted);
  });

  function text(band: { readonly first: string | number; readonly last: string | number } | undefined): string {
    return band === undefined ? '-' : `${band.first}–${band.last}`;
  }
});

describe('defaults', () => {
  test('SVC-DEF-1 to 9: what a plain Service and a load balancer get', () => {
    expect(service({ ports: PORT }).spec).toEqual({
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
    expect(service({ type: 'LoadBalancer' }).spec).toMatchObject({
      externalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
    });
    expect(service({ type: 'ExternalName' }).spec).toEqual({ type: 'ExternalName', sessionAffinity: 'None' });
  });

  test('SVC-DEF-2: settings of an affinity that is off vanish', () => {
    const config = { clientIP: { timeoutSeconds: 5 } };
    expect(service({ sessionAffinityConfig: config }).spec).not.toHaveProperty('sessionAffinityConfig');
    expect(service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: config }).spec?.sessionAffinityConfig).toEqual(
      config,
    );
    expect(service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: {} }).spec?.sessionAffinityConfig).toEqual({
      clientIP: { timeoutSeconds: 10800 },
    });
  });

  test('SVC-DEF-15: the status of a new Service is not taken', () => {
    const value = { ...service({}), status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } } };
    expect(SERVICE.default(value, CONTEXT)).not.toHaveProperty('status');
  });
});

describe('families on creation', () => {
  const V4 = ['IPv4'];
  const V6 = ['IPv6'];
  const BOTH = ['IPv4', 'IPv6'];
  const NOT_DUAL = 'spec.ipFamilyPolicy: this cluster is not configured for dual-stack services';
  const MULTIPLE =
    "spec.ipFamilyPolicy: must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified";
  const missing = (index: number) => `spec.ipFamilies[${index}]: not configured on this cluster`;

  /** Policy, families; then what comes of it where there is IPv4 only, where IPv4 is first, where IPv6 is first. */
  const MATRIX: readonly (readonly [string, readonly string[], string, string, string])[] = [
    ['', [], 'Single v4', 'Single v4', 'Single v6'],
    ['', V4, 'Single v4', 'Single v4', 'Single v4'],
    ['', V6, missing(0), 'Single v6', 'Single v6'],
    ['', BOTH, MULTIPLE, MULTIPLE, MULTIPLE],
    ['SingleStack', [], 'Single v4', 'Single v4', 'Single v6'],
    ['SingleStack', BOTH, MULTIPLE, MULTIPLE, MULTIPLE],
    ['PreferDualStack', [], 'Prefer v4', 'Prefer v4 v6', 'Prefer v6 v4'],
    ['PreferDualStack', V4, 'Prefer v4', 'Prefer v4 v6', 'Prefer v4 v6'],
    ['PreferDualStack', V6, missing(0), 'Prefer v6 v4', 'Prefer v6 v4'],
    ['PreferDualStack', BOTH, missing(1), 'Prefer v4 v6', 'Prefer v4 v6'],
    ['RequireDualStack', [], NOT_DUAL, 'Require v4 v6', 'Require v6 v4'],
    ['RequireDualStack', V4, NOT_DUAL, 'Require v4 v6', 'Require v4 v6'],
    ['RequireDualStack', V6, `${NOT_DUAL}, ${missing(0)}`, 'Require v6 v4', 'Require v6 v4'],
    ['RequireDualStack', BOTH, `${NOT_DUAL}, ${missing(1)}`, 'Require v4 v6', 'Require v4 v6'],
  ];

  test.each(MATRIX)('SVC-FAM-7 to 13: policy "%s" with [%s]', (policy, families, ...wanted) => {
    const clusters = [cluster(IPV4), cluster(IPV4, IPV6), cluster(IPV6, IPV4)];
    expect(clusters.map((each) => outcome(families, policy, each))).toEqual(wanted);
  });

  function outcome(ipFamilies: readonly string[], policy: string, allocations: Allocations): string {
    const ipFamilyPolicy = policy === '' ? {} : { ipFamilyPolicy: policy };
    const answer = create(service({ ports: PORT, selector: { app: 'x' }, ipFamilies, ...ipFamilyPolicy }), allocations);
    if ('errors' in answer) return answer.errors.map((error) => error.replace(/ Invalid value: "\w+":/, '')).join(', ');
    const spec = specOf(answer);
    return [spec.ipFamilyPolicy?.replace(/(Dual)?Stack$/, ''), ...(spec.ipFamilies ?? [])]
      .join(' ')
      .replaceAll('IP', '');
  }

  test('SVC-FAM-9: a headless Service without a selector has any families anywhere', () => {
    const spec = (value: object) => specOf(create(service({ clusterIP: 'None', ...value }), cluster(IPV4)));
    expect(spec({})).toMatchObject({ ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] });
    expect(spec({ ipFamilies: V6 })).toMatchObject({ ipFamilies: ['IPv6', 'IPv4'] });
    expect(spec({ ipFamilies: V6, ipFamilyPolicy: 'SingleStack' })).toMatchObject({ ipFamilies: V6 });
  });

  test('SVC-FAM-8: an address of a family that the cluster has not is told of by itself', () => {
    const answer = create(service({ ports: PORT, clusterIP: 'fd00::1' }), cluster(IPV4));
    expect(errorsOf(answer)).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["fd00::1"]: IPv6 is not configured on this cluster',
    ]);
  });

  test('SVC-ORD-1: what is wrong with families hides all other errors', () => {
    const answer = create(service({ ports: [], ipFamilies: ['IPv5'], externalName: 'x', sessionAffinity: 'no' }));
    expect(errorsOf(answer)).toEqual([
      'spec.ipFamilies[0]: Unsupported value: "IPv5": supported values: "IPv4", "IPv6"',
    ]);
  });
});

describe('cluster addresses', () => {
  test('SVC-CIP-2, SVC-CIP-3: the list starts with the single address', () => {
    expect(errorsOf(create(service({ ports: PORT, clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.8'] })))).toEqual([
      'spec.clusterIPs: Invalid value: ["10.96.0.8"]: first value must match `clusterIP`',
    ]);
    expect(errorsOf(create(service({ ports: PORT, clusterIPs: ['10.96.0.8'] })))).toEqual([
      'spec.clusterIPs: Invalid value: ["10.96.0.8"]: must be empty when `clusterIP` is not specified',
    ]);
  });

  test('an error about the copied address stands at the field that was written', () => {
    const outcome = allocateOnCreate(service({ ports: PORT, clusterIP: '10.0.0.1' }), cluster(), {
      mode: 'create',
      ...CONTEXT,
    });
    expect(outcome).toMatchObject({ errors: [{ field: 'spec.clusterIPs', at: ['spec', 'clusterIP'] }] });
  });

  test('SVC-IP-1, SVC-IP-2: taken addresses, and those that no CIDR hands out', () => {
    const allocations = cluster();
    const ask = (clusterIP: string) => errorsOf(create(service({ ports: PORT, clusterIP }), allocations));
    const refusal = (address: string, why: string) => [
      `spec.clusterIPs: Invalid value: ["${address}"]: failed to allocate IP ${address}: ${why}`,
    ];
    expect(ask('10.96.0.5')).toEqual([]);
    expect(ask('10.96.0.5')).toEqual(refusal('10.96.0.5', 'provided IP is already allocated'));
    expect(ask('10.96.0.1')).toEqual(refusal('10.96.0.1', 'provided IP is already allocated'));
    for (const address of ['10.96.0.0', '10.111.255.255', '10.0.0.1', 'fd00:10:96::']) {
      expect(ask(address)).toEqual(refusal(address, 'the provided network does not match the current range'));
    }
    expect(ask('fd00:10:96::f:ffff')).toEqual([]);
    expect(ask('FD00:10:96:0::F:FFFF')).toEqual(refusal('FD00:10:96:0::F:FFFF', 'provided IP is already allocated'));
  });

  test('SVC-IP-3: a full range', () => {
    const allocations = cluster('10.0.0.0/30');
    expect(errorsOf(create(service({ ports: PORT }), allocations))).toEqual([]);
    expect(errorsOf(create(service({ ports: PORT }), allocations))).toEqual([
      'failed to allocate a serviceIP for Service "web": range is full',
    ]);
  });

  test('SVC-IP-4, SVC-IP-5: a dry run sees the range, but not what is taken of it', () => {
    const allocations = cluster('10.0.0.0/30');
    const ask = (spec: object) => create(service({ ports: PORT, ...spec }), allocations, 'dry-run');
    for (const clusterIP of ['', '', '', '10.0.0.1']) expect(errorsOf(ask({ clusterIP }))).toEqual([]);
    expect(errorsOf(ask({ clusterIP: '10.0.0.3' }))).toEqual([
      'spec.clusterIPs: Invalid value: ["10.0.0.3"]: failed to allocate IP 10.0.0.3: ' +
        'the provided IP (10.0.0.3) is not in the valid range. The range of valid IPs is 10.0.0.0/30',
    ]);
    expect(specOf(ask({}))).toMatchObject({ clusterIPs: ['<kept IPv4>'] });
  });

  test('SVC-TYPE-2, SVC-TYPE-3, SVC-EXT-1 to 3: addresses must fit the type', () => {
    const ask = (spec: object) => errorsOf(create(service({ ports: PORT, ...spec })));
    expect(ask({ type: 'NodePort', clusterIP: 'None' })).toEqual([
      'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services',
    ]);
    const external = { type: 'ExternalName', externalName: 'db.example.com.' };
    expect(ask(external)).toEqual([]);
    expect(ask({ ...external, clusterIP: 'None', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' })).toEqual(
      ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy'].map(
        (field) => `spec.${field}: Forbidden: may not be set for ExternalName services`,
      ),
    );
  });
});

describe('node ports', () => {
  const nodePort = (...ports: readonly object[]) => service({ type: 'NodePort', ports });

  test('SVC-NP-1, SVC-NP-2: out of range, and taken, whatever the protocol', () => {
    const allocations = cluster();
    const ask = (port: number, protocol: string) =>
      errorsOf(create(nodePort({ port: 80, protocol, nodePort: port }), allocations));
    expect(ask(30080, 'TCP')).toEqual([]);
    expect(ask(30080, 'UDP')).toEqual([
      'spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    ]);
    expect(ask(80, 'TCP')).toEqual([
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. ' +
        'The range of valid ports is 30000-32767',
    ]);
  });

  test('SVC-NP-3: a full range', () => {
    const allocations = new Allocations({ serviceCIDRs: [IPV4], nodePorts: { first: 30000, last: 30000 } });
    expect(errorsOf(create(nodePort({ port: 80 }), allocations))).toEqual([]);
    expect(errorsOf(create(nodePort({ port: 80 }), allocations))).toEqual([
      'failed to allocate a nodePort: range is full',
    ]);
    expect(errorsOf(create(nodePort({ port: 80, nodePort: 30000 }), allocations))).toEqual([
      'spec.ports[0].nodePort: Invalid value: 30000: provided port is already allocated',
    ]);
  });

  test('SVC-NP-4, SVC-NP-5: ports with one number share a node port, others do not', () => {
    const dns = (port: number, rest: object) => ({ name: `p${JSON.stringify(rest).length}`, port, ...rest });
    const shared = create(nodePort(dns(53, { protocol: 'TCP' }), dns(53, { protocol: 'UDP', nodePort: 30053 })));
    expect(specOf(shared).ports?.map((port) => port.nodePort)).toEqual([30053, 30053]);
    const split = create(nodePort(dns(53, { nodePort: 30053 }), dns(54, { protocol: 'UDP', nodePort: 30053 })));
    expect(errorsOf(split)).toEqual([
      'spec.ports[1].nodePort: Invalid value: 30053: provided port is already allocated',
    ]);
  });

  test('SVC-NP-7: a load balancer that wants no node ports gets those that it names', () => {
    const ports = [
      { name: 'a', port: 80 },
      { name: 'b', port: 81, nodePort: 30081 },
    ];
    const spec = specOf(create(service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports })));
    expect(spec.ports?.map((port) => port.nodePort)).toEqual([undefined, 30081]);
  });

  test('SVC-HC-5: the health check port comes from the same pool', () => {
    const local = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    expect(specOf(create(service({ ...local, ports: PORT }))).healthCheckNodePort).toBe('<kept>');
    const ports = [{ port: 80, nodePort: 30080 }];
    expect(errorsOf(create(service({ ...local, ports, healthCheckNodePort: 30080 })))).toEqual([
      'failed to allocate requested HealthCheck NodePort 30080: provided port is already allocated',
    ]);
  });

  test('a dry run makes numbers up, which count within the request', () => {
    const ports = [
      { name: 'a', port: 80 },
      { name: 'b', port: 80 },
    ];
    const errors = errorsOf(create(service({ type: 'NodePort', ports }), cluster(), 'dry-run'));
    expect(errors[0]).toBe('spec.ports[1].nodePort: Duplicate value: 32769');
    const next = nodePort({ name: 'a', port: 80, nodePort: 30000 }, { name: 'b', port: 81 });
    const taken = nodePort({ name: 'a', port: 80 }, { name: 'b', port: 81, nodePort: 32769 });
    expect(errorsOf(create(next, cluster(), 'dry-run'))).toEqual([]);
    expect(errorsOf(create(taken, cluster(), 'dry-run'))).toEqual([
      'spec.ports[1].nodePort: Invalid value: 32769: provided port is already allocated',
    ]);
  });

  test('SVC-PORT-10, SVC-PORT-12: repeated ports, and node ports of a ClusterIP', () => {
    const ports = [
      { name: 'a', port: 80, nodePort: 30080 },
      { name: 'a', port: 80, nodePort: 30081 },
    ];
    expect(errorsOf(create(service({ ports })))).toEqual([
      'spec.ports[1].name: Duplicate value: "a"',
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      "spec.ports[1].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
      'spec.ports[1]: Duplicate value: ' +
        '{"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ]);
  });
});

describe('other fields', () => {
  const errors = (spec: object, version = CURRENT_VERSION) =>
    errorsOf(create(service({ ports: PORT, ...spec }), cluster(), 'create', { version }));
  const warnings = (spec: object, version = CURRENT_VERSION) => {
    const outcome = allocateOnCreate(service({ ports: PORT, ...spec }), cluster(), { mode: 'dry-run', version });
    if (outcome.type !== 'allocated') throw new Error('refused');
    return SERVICE.warn(outcome.object, undefined, { version }).map(({ message }) => message);
  };

  test('SVC-META-1: names may start with a digit since 1.36', () => {
    const named = service({ ports: PORT }, { name: '1web' });
    expect(errorsOf(create(named))).toEqual([]);
    expect(errorsOf(create(named, cluster(), 'create', { version: 35 }))[0]).toMatch(
      /^metadata.name: .*start with an alphabetic character/,
    );
  });

  test('SVC-LB-1, SVC-LB-2: source ranges, under the name that the server gives them', () => {
    expect(errors({ loadBalancerSourceRanges: [' 10.0.0.1/8 '] })).toEqual([
      "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
      'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
    ]);
    expect(errors({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.1/8'] }, 35)).toEqual([]);
  });

  test('SVC-EIP-1, SVC-EIP-2: external addresses', () => {
    expect(errors({ externalIPs: ['127.0.0.1', '010.0.0.1'] })).toEqual([
      'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      'spec.externalIPs[1]: Invalid value: "010.0.0.1": must not have leading 0s',
    ]);
    expect(errors({ externalIPs: ['010.0.0.1'] }, 35)).toEqual([]);
    expect(warnings({ externalIPs: ['010.0.0.1'] }, 35)).toEqual([
      'spec.externalIPs[0]: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes ' +
        'release: use "10.0.0.1"',
    ]);
  });

  test('SVC-ETP-1, SVC-HC-1: what only traffic from outside has', () => {
    expect(errors({ externalTrafficPolicy: 'Local', healthCheckNodePort: 30000 })).toEqual([
      'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
      'spec.healthCheckNodePort: Invalid value: 30000: ' +
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ]);
    expect(errors({ externalTrafficPolicy: 'Local', externalIPs: ['192.0.2.1'] })).toEqual([]);
  });

  test('SVC-SA-2: the timeout of the affinity may be a day', () => {
    const affinity = (timeoutSeconds: number) => ({
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds } },
    });
    expect(errors(affinity(86400))).toEqual([]);
    expect(errors(affinity(0))).toEqual([
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400',
    ]);
  });

  test('SVC-TD-1, SVC-TD-2: trafficDistribution by version', () => {
    expect(errors({ trafficDistribution: 'PreferSameNode' })).toEqual([]);
    expect(errors({ trafficDistribution: 'PreferSameNode' }, 33)).toEqual([
      'spec.trafficDistribution: Unsupported value: "PreferSameNode": supported values: "PreferClose"',
    ]);
    expect(warnings({ trafficDistribution: 'PreferClose' }, 34)).toEqual([]);
    expect(warnings({ trafficDistribution: 'PreferClose' })).toEqual([
      'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
    ]);
  });

  test('SVC-HL-1 to 3: what a headless Service ignores', () => {
    const spec = {
      clusterIP: 'None',
      loadBalancerIP: '1.2.3.4',
      externalIPs: ['192.0.2.1'],
      sessionAffinity: 'ClientIP',
    };
    expect(warnings(spec)).toEqual([
      'spec.loadBalancerIP is ignored for headless services',
      'spec.externalIPs is ignored for headless services',
      'spec.SessionAffinity is ignored for headless services',
    ]);
  });

  test('SVC-EXT-8: a name on another type', () => {
    expect(warnings({ externalName: 'UPPER' })).toEqual([
      'spec.externalName is ignored when spec.type is not "ExternalName"',
    ]);
  });
});

describe('updates', () => {
  const single = { ports: PORT, selector: { app: 'x' } };
  const dual = { ...single, ipFamilyPolicy: 'PreferDualStack' };
  const change = (from: object, to: object) => {
    const allocations = cluster();
    return update(service(to), storedOf(create(service(from), allocations)), allocations);
  };

  test('the same YAML again changes nothing', () => {
    for (const spec of [single, dual, { ...single, type: 'NodePort' }, { clusterIP: 'None' }]) {
      const allocations = cluster();
      const stored = storedOf(create(service(spec), allocations));
      const taken = allocations.taken;
      expect(storedOf(update(service(spec), stored, allocations))).toEqual(stored);
      expect(allocations.taken).toBe(taken);
    }
  });

  test('DS-13: a second family comes with the policy', () => {
    expect(specOf(change(single, dual))).toMatchObject({
      ipFamilies: ['IPv4', 'IPv6'],
      clusterIPs: ['<kept IPv4>', '<allocated IPv6>'],
    });
  });

  test('DS-14, SVC-FAM-4: and goes with it', () => {
    const allocations = cluster();
    const stored = storedOf(create(service(dual), allocations));
    const before = allocations.taken;
    const answer = update(service({ ...single, ipFamilyPolicy: 'SingleStack' }), stored, allocations);
    expect(specOf(answer)).toMatchObject({ ipFamilies: ['IPv4'], clusterIPs: ['<kept IPv4>'] });
    expect(allocations.taken).toBe(before - 1);
  });

  test('SVC-FAM-5, SVC-FAM-6: not without it', () => {
    expect(errorsOf(change(dual, { ...dual, ipFamilies: ['IPv4'] }))).toEqual([
      'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be \'SingleStack\' to release the secondary IP family',
    ]);
  });

  test('DS-6: the first address and family stay', () => {
    expect(errorsOf(change(single, { ...single, clusterIP: '10.96.0.9' }))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.9"]: may not change once set',
    ]);
    expect(errorsOf(change(single, { ...single, clusterIP: 'None' }))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    ]);
    expect(errorsOf(change(dual, { ...dual, ipFamilies: ['IPv6', 'IPv4'] }))).not.toEqual([]);
  });

  test('ExternalName sets everything free, and gets everything anew', () => {
    const external = { type: 'ExternalName', externalName: 'db.example.com' };
    const allocations = cluster();
    const stored = storedOf(create(service({ ...dual, type: 'NodePort' }), allocations));
    const next = storedOf(update(service(external), stored, allocations));
    expect(next.spec).toEqual({ ...external, sessionAffinity: 'None' });
    expect(allocations.taken).toBe(1);
    expect(specOf(update(service(single), next, allocations))).toMatchObject({ clusterIPs: ['<allocated IPv4>'] });
  });

  test('node ports follow the names of ports', () => {
    const ports = (...names: readonly string[]) => ({
      type: 'NodePort',
      ports: names.map((name, index) => ({ name, port: 80 + index })),
    });
    const spec = specOf(change(ports('a', 'b'), ports('b', 'c')));
    expect(spec.ports?.map((port) => port.nodePort)).toEqual(['<kept>', '<allocated>']);
  });

  test('a type without node ports drops them, unless one is new', () => {
    const withPort = (type: string, nodePort: number) => ({ type, ports: [{ port: 80, nodePort }] });
    expect(specOf(change(withPort('NodePort', 30080), withPort('ClusterIP', 30080))).ports).toEqual([
      { port: 80, protocol: 'TCP', targetPort: 80 },
    ]);
    expect(errorsOf(change(withPort('NodePort', 30080), withPort('ClusterIP', 30081)))).toEqual([
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ]);
  });

  test('SVC-HC-4, SVC-LB-10: what a load balancer may not change', () => {
    const balancer = { type: 'LoadBalancer', ports: PORT, externalTrafficPolicy: 'Local' };
    expect(errorsOf(change(balancer, { ...balancer, healthCheckNodePort: 30123 }))).toEqual([
      'spec.healthCheckNodePort: Forbidden: field is immutable',
    ]);
    expect(errorsOf(change(balancer, { ...balancer, loadBalancerClass: 'x' }))).toEqual([
      'spec.loadBalancerClass: Invalid value: "x": may not change once set',
    ]);
    expect(specOf(change(balancer, { ...balancer, externalTrafficPolicy: 'Cluster' }))).not.toHaveProperty(
      'healthCheckNodePort',
    );
  });

  test('one node port for two ports of a protocol ends the request', () => {
    const ports = [1, 2].map((port) => ({ name: `p${port}`, port, nodePort: 30080 }));
    expect(errorsOf(change(single, { ...single, type: 'NodePort', ports }))).toEqual([
      'duplicate nodePort: {TCP 30080}',
    ]);
  });

  test('an address that older servers took may stay', () => {
    const stored = service({ ...single, clusterIP: '010.96.0.9', clusterIPs: ['010.96.0.9'], ipFamilies: ['IPv4'] });
    expect(errorsOf(update(stored, readService(stored, ['IPv4'])))).toEqual([]);
  });
});

describe('pools', () => {
  const portSpec = fc.record(
    { port: fc.integer({ min: 80, max: 83 }), nodePort: fc.integer({ min: 30000, max: 30004 }) },
    { requiredKeys: ['port'] },
  );
  const spec = fc.record({
    type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'),
    externalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
    clusterIP: fc.constantFrom('', '', 'None', '10.0.0.2', '10.0.0.3', 'fd00::2'),
    ipFamilyPolicy: fc.constantFrom('SingleStack', 'PreferDualStack'),
    ports: fc.array(portSpec, { minLength: 1, maxLength: 3 }),
  });
  const small = () =>
    new Allocations({ serviceCIDRs: ['10.0.0.0/29', 'fd00::/125'], nodePorts: { first: 30000, last: 30004 } });
  const named = (value: object) => {
    const { ports = [], ...rest } = value as { readonly ports?: readonly object[] };
    return service({ ...rest, ports: ports.map((port, index) => ({ name: `p${index}`, ...port })) });
  };

  test('nothing is given twice', () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 12 }), (specs) => {
        const allocations = small();
        const held: string[] = [];
        for (const each of specs) {
          const answer = create(named(each), allocations);
          if ('stored' in answer) held.push(...claimsOf(answer.stored).flatMap(nameOf));
        }
        expect(new Set(held).size).toBe(held.length);
      }),
    );
  });

  /** Claims that can be told apart: an address that was picked is only counted. */
  function nameOf(claim: ReturnType<typeof claimsOf>[number]): readonly string[] {
    if (claim.kind === 'port') return [`${claim.port}`];
    return claim.address === undefined ? [] : [`${claim.family} ${claim.address}`];
  }

  test('giving back restores, and a refused request takes nothing', () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 12 }), spec, (specs, last) => {
        const allocations = small();
        for (const each of specs) create(named(each), allocations);
        const before = allocations.taken;
        const answer = create(named(last), allocations);
        if ('stored' in answer) allocations.release(claimsOf(answer.stored));
        expect(allocations.taken).toBe(before);
        expect(errorsOf(create(named(last), allocations))).toEqual(errorsOf(answer));
      }),
    );
  });

  test('a dry run takes nothing', () => {
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 12 }), (specs) => {
        const allocations = small();
        for (const each of specs) create(named(each), allocations, 'dry-run');
        expect(allocations.taken).toBe(1);
      }),
    );
  });

  test('an update takes and frees exactly what differs', () => {
    fc.assert(
      fc.property(spec, spec, (from, to) => {
        const allocations = small();
        const created = create(named(from), allocations);
        if ('errors' in created) return;
        const answer = update(named(to), created.stored, allocations);
        const stored = 'errors' in answer ? created.stored : answer.stored;
        expect(allocations.taken).toBe(1 + claimsOf(stored).length);
      }),
    );
  });

  test('placeholders are told from other texts', () => {
    const values = ['<allocated>', '<kept IPv6>', '<allocated #7>', 'None', '<allocate>', 30000, undefined];
    expect(values.map(isPlaceholder)).toEqual([true, true, true, false, false, false, false]);
  });
});
