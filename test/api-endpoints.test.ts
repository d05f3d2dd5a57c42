import { describe, expect, test } from 'vitest';
import { ENDPOINT_SLICE } from '../server/src/core/api/kinds/endpoint-slice.ts';
import { ENDPOINTS } from '../server/src/core/api/kinds/endpoints.ts';
import {
  BEFORE,
  type Body,
  create,
  NOW,
  objectOf,
  prepared,
  runCases,
  update,
  warnings,
} from './support/kind-rules.ts';

function withEndpoint(addressType: string, endpoint: object): Body {
  return { addressType, endpoints: [{ addresses: ['10.0.0.1'], ...endpoint }] };
}

function withAddress(addressType: string, address: string): Body {
  return withEndpoint(addressType, { addresses: [address] });
}

function withSlicePorts(...ports: readonly object[]): Body {
  return { addressType: 'IPv4', ports };
}

function withHints(hints: object): Body {
  return withEndpoint('IPv4', { hints });
}

const NINE = [...'abcdefghi'].map((name) => ({ name }));
const ADDRESSES = 'endpoints[0].addresses';

describe('EndpointSlice', () => {
  runCases(ENDPOINT_SLICE, [
    ['EPS-1 name', { metadata: { name: 'A' }, addressType: 'IPv4' }, ['metadata.name: Invalid value: "A": SUBDOMAIN']],
    ['EPS-2 no address type', {}, ['addressType: Required value']],
    [
      'EPS-3 address type, and addresses are not looked at',
      withAddress('IP', 'x'),
      ['addressType: Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"'],
    ],
    [
      'EPS-5 many endpoints',
      { addressType: 'IPv4', endpoints: Array.from({ length: 1001 }, () => ({})) },
      ['endpoints: Too many: 1001: must have at most 1000 items'],
    ],
    [
      'EPS-6 no addresses',
      withEndpoint('IPv4', { addresses: undefined }),
      [`${ADDRESSES}: Required value: must contain at least 1 address`],
    ],
    [
      'EPS-7 many addresses',
      withEndpoint('IPv4', { addresses: Array.from({ length: 101 }, () => '10.0.0.1') }),
      [`${ADDRESSES}: Too many: 101: must have at most 100 items`],
    ],
    [
      'EPS-8 leading zeros',
      withAddress('IPv4', '010.0.0.1'),
      [`${ADDRESSES}[0]: Invalid value: "010.0.0.1": must not have leading 0s`],
    ],
    [
      'EPS-9 IPv6 address',
      withAddress('IPv4', 'fd00::1'),
      [`${ADDRESSES}: Invalid value: "fd00::1": must be an IPv4 address`],
    ],
    [
      'EPS-10 form of an IPv6 address',
      withAddress('IPv6', 'fd00::0001'),
      [`${ADDRESSES}[0]: Invalid value: "fd00::0001": must be in canonical form ("fd00::1")`],
    ],
    [
      'EPS-11 IPv4 address',
      withAddress('IPv6', '10.0.0.1'),
      [`${ADDRESSES}: Invalid value: "10.0.0.1": must be an IPv6 address`],
    ],
    [
      'EPS-12 unspecified',
      withAddress('IPv4', '0.0.0.0'),
      [`${ADDRESSES}[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)`],
    ],
    [
      'EPS-12 multicast, whatever its flags',
      withAddress('IPv6', 'ff12::1'),
      [
        `${ADDRESSES}[0]: Invalid value: "ff12::1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)`,
      ],
    ],
    ['EPS-13 name with a dot at its end', withAddress('FQDN', 'a.com.'), []],
    ['EPS-13 no name', withAddress('FQDN', ''), [`${ADDRESSES}[0]: Required value`]],
    ['EPS-13 name', withAddress('FQDN', 'A.com'), [`${ADDRESSES}[0]: Invalid value: "A.com": SUBDOMAIN`]],
    [
      'EPS-13 short name',
      withAddress('FQDN', 'a'),
      [`${ADDRESSES}[0]: Invalid value: "a": should be a domain with at least two segments separated by dots`],
    ],
    [
      'EPS-13 long label',
      withAddress('FQDN', `${'a'.repeat(64)}.com`),
      [`${ADDRESSES}[0]: Invalid value: "${'a'.repeat(64)}": must be no more than 63 characters`],
    ],
    ['EPS-14 node', withEndpoint('IPv4', { nodeName: '' }), ['endpoints[0].nodeName: Invalid value: "": SUBDOMAIN']],
    ['EPS-15 hostname', withEndpoint('IPv4', { hostname: 'A' }), ['endpoints[0].hostname: Invalid value: "A": LABEL']],
    ['EPS-16 topology is dropped', withEndpoint('IPv4', { deprecatedTopology: { '-': '-' } }), []],
    [
      'EPS-17 many zones, and nodes are not looked at',
      withHints({ forZones: NINE, forNodes: NINE }),
      ['endpoints[0].hints.forZones: Too many: 9: must have at most 8 items'],
    ],
    [
      'EPS-17 many nodes',
      withHints({ forNodes: NINE }),
      ['endpoints[0].hints.forNodes: Too many: 9: must have at most 8 items'],
    ],
    [
      'EPS-18 zones, which may be empty',
      withHints({ forZones: [{}, {}, { name: '-' }] }),
      [
        'endpoints[0].hints.forZones[1].name: Duplicate value: ""',
        'endpoints[0].hints.forZones[2].name: Invalid value: "-": LABEL VALUE',
      ],
    ],
    [
      'EPS-19 nodes',
      withHints({ forNodes: [{ name: 'a' }, { name: 'a' }, { name: 'A' }] }),
      [
        'endpoints[0].hints.forNodes[1].name: Duplicate value: "a"',
        'endpoints[0].hints.forNodes[2].name: Invalid value: "A": SUBDOMAIN',
      ],
    ],
    [
      'EPS-20 many ports',
      withSlicePorts(...Array.from({ length: 20_001 }, () => ({}))),
      ['ports: Too many: 20001: must have at most 20000 items'],
    ],
    ['EPS-21 name of a port', withSlicePorts({ name: 'A' }), ['ports[0].name: Invalid value: "A": LABEL']],
    [
      'EPS-22 names of ports, which are empty by default (EPS-DEF-1)',
      withSlicePorts({}, { protocol: 'UDP' }),
      ['ports[1].name: Duplicate value: ""'],
    ],
    [
      'EPS-23 protocol, which is TCP by default (EPS-DEF-2)',
      withSlicePorts({ name: 'a' }, { name: 'b', protocol: '' }),
      ['ports[1].protocol: Unsupported value: "": supported values: "SCTP", "TCP", "UDP"'],
    ],
    [
      'EPS-24 application protocol',
      withSlicePorts({ appProtocol: '-' }),
      ['ports[0].appProtocol: Invalid value: "-": KEY'],
    ],
    ['EPS-25 any number', withSlicePorts({ port: 70_000 }), []],
    ['EPS-27 any zone', withEndpoint('IPv4', { zone: '-' }), []],
    ['EPS-29 the same address twice', withEndpoint('IPv4', { addresses: ['10.0.0.1', '10.0.0.1'] }), []],
  ]);

  test('EPS-DEF-3 topology is dropped, EPS-DEF-4 conditions are not filled in', () => {
    const body = withEndpoint('IPv4', { deprecatedTopology: { a: 'b' } });
    expect(ENDPOINT_SLICE.default(objectOf(ENDPOINT_SLICE, body), NOW)).toHaveProperty('endpoints', [
      { addresses: ['10.0.0.1'] },
    ]);
  });

  test('EPS-19 hints for nodes are dropped before 1.34', () => {
    const body = withHints({ forZones: [{ name: 'a' }], forNodes: [{ name: 'b' }] });
    expect(ENDPOINT_SLICE.default(objectOf(ENDPOINT_SLICE, body), { version: 33 })).toHaveProperty('endpoints', [
      { addresses: ['10.0.0.1'], hints: { forZones: [{ name: 'a' }] } },
    ]);
  });

  test('EPS-4 the address type stays', () => {
    expect(update(ENDPOINT_SLICE, { addressType: 'IPv4' }, { addressType: 'IPv6' })).toEqual([
      'addressType: Invalid value: "IPv6": field is immutable',
    ]);
  });

  test('the generation grows with the content and the labels, not with other metadata', () => {
    const stored = ENDPOINT_SLICE.default(objectOf(ENDPOINT_SLICE, withAddress('IPv4', '10.0.0.1')), NOW);
    const generationOf = (body: Body) =>
      prepared(ENDPOINT_SLICE, objectOf(ENDPOINT_SLICE, body), stored).metadata.generation;
    const body = withAddress('IPv4', '10.0.0.1');
    expect(stored.metadata.generation).toBe(1);
    expect(generationOf(body)).toBe(1);
    expect(generationOf({ ...body, metadata: { annotations: { a: 'b' } } })).toBe(1);
    expect(generationOf({ ...body, metadata: { labels: { a: 'b' } } })).toBe(2);
    expect(generationOf(withAddress('IPv4', '10.0.0.2'))).toBe(2);
    // Compared before it is dropped.
    const endpoint = { addresses: ['10.0.0.1'], deprecatedTopology: { a: 'b' } };
    expect(generationOf(withEndpoint('IPv4', endpoint))).toBe(2);
  });

  test('EPS-26 endpoints that do not change are not looked at', () => {
    const wrong = withAddress('IPv4', 'x');
    expect(update(ENDPOINT_SLICE, wrong, wrong)).toEqual([]);
    expect(update(ENDPOINT_SLICE, withAddress('IPv4', 'y'), wrong)).toHaveLength(1);
  });

  test('names are warned of on creation, forms of addresses always, but not what controllers write', () => {
    const name = withAddress('FQDN', 'a.com');
    expect(warnings(ENDPOINT_SLICE, name)).toEqual(['spec.addressType: FQDN endpoints are deprecated']);
    expect(warnings(ENDPOINT_SLICE, name, name)).toEqual([]);
    const zeros = withAddress('IPv4', '010.0.0.1');
    const text = `${ADDRESSES}[0]: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"`;
    expect(create(ENDPOINT_SLICE, zeros, BEFORE)).toEqual([]);
    expect(warnings(ENDPOINT_SLICE, zeros, zeros)).toEqual([text]);
    const labels = { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' };
    expect(warnings(ENDPOINT_SLICE, { ...zeros, metadata: { labels } })).toEqual([]);
  });
});

function withSubset(subset: object): Body {
  return { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ...subset }] };
}

function withEndpointAddress(address: object): Body {
  return withSubset({ addresses: [{ ip: '10.0.0.1', ...address }] });
}

function withEndpointPort(port: object): Body {
  return withSubset({ ports: [{ port: 80, ...port }] });
}

const ADDRESS = 'subsets[0].addresses[0]';
const ENDPOINT_PORT = 'subsets[0].ports[0]';

describe('Endpoints', () => {
  runCases(ENDPOINTS, [
    ['EP-1 name', { metadata: { name: 'A' } }, ['metadata.name: Invalid value: "A": SUBDOMAIN']],
    [
      'EP-2 no addresses',
      { subsets: [{ ports: [{ port: 80 }] }] },
      ['subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`'],
    ],
    [
      'EP-3 no address is wrong twice',
      withEndpointAddress({ ip: 'x', hostname: 'A' }),
      [
        `${ADDRESS}.ip: Invalid value: "x": must be a valid IP address`,
        `${ADDRESS}.hostname: Invalid value: "A": LABEL`,
        `${ADDRESS}.ip: Invalid value: "x": must be a valid IP address`,
      ],
    ],
    [
      'EP-4 special address, also of those that are not ready',
      { subsets: [{ notReadyAddresses: [{ ip: '127.0.0.1' }] }] },
      [
        'subsets[0].notReadyAddresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      ],
    ],
    ['EP-5 hostname', withEndpointAddress({ hostname: 'A' }), [`${ADDRESS}.hostname: Invalid value: "A": LABEL`]],
    ['EP-6 node', withEndpointAddress({ nodeName: '' }), [`${ADDRESS}.nodeName: Invalid value: "": SUBDOMAIN`]],
    [
      'EP-7 several ports need names',
      withSubset({ ports: [{ port: 80 }, { name: 'b', port: 81 }] }),
      [`${ENDPOINT_PORT}.name: Required value`],
    ],
    ['EP-8 name', withEndpointPort({ name: 'A' }), [`${ENDPOINT_PORT}.name: Invalid value: "A": LABEL`]],
    ['EP-8 the same name twice', withSubset({ ports: Array.from({ length: 2 }, () => ({ name: 'a', port: 80 })) }), []],
    [
      'EP-9 number',
      withEndpointPort({ port: undefined }),
      [`${ENDPOINT_PORT}.port: Invalid value: 0: must be between 1 and 65535, inclusive`],
    ],
    [
      'EP-10 protocol',
      withEndpointPort({ protocol: 'tcp' }),
      [`${ENDPOINT_PORT}.protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"`],
    ],
    [
      'EP-11 application protocol',
      withEndpointPort({ appProtocol: '-' }),
      [`${ENDPOINT_PORT}.appProtocol: Invalid value: "-": KEY`],
    ],
    ['EP-12 no ports', withSubset({}), []],
    ['EP-13 both families', withSubset({ addresses: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] }), []],
  ]);

  test('EP-10 the protocol is TCP', () => {
    expect(ENDPOINTS.default(objectOf(ENDPOINTS, withEndpointPort({})), NOW)).toMatchObject({
      subsets: [{ ports: [{ port: 80, protocol: 'TCP' }] }],
    });
  });

  test('EP-14 subsets that do not change are not looked at', () => {
    const wrong = withEndpointAddress({ ip: 'x' });
    expect(update(ENDPOINTS, wrong, wrong)).toEqual([]);
    expect(update(ENDPOINTS, {}, wrong)).toHaveLength(2);
  });

  test('forms of addresses are warned of, but not what the controller writes', () => {
    const zeros = withEndpointAddress({ ip: '010.0.0.1' });
    expect(create(ENDPOINTS, zeros, BEFORE)).toEqual([]);
    expect(warnings(ENDPOINTS, zeros)).toEqual([
      `${ADDRESS}.ip: non-standard IP address "010.0.0.1" is invalid: use "10.0.0.1"`,
    ]);
    const labels = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' };
    expect(warnings(ENDPOINTS, { ...zeros, metadata: { labels } })).toEqual([]);
  });

  test('the kind is deprecated', () => {
    expect(ENDPOINTS.deprecation).toBe('v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice');
  });
});
