import {
  backendsOf,
  type Cluster,
  serviceNameRef,
  servicesOfWorkload,
  workloadsOfService,
} from '../../cluster/index.ts';
import {
  displayName,
  fieldOf,
  type IngressBackend,
  type IngressResource,
  namespaceOf,
  type ServiceResource,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import { list } from '../../words.ts';
import { isAction, portEditsFor } from '../backend-ports.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

/** A backend that names a Service which its Ingress's namespace does not have. */
export const rule = defineRule({
  id: 'ingress/backend-service-missing',
  severity: 'warning',
  resource: 'Ingress',
  assumes: 'closed-set',
  check(ingress, cluster) {
    const view = cluster.namespace(namespaceOf(ingress));
    return backendsOf(ingress).flatMap((backend) => {
      const name = backend.serviceName;
      if (!name || isAction(backend) || view.findService(name) !== undefined) return [];
      const meant = findMeant(cluster, ingress, name);
      return meant === undefined ? [] : [finding(cluster, ingress, backend, meant)];
    });
  },
});

/** What the backend probably means. Where nothing is, its Service is kept somewhere else. */
type Meant =
  | { readonly kind: 'elsewhere'; readonly services: readonly ServiceResource[] }
  | { readonly kind: 'similar'; readonly service: ServiceResource }
  | { readonly kind: 'workload'; readonly workload: WorkloadResource }
  | { readonly kind: 'unused'; readonly services: readonly ServiceResource[] };

function findMeant(cluster: Cluster, ingress: IngressResource, name: string): Meant | undefined {
  const view = cluster.namespace(namespaceOf(ingress));
  const elsewhere = namesakesElsewhere(cluster, ingress, name);
  if (elsewhere.length > 0) return { kind: 'elsewhere', services: elsewhere };
  if (cluster.openReason(view.name) !== undefined) return undefined;
  const service = findNamedLike(name, view.services);
  if (service !== undefined) return { kind: 'similar', service };
  const lone = view.workloads.filter((workload) => servicesOfWorkload(cluster, workload).length === 0);
  const workload = findNamedLike(name, lone);
  if (workload !== undefined) return { kind: 'workload', workload };
  const unused = unusedServices(cluster, ingress);
  return unused.length > 0 ? { kind: 'unused', services: unused } : undefined;
}

/** Namesakes in other namespaces. One that an Ingress of its own namespace uses is that one's: this one's is kept elsewhere. */
function namesakesElsewhere(cluster: Cluster, ingress: IngressResource, name: string): readonly ServiceResource[] {
  if (cluster.hiddenPodsReason(namespaceOf(ingress)) !== undefined) return [];
  return cluster.namespaces
    .filter((view) => view.name !== namespaceOf(ingress))
    .filter((view) => !view.ingresses.flatMap(backendsOf).some((backend) => backend.serviceName === name))
    .flatMap((view) => view.findService(name) ?? []);
}

function findNamedLike<T extends { readonly name: string }>(name: string, candidates: readonly T[]): T | undefined {
  const names = candidates.map((each) => each.name);
  const similar = findMostSimilar(name, names, 0.75);
  return candidates.find((each) => each.name === similar);
}

/** Services that an Ingress could use and none does. Those that are entries themselves are not meant to be used by one. */
function unusedServices(cluster: Cluster, ingress: IngressResource): readonly ServiceResource[] {
  const view = cluster.namespace(namespaceOf(ingress));
  const used = new Set(view.ingresses.flatMap(backendsOf).map((backend) => backend.serviceName));
  return view.services.filter(
    ({ name, spec }) => !used.has(name) && spec.type !== 'LoadBalancer' && spec.type !== 'ExternalName',
  );
}

function finding(cluster: Cluster, ingress: IngressResource, backend: IngressBackend, meant: Meant): RuleFinding {
  return {
    path: serviceNameRef(ingress, backend).path,
    message: `Namespace ${namespaceOf(ingress)} has no Service ${backend.serviceName}, so requests for this backend fail. ${hint(meant)}`,
    related: placesOf(meant)
      .slice(0, 3)
      .map((each) => ({ ...fieldOf(each, 'metadata', 'name'), message: `${displayName(each)}.` })),
    fixes: fixesFor(cluster, ingress, backend, meant),
  };
}

function hint(meant: Meant): string {
  switch (meant.kind) {
    case 'elsewhere':
      return `Service ${meant.services[0]?.name} is in namespace ${list(meant.services.map(namespaceOf))}, out of reach of this Ingress.`;
    case 'similar':
      return `Service ${meant.service.name} is there.`;
    case 'workload':
      return `${displayName(meant.workload)} is there, but no Service leads to it.`;
    case 'unused':
      return `It has ${list(meant.services.map((service) => service.name))}.`;
  }
}

function placesOf(meant: Meant): readonly (ServiceResource | WorkloadResource)[] {
  if (meant.kind === 'similar') return [meant.service];
  return meant.kind === 'workload' ? [meant.workload] : meant.services;
}

function fixesFor(cluster: Cluster, ingress: IngressResource, backend: IngressBackend, meant: Meant): readonly Fix[] {
  if (meant.kind === 'similar') return renameFix(cluster, ingress, backend, meant.service);
  return meant.kind === 'elsewhere' ? moveFix(cluster, ingress, meant.services) : [];
}

/** Names the Service that is nearly called so; its port is named too where the backend's own is none of it. */
function renameFix(
  cluster: Cluster,
  ingress: IngressResource,
  backend: IngressBackend,
  service: ServiceResource,
): readonly Fix[] {
  const portChange = portEditsFor(service, backend, workloadsOfService(cluster, service));
  if (portChange === undefined) return [];
  const rename = { op: 'replace', path: serviceNameRef(ingress, backend).path, value: service.name } as const;
  const edits = [rename, ...portChange].map((edit) => ({ resource: ingress, edit }));
  return [{ title: `Use Service ${service.name}`, kind: 'suggested', edits }];
}

/** Moves the Ingress to its Services, if one other namespace has all of them. */
function moveFix(cluster: Cluster, ingress: IngressResource, services: readonly ServiceResource[]): readonly Fix[] {
  const [only, ...more] = services;
  if (only === undefined || more.length > 0) return [];
  const namespace = namespaceOf(only);
  const view = cluster.namespace(namespace);
  const names = backendsOf(ingress).flatMap((backend) => backend.serviceName ?? []);
  if (!names.every((name) => view.findService(name) !== undefined)) return [];
  const op = ingress.writtenNamespace === undefined ? 'insert' : 'replace';
  const edit = { op, path: [...ingress.path, 'metadata', 'namespace'], value: namespace } as const;
  return [
    { title: `Move the Ingress to namespace ${namespace}`, kind: 'suggested', edits: [{ resource: ingress, edit }] },
  ];
}
