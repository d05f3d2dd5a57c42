import { without } from '../../change.ts';
import { isExternallyAccessible, isLoadBalancer, isProxied } from './facts.ts';
import type { Service, ServicePort, ServiceSpec } from './types.ts';

const AFFINITY_SECONDS = 3 * 60 * 60;

/**
 * A new Service as the server takes it in: with the defaults of its version, without the status, which is not the client's to set
 * (pkg/apis/core/v1/defaults.go, SetDefaults_Service; pkg/registry/core/service/strategy.go).
 */
export function defaultService(service: Service): Service {
  return { ...without(service, 'status'), spec: defaultSpec(service.spec ?? {}) };
}

function defaultSpec(given: ServiceSpec): ServiceSpec {
  const spec = {
    ...withAffinity(given),
    type: given.type ?? 'ClusterIP',
    ...(given.ports === undefined ? {} : { ports: given.ports.map(defaultPort) }),
  };
  const { externalTrafficPolicy, internalTrafficPolicy } = spec;
  return {
    ...spec,
    ...(isExternallyAccessible(spec) && (externalTrafficPolicy ?? '') === ''
      ? { externalTrafficPolicy: 'Cluster' }
      : {}),
    ...(internalTrafficPolicy === undefined && isProxied(spec) ? { internalTrafficPolicy: 'Cluster' } : {}),
    ...(isLoadBalancer(spec) ? { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true } : {}),
  };
}

function withAffinity(spec: ServiceSpec): ServiceSpec {
  const { sessionAffinityConfig, ...rest } = spec;
  const { sessionAffinity = 'None' } = spec;
  if (sessionAffinity === 'None') return { ...rest, sessionAffinity };
  const isMissing = sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined;
  if (sessionAffinity !== 'ClientIP' || !isMissing) return spec;
  return { ...rest, sessionAffinityConfig: { clientIP: { timeoutSeconds: AFFINITY_SECONDS } } };
}

function defaultPort(port: ServicePort): ServicePort {
  const { targetPort = 0, protocol = 'TCP' } = port;
  const isMissing = targetPort === 0 || targetPort === '';
  return { ...port, protocol, targetPort: isMissing ? (port.port ?? 0) : targetPort };
}
