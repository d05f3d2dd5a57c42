import { describe, expect, test } from 'vitest';
import { NETWORK_POLICY } from '../server/src/core/api/kinds/network-policy.ts';
import { BEFORE, type Body, create, NOW, objectOf, runCases, update, warnings } from './support/kind-rules.ts';

const POLICY_PORT = 'spec.ingress[0].ports[0]';
const PEER = 'spec.ingress[0].from[0]';

function withPolicyPort(port: object): Body {
  return { spec: { ingress: [{ ports: [port] }] } };
}

function withPeer(peer: object): Body {
  return { spec: { ingress: [{ from: [peer] }] } };
}

function withBlock(cidr: string, ...except: readonly string[]): Body {
  return withPeer({ ipBlock: { cidr, except } });
}

function withRequirement(requirement: object): Body {
  return { spec: { podSelector: { matchExpressions: [{ key: 'a', ...requirement }] } } };
}

const EXPRESSION = 'spec.podSelector.matchExpressions[0]';

describe('NetworkPolicy', () => {
  runCases(NETWORK_POLICY, [
    ['NP-1 name', { metadata: { name: 'A' } }, ['metadata.name: Invalid value: "A": SUBDOMAIN']],
    [
      'NP-2 labels of every selector',
      withPeer({ podSelector: { matchLabels: { a: '-' } }, namespaceSelector: { matchLabels: { '-': 'a' } } }),
      [
        `${PEER}.podSelector.matchLabels: Invalid value: "-": LABEL VALUE`,
        `${PEER}.namespaceSelector.matchLabels: Invalid value: "-": KEY`,
      ],
    ],
    [
      'NP-3 no values',
      withRequirement({ operator: 'In' }),
      [`${EXPRESSION}.values: Required value: must be specified when \`operator\` is 'In' or 'NotIn'`],
    ],
    [
      'NP-4 values',
      withRequirement({ operator: 'Exists', values: ['b'] }),
      [`${EXPRESSION}.values: Forbidden: may not be specified when \`operator\` is 'Exists' or 'DoesNotExist'`],
    ],
    [
      'NP-5 operator',
      withRequirement({ operator: 'Gt', values: ['1'] }),
      [`${EXPRESSION}.operator: Invalid value: "Gt": not a valid selector operator`],
    ],
    ['NP-6 key', withRequirement({ key: '-', operator: 'Exists' }), [`${EXPRESSION}.key: Invalid value: "-": KEY`]],
    [
      'NP-7 value',
      withRequirement({ operator: 'In', values: ['b', '-'] }),
      [`${EXPRESSION}.values[1]: Invalid value: "-": LABEL VALUE`],
    ],
    [
      'NP-8 protocol',
      withPolicyPort({ protocol: 'tcp' }),
      [`${POLICY_PORT}.protocol: Unsupported value: "tcp": supported values: "TCP", "UDP", "SCTP"`],
    ],
    [
      'NP-9 number',
      withPolicyPort({ port: 0 }),
      [`${POLICY_PORT}.port: Invalid value: 0: must be between 1 and 65535, inclusive`],
    ],
    [
      'NP-10 number in quotes',
      withPolicyPort({ port: '80' }),
      [`${POLICY_PORT}.port: Invalid value: "80": must contain at least one letter (a-z)`],
    ],
    [
      'NP-11 end before the port, which is printed',
      withPolicyPort({ port: 80, endPort: 79 }),
      [`${POLICY_PORT}.endPort: Invalid value: 80: must be greater than or equal to \`port\``],
    ],
    [
      'NP-12 end',
      withPolicyPort({ port: 80, endPort: 65536 }),
      [`${POLICY_PORT}.endPort: Invalid value: 65536: must be between 1 and 65535, inclusive`],
    ],
    [
      'NP-13 end of a named port',
      withPolicyPort({ port: 'http', endPort: 81 }),
      [`${POLICY_PORT}.endPort: Invalid value: 81: may not be specified when \`port\` is non-numeric`],
    ],
    [
      'NP-14 end without a port',
      withPolicyPort({ endPort: 0 }),
      [`${POLICY_PORT}.endPort: Invalid value: 0: may not be specified when \`port\` is not specified`],
    ],
    ['NP-15 no peer', withPeer({}), [`${PEER}: Required value: must specify a peer`]],
    [
      'NP-16 block and selector',
      withPeer({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }),
      [`${PEER}: Forbidden: may not specify both ipBlock and another peer`],
    ],
    ['NP-17 no CIDR', withPeer({ ipBlock: { except: ['x'] } }), [`${PEER}.ipBlock.cidr: Required value`]],
    [
      'NP-18 address, whose exceptions are not looked at',
      withBlock('10.0.0.1', 'x'),
      [`${PEER}.ipBlock.cidr: Invalid value: "10.0.0.1": must be a valid CIDR value`],
    ],
    [
      'NP-18 host bits',
      withBlock('10.0.0.1/8'),
      [`${PEER}.ipBlock.cidr: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length`],
    ],
    [
      'NP-19 exception',
      withBlock('10.0.0.0/8', '10.01.0.0/16', 'x'),
      [
        `${PEER}.ipBlock.except[0]: Invalid value: "10.01.0.0/16": must not have leading 0s in IP or prefix length`,
        `${PEER}.ipBlock.except[1]: Invalid value: "x": must be a valid CIDR value`,
      ],
    ],
    [
      'NP-20 exceptions outside, as large, of the other family',
      withBlock('10.0.0.0/8', '10.1.0.0/16', '11.0.0.0/16', '10.0.0.0/8', 'fd00::/64'),
      ['11.0.0.0/16', '10.0.0.0/8', 'fd00::/64'].map(
        (text, index) =>
          `${PEER}.ipBlock.except[${index + 1}]: Invalid value: "${text}": must be a strict subset of \`cidr\``,
      ),
    ],
    [
      'NP-21 three types',
      { spec: { policyTypes: ['Ingress', 'Egress', 'x'] } },
      ['spec.policyTypes: Invalid value: ["Ingress","Egress","x"]: may not specify more than two policyTypes'],
    ],
    [
      'NP-22 type',
      { spec: { policyTypes: ['Ingress', 'egress'] } },
      ['spec.policyTypes[1]: Unsupported value: "egress": supported values: "Ingress", "Egress"'],
    ],
    [
      'egress like ingress',
      { spec: { egress: [{ ports: [{ port: 0 }], to: [{}] }] } },
      [
        'spec.egress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
        'spec.egress[0].to[0]: Required value: must specify a peer',
      ],
    ],
  ]);

  test('NP-DEF-1 the protocol is TCP', () => {
    expect(NETWORK_POLICY.default(objectOf(NETWORK_POLICY, withPolicyPort({})), NOW)).toMatchObject({
      spec: { ingress: [{ ports: [{ protocol: 'TCP' }] }], policyTypes: ['Ingress'] },
    });
  });

  test.each([
    [{}, ['Ingress']],
    [{ egress: [] }, ['Ingress']],
    [{ egress: [{}] }, ['Ingress', 'Egress']],
    [{ policyTypes: ['Egress'], ingress: [{}] }, ['Egress']],
  ])('NP-DEF-2 types of %j', (spec, policyTypes) => {
    expect(NETWORK_POLICY.default(objectOf(NETWORK_POLICY, { spec }), NOW)).toMatchObject({ spec: { policyTypes } });
  });

  test('NP-18 CIDRs of the stored object are kept anywhere', () => {
    const next = { spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1/8' } }] }] } };
    expect(update(NETWORK_POLICY, withBlock('10.0.0.1/8'), next)).toEqual([]);
    expect(update(NETWORK_POLICY, withBlock('10.0.0.0/8'), next)).toHaveLength(1);
  });

  test('NP-18 before 1.36 host bits are only warned of', () => {
    const body = withBlock('10.0.0.1/8');
    expect(create(NETWORK_POLICY, body, BEFORE)).toEqual([]);
    expect(warnings(NETWORK_POLICY, body, undefined, BEFORE)).toEqual([
      `${PEER}.ipBlock.cidr: CIDR value "10.0.0.1/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)`,
    ]);
  });

  test('NP-20 before 1.36 lengths of prefixes are compared as they are written', () => {
    expect(create(NETWORK_POLICY, withBlock('10.0.0.0/8', '::ffff:10.0.0.0/104'), BEFORE)).toEqual([]);
    expect(create(NETWORK_POLICY, withBlock('::ffff:10.0.0.0/104', '10.0.0.0/16'), BEFORE)).toHaveLength(1);
  });

  test('NP-7 wrong values are kept if the stored selector is wrong', () => {
    const wrong = withRequirement({ operator: 'In', values: ['-'] });
    expect(update(NETWORK_POLICY, wrong, wrong)).toEqual([]);
    expect(update(NETWORK_POLICY, {}, wrong)).toHaveLength(1);
  });
});
