import { classOf } from '../../cluster/index.ts';
import { fieldOf, type IngressResource } from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import { list } from '../../words.ts';
import { defineRule, type Fix } from '../rule.ts';

/** An Ingress whose class is no IngressClass of the cluster. */
export const rule = defineRule({
  id: 'ingress/class-missing',
  severity: 'warning',
  resource: 'Ingress',
  assumes: 'closed-set',
  check(ingress, cluster) {
    const { source, name, object } = classOf(cluster, ingress);
    // Without any IngressClass in view, they are kept somewhere else. What an annotation names need not be one.
    if (source !== 'field' || !name || object !== undefined || cluster.ingressClasses.length === 0) return [];
    if (name === cluster.settings.defaultIngressClass) return [];
    const known = cluster.ingressClasses.map((each) => each.name);
    const meant = findMostSimilar(name, known) ?? (known.length === 1 ? known[0] : undefined);
    const message = `There is no IngressClass ${name}, so no controller serves Ingress ${ingress.name}. There is ${list(known)}.`;
    return [
      {
        path: [...ingress.spec.path, 'ingressClassName'],
        message,
        related: cluster.ingressClasses
          .slice(0, 3)
          .map((each) => ({ ...fieldOf(each, 'metadata', 'name'), message: `IngressClass ${each.name}.` })),
        fixes: meant === undefined ? [] : [fixTo(ingress, meant)],
      },
    ];
  },
});

function fixTo(ingress: IngressResource, name: string): Fix {
  const edit = { op: 'replace', path: [...ingress.spec.path, 'ingressClassName'], value: name } as const;
  return { title: `Use IngressClass ${name}`, kind: 'suggested', edits: [{ resource: ingress, edit }] };
}
