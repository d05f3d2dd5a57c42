import {
  type FieldRef,
  type IngressBackend,
  type IngressResource,
  namespaceOf,
  type ServicePort,
  type ServiceResource,
} from '../manifest/index.ts';
import type { Cluster } from './cluster.ts';
import { type ResolvedPort, resolveTargetPort } from './ports.ts';
import { type SelectedWorkload, workloadsOfService } from './select.ts';
import { type WrittenEndpoint, writtenEndpoints } from './written-endpoints.ts';

/** Where a backend leads, as far as it can be followed. */
export interface ResolvedBackend {
  readonly ingress: IngressResource;
  readonly backend: IngressBackend;
  readonly service: ServiceResource | undefined;
  /** The Service port of the backend's name or number. */
  readonly port: ServicePort | undefined;
  readonly pods: readonly SelectedWorkload[];
  /** The Pods' own port per workload; empty without a port. */
  readonly targets: readonly BackendTarget[];
  /** Endpoints of a Service without a selector. */
  readonly written: readonly WrittenEndpoint[];
}

/** Where requests arrive in the Pods of one workload. */
export interface BackendTarget extends SelectedWorkload {
  /** Undefined if no container has a port of the target's name. */
  readonly port: ResolvedPort | undefined;
}

/** Follows a backend to the Pods. A Service of another namespace is out of reach. */
export function resolveBackend(cluster: Cluster, ingress: IngressResource, backend: IngressBackend): ResolvedBackend {
  const service = cluster.namespace(namespaceOf(ingress)).findService(backend.serviceName ?? '');
  const port = service && findBackendPort(service, backend);
  const pods = service === undefined ? [] : workloadsOfService(cluster, service);
  return {
    ingress,
    backend,
    service,
    port,
    pods,
    targets: port === undefined ? [] : pods.map((each) => targetOf(each, port)),
    written: service === undefined || port === undefined ? [] : writtenEndpoints(cluster, service, port),
  };
}

function targetOf(selected: SelectedWorkload, port: ServicePort): BackendTarget {
  return { ...selected, port: resolveTargetPort(selected.workload.spec.template, port) };
}

/** The Service port that a backend names; by name if it gives one, else by number. */
export function findBackendPort(service: ServiceResource, backend: IngressBackend): ServicePort | undefined {
  return service.spec.ports.find((port) =>
    backend.portName === undefined ? port.port === backend.portNumber : port.name === backend.portName,
  );
}

/** Every backend of an Ingress: those of its paths in order, then the default one. */
export function backendsOf(ingress: IngressResource): readonly IngressBackend[] {
  const { rules, defaultBackend } = ingress.spec;
  const routed = rules.flatMap((rule) => rule.paths.flatMap((path) => path.backend ?? []));
  return defaultBackend === undefined ? routed : [...routed, defaultBackend];
}

/** Whether an Ingress of its namespace leads to a Service, so that a controller may read more of it than kube-proxy does. */
export function isIngressBackend(cluster: Cluster, service: ServiceResource): boolean {
  const { ingresses } = cluster.namespace(namespaceOf(service));
  return ingresses.some((ingress) => backendsOf(ingress).some(({ serviceName }) => serviceName === service.name));
}

/** Where the name of a backend's Service stands. */
export function serviceNameRef(ingress: IngressResource, backend: IngressBackend): FieldRef {
  return { resource: ingress, path: [...backend.path, 'service', 'name'] };
}

/** Where a backend names its port: `number`, or `name` if it gives one. */
export function backendPortRef(ingress: IngressResource, backend: IngressBackend): FieldRef {
  const key = backend.portName === undefined ? 'number' : 'name';
  return { resource: ingress, path: [...backend.path, 'service', 'port', key] };
}
