import { defineRule } from '../rule.ts';

/** A Pod on the host's network that asks for cluster DNS, and does not get it. */
export const rule = defineRule({
  id: 'pod/host-network-dns',
  severity: 'information',
  resource: 'Workload',
  check(workload) {
    const { template } = workload.spec;
    const policy = template.dnsPolicy ?? 'ClusterFirst';
    if (!template.hostNetwork || policy !== 'ClusterFirst') return [];
    const isWritten = template.dnsPolicy !== undefined;
    const path = [...template.path, 'spec', 'dnsPolicy'];
    const why = isWritten
      ? 'dnsPolicy ClusterFirst has no effect here'
      : 'dnsPolicy is ClusterFirst by default, which has no effect here';
    return [
      {
        path: isWritten ? path : [...template.path, 'spec', 'hostNetwork'],
        part: isWritten ? ('value' as const) : ('key' as const),
        severity: isWritten ? ('warning' as const) : ('information' as const),
        message: `These Pods use the node's network, so ${why}: they ask the node's DNS servers, and names of Services do not resolve.`,
        fixes: [
          {
            title: 'Use dnsPolicy ClusterFirstWithHostNet',
            kind: 'safe' as const,
            edits: [
              {
                resource: workload,
                edit: { op: isWritten ? 'replace' : 'insert', path, value: 'ClusterFirstWithHostNet' } as const,
              },
            ],
          },
        ],
      },
    ];
  },
});
