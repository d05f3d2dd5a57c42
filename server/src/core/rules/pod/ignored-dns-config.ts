import { parseAddress, parseCidr, rangeContains } from '../../api/index.ts';
import type { Cluster } from '../../cluster/index.ts';
import type { DnsOption, PodTemplate, WorkloadResource } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import { dataOf, findNode } from '../../yaml/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';
import { removal } from '../shared/written.ts';

/** Parts of `dnsConfig` that do not arrive in resolv.conf, or that resolvers do not read there. */
export const rule = defineRule({
  id: 'pod/ignored-dns-config',
  severity: 'warning',
  resource: 'Workload',
  check(workload, cluster) {
    const { options } = workload.spec.template.dnsConfig;
    return [
      ...fourthServer(workload, cluster),
      ...options.flatMap((option) => checkOption(workload, option)),
      ...repeatedOptions(workload, options),
    ];
  },
});

/** The kubelet and resolvers take three; the cluster's own stand first under the policies that use them. */
const MOST_SERVERS = 3;

function fourthServer(workload: WorkloadResource, cluster: Cluster): readonly RuleFinding[] {
  const { template } = workload.spec;
  const { nameservers } = template.dnsConfig;
  const last = nameservers[MOST_SERVERS - 1];
  const distinct = new Set(nameservers.map(({ value }) => value));
  if (last === undefined || !hasClusterDns(template) || distinct.size !== MOST_SERVERS) return [];
  if (nameservers.some(({ value }) => mayBeClusterDns(cluster, value))) return [];
  const message =
    `${last.value} has no effect: dnsPolicy ${template.dnsPolicy ?? 'ClusterFirst'} puts the cluster's DNS server before these, ` +
    'and resolv.conf takes three in all.';
  return [{ path: last.path, message, fixes: [removal(workload, last.path, last.value)] }];
}

/** Whether the kubelet starts from the cluster's DNS servers (GetPodDNS). */
function hasClusterDns({ dnsPolicy = 'ClusterFirst', hostNetwork }: PodTemplate): boolean {
  return dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
}

/** The cluster's own server written once more takes no place of its own. Node-local caches have link-local addresses. */
function mayBeClusterDns(cluster: Cluster, text: string): boolean {
  const address = parseAddress(text);
  const ranges = [...cluster.settings.serviceCIDRs, '169.254.0.0/16', 'fe80::/10'].flatMap(
    (cidr) => parseCidr(cidr) ?? [],
  );
  return address === undefined || ranges.some((range) => rangeContains(range, address));
}

/** Options with a number, and the highest that counts. */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['ndots', 15],
  ['timeout', Number.POSITIVE_INFINITY],
  ['attempts', Number.POSITIVE_INFINITY],
]);

/** Options of resolv.conf(5) that are on if they are there. */
const FLAGS: ReadonlySet<string> = new Set([
  'debug',
  'edns0',
  'inet6',
  'insecure1',
  'insecure2',
  'ip6-bytestring',
  'ip6-dotint',
  'no-aaaa',
  'no-check-names',
  'no-ip6-dotint',
  'no-reload',
  'no-tld-query',
  'rotate',
  'single-request',
  'single-request-reopen',
  'trust-ad',
  'use-vc',
]);

function checkOption(workload: WorkloadResource, option: DnsOption): readonly RuleFinding[] {
  // Of a value that is no text more is wrong, and it is said elsewhere.
  if (isOtherThanText(workload, [...option.path, 'value'])) return [];
  const highest = NUMBERS.get(option.name);
  if (highest !== undefined) return checkNumber(option, highest);
  if (FLAGS.has(option.name)) return checkFlag(workload, option);
  return option.name.includes(':') ? checkJoined(workload, option) : checkUnknown(workload, option);
}

function isOtherThanText({ document }: WorkloadResource, path: DnsOption['path']): boolean {
  const value = dataOf(findNode(document.root, path));
  return value !== null && typeof value !== 'string';
}

function checkNumber({ name, value = '', path }: DnsOption, highest: number): readonly RuleFinding[] {
  const place = [...path, value === '' ? 'name' : 'value'];
  if (value === '') return [{ path: place, message: `${name} has no effect without a number as its value.` }];
  // Units behind a number do no harm: resolvers stop reading there.
  if (!/^\d/.test(value)) {
    const message = `${name} takes a number, and "${value}" is none. Nobody checks it: resolvers read it as 0 or leave it out.`;
    return [{ path: place, message }];
  }
  if (Number.parseInt(value, 10) <= highest) return [];
  return [{ path: place, severity: 'information', message: `Resolvers take ${highest} for any ${name} above it.` }];
}

function checkFlag(workload: WorkloadResource, { name, value = '', path }: DnsOption): readonly RuleFinding[] {
  if (value === '') return [];
  const message =
    `${name} takes no value: with "${value}" behind it some resolvers turn it on whatever it says, ` +
    'and others do not know it.';
  return [{ path: [...path, 'value'], message, fixes: [removal(workload, [...path, 'value'])] }];
}

/** `ndots:2` as a name is another option than `ndots` to the kubelet, which merges by name and does not order what it writes. */
function checkJoined(workload: WorkloadResource, { name, value, path }: DnsOption): readonly RuleFinding[] {
  const [key = '', number = ''] = name.split(':');
  if (key !== 'ndots' || value || !hasClusterDns(workload.spec.template)) return [];
  const message =
    `"${name}" does not replace the cluster's ndots:5: its name is not ndots, so resolv.conf gets both, in an order that changes ` +
    'from Pod to Pod.';
  const edits = [
    { op: 'replace', path: [...path, 'name'], value: key },
    { op: 'insert', path: [...path, 'value'], value: number },
  ] as const;
  const fix: Fix = {
    title: `Write name ndots and value "${number}"`,
    kind: 'safe',
    edits: edits.map((edit) => ({ resource: workload, edit })),
  };
  return [{ path: [...path, 'name'], message, fixes: value === undefined ? [fix] : [] }];
}

/** A name that is nearly a known one. Others may be meant for a resolver that is not known here. */
function checkUnknown(workload: WorkloadResource, { name, path }: DnsOption): readonly RuleFinding[] {
  const similar = findMostSimilar(name, [...NUMBERS.keys(), ...FLAGS], 0.8);
  if (similar === undefined) return [];
  const edit = { op: 'replace', path: [...path, 'name'], value: similar } as const;
  return [
    {
      path: [...path, 'name'],
      message: `${name} has no effect: no resolver knows it. ${similar} is an option.`,
      fixes: [{ title: `Use ${similar}`, kind: 'suggested', edits: [{ resource: workload, edit }] }],
    },
  ];
}

/** Of options with one name the last counts. */
function repeatedOptions(workload: WorkloadResource, options: readonly DnsOption[]): readonly RuleFinding[] {
  return options.flatMap((option, index): readonly RuleFinding[] => {
    const later = options.slice(index + 1).findLast(({ name }) => name === option.name);
    if (later === undefined || later.value === option.value) return [];
    const message = `This ${option.name} has no effect: the later one replaces it.`;
    return [{ path: option.path, message, fixes: [removal(workload, option.path, `this ${option.name}`)] }];
  });
}
