import type { NetworkPolicyResource, PolicyDirection } from '../../manifest/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';
import { removal, writtenAt } from '../shared/written.ts';

/** Rules for a direction that is none of the policy's types: they let nothing in or out, and keep nothing. */
export const rule = defineRule({
  id: 'network-policy/ignored-rules',
  severity: 'warning',
  resource: 'NetworkPolicy',
  check: (policy) => [...repeatedTypes(policy), ...DIRECTIONS.flatMap((direction) => ignored(policy, direction))],
});

const DIRECTIONS = ['Ingress', 'Egress'] as const;

interface DirectionWords {
  readonly field: 'ingress' | 'egress';
  /** What a policy of another type leaves as it is. */
  readonly traffic: string;
}

const WORDS: Readonly<Record<PolicyDirection, DirectionWords>> = {
  Ingress: { field: 'ingress', traffic: 'what reaches its Pods' },
  Egress: { field: 'egress', traffic: 'what its Pods send' },
};

function ignored(policy: NetworkPolicyResource, direction: PolicyDirection): readonly RuleFinding[] {
  const { policyTypes } = policy.spec;
  // Words that are no types at all are refused (NP-22).
  if (policyTypes.length === 0 || policyTypes.includes(direction)) return [];
  const { field } = WORDS[direction];
  const written = writtenAt(policy, 'spec', field);
  if (!Array.isArray(written)) return [];
  if (writtenTypes(policy).length === 0) return [withoutTypes(policy)];
  return [written.length === 0 ? emptyList(policy, direction) : rulesOfOtherType(policy, direction)];
}

function writtenTypes(policy: NetworkPolicyResource): readonly unknown[] {
  const types = writtenAt(policy, 'spec', 'policyTypes');
  return Array.isArray(types) ? types : [];
}

function rulesOfOtherType(policy: NetworkPolicyResource, direction: PolicyDirection): RuleFinding {
  const { field, traffic } = WORDS[direction];
  // Rules that let everything through change nothing for Pods that no other policy isolates.
  const isOpen = policy.spec[field].some(({ peers, ports }) => peers.length === 0 && ports.length === 0);
  const path = [...policy.spec.path, field];
  return {
    path,
    part: 'key',
    ...(isOpen ? { severity: 'information' } : {}),
    message: `${field} has no effect: policyTypes has only ${policy.spec.policyTypes[0]}, so this policy says nothing about ${traffic}.`,
    fixes: [...addType(policy, direction), removal(policy, path)],
  };
}

/** Whether `[]` was meant to deny everything, nobody can tell once the types are written out. */
function emptyList(policy: NetworkPolicyResource, direction: PolicyDirection): RuleFinding {
  const { field, traffic } = WORDS[direction];
  const path = [...policy.spec.path, field];
  return {
    path,
    part: 'key',
    severity: 'information',
    message: `${field}: [] denies nothing: policyTypes has only ${policy.spec.policyTypes[0]}, so this policy says nothing about ${traffic}.`,
    fixes: [...addType(policy, direction), removal(policy, path)],
  };
}

function addType(policy: NetworkPolicyResource, direction: PolicyDirection): readonly Fix[] {
  // A third type would be refused (NP-21).
  if (writtenTypes(policy).length !== 1) return [];
  const edit = { op: 'append', path: [...policy.spec.path, 'policyTypes'], value: direction } as const;
  return [{ title: `Add ${direction} to policyTypes`, kind: 'suggested', edits: [{ resource: policy, edit }] }];
}

/** Without types, an egress list counts only if it has rules (NP-DEF-2), so `egress: []` is not the denial that it looks like. */
function withoutTypes(policy: NetworkPolicyResource): RuleFinding {
  const path = [...policy.spec.path, 'egress'];
  const isOnlyEgress = writtenAt(policy, 'spec', 'ingress') === undefined;
  const instead = isOnlyEgress ? ' It denies all ingress instead.' : '';
  return {
    path,
    part: 'key',
    ...(isOnlyEgress ? {} : { severity: 'information' }),
    message: `egress: [] denies nothing: without policyTypes, a policy without egress rules is about ingress alone.${instead}`,
    fixes: [
      ...(isOnlyEgress ? [writeTypes(policy, ['Egress'])] : []),
      writeTypes(policy, ['Ingress', 'Egress']),
      removal(policy, path),
    ],
  };
}

function writeTypes(policy: NetworkPolicyResource, types: readonly PolicyDirection[]): Fix {
  const edit = { op: 'insert', path: [...policy.spec.path, 'policyTypes'], value: types } as const;
  return { title: `Add policyTypes ${types.join(' and ')}`, kind: 'suggested', edits: [{ resource: policy, edit }] };
}

/** A type twice; the second was perhaps meant to be the other one. */
function repeatedTypes(policy: NetworkPolicyResource): readonly RuleFinding[] {
  const [first, second] = writtenTypes(policy);
  if (first === undefined || first !== second) return [];
  const path = [...policy.spec.path, 'policyTypes', 1];
  const other = DIRECTIONS.find((direction) => direction !== first) ?? 'Egress';
  const edit = { op: 'replace', path, value: other } as const;
  const replace: Fix = { title: `Use ${other}`, kind: 'suggested', edits: [{ resource: policy, edit }] };
  const isMeant = policy.spec[WORDS[other].field].length > 0;
  return [
    {
      path,
      severity: 'information',
      message: `The second ${first} has no effect: a type counts once.`,
      fixes: [...(isMeant ? [replace] : []), removal(policy, path, `the second ${first}`)],
    },
  ];
}
