import { type Cluster, classOf } from '../../cluster/index.ts';
import { fieldOf, type IngressResource } from '../../manifest/index.ts';
import { has, list } from '../../words.ts';
import { defineRule, type Fix } from '../rule.ts';

/** An Ingress without a class, where no class is the default. */
export const rule = defineRule({
  id: 'ingress/no-class',
  severity: 'warning',
  resource: 'Ingress',
  assumes: 'closed-set',
  check(ingress, cluster) {
    // Without any IngressClass in view, they are kept somewhere else.
    if (cluster.ingressClasses.length === 0 || classOf(cluster, ingress).source !== 'none') return [];
    const names = cluster.ingressClasses.map(({ name }) => name);
    const message =
      `Ingress ${ingress.name} names no class and none is the default, so only a controller that also takes Ingresses ` +
      `without a class serves it. IngressClass ${list(names)} ${has(names) === 'has' ? 'is' : 'are'} there.`;
    return [
      {
        path: [...ingress.spec.path, 'ingressClassName'],
        message,
        related: cluster.ingressClasses
          .slice(0, 3)
          .map((each) => ({ ...fieldOf(each, 'metadata', 'name'), message: `IngressClass ${each.name}.` })),
        fixes: fixesFor(ingress, cluster),
      },
    ];
  },
});

/** Only where there is no choice. */
function fixesFor(ingress: IngressResource, cluster: Cluster): readonly Fix[] {
  const [only, ...more] = cluster.ingressClasses;
  if (only === undefined || more.length > 0) return [];
  const edit = { op: 'insert', path: [...ingress.spec.path, 'ingressClassName'], value: only.name } as const;
  return [{ title: `Set ingressClassName: ${only.name}`, kind: 'suggested', edits: [{ resource: ingress, edit }] }];
}
