import { backendPortRef, backendsOf, type ResolvedBackend, resolveBackend } from '../../cluster/index.ts';
import { isExternalName, type ServicePort, type ServiceResource } from '../../manifest/index.ts';
import { list } from '../../words.ts';
import { findMeantPort, isAction, leadsTo, portEdits } from '../backend-ports.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

/** A backend that names a port which its Service does not have. */
export const rule = defineRule({
  id: 'ingress/backend-port-missing',
  severity: 'warning',
  resource: 'Ingress',
  check(ingress, cluster) {
    return backendsOf(ingress)
      .filter((backend) => !isAction(backend))
      .flatMap((backend) => {
        const { service, ...resolved } = resolveBackend(cluster, ingress, backend);
        return service === undefined || isFine(service, resolved) ? [] : [finding(service, resolved)];
      });
  },
});

type WithoutService = Omit<ResolvedBackend, 'service'>;

/** An ExternalName's ports mean nothing; a backend with both a name and a number, or neither, is another fault. */
function isFine(service: ServiceResource, { backend, port }: WithoutService): boolean {
  const isSaid = (backend.portName === undefined) !== (backend.portNumber === undefined);
  return port !== undefined || !isSaid || isExternalName(service.spec);
}

function finding(service: ServiceResource, { ingress, backend, pods }: WithoutService): RuleFinding {
  const { ports } = service.spec;
  const wanted = backend.portName === undefined ? `port ${backend.portNumber}` : `port named ${backend.portName}`;
  const has = ports.length === 0 ? 'It has no ports.' : `It has ${list(ports.map(describePort))}.`;
  const meant = findMeantPort(service, backend, pods);
  const isContainers = meant !== undefined && leadsTo(meant, backend, pods) && backend.portName !== String(meant.port);
  const why = isContainers ? ' A backend names the port of the Service, not that of the container.' : '';
  return {
    path: backendPortRef(ingress, backend).path,
    message: `Service ${service.name} has no ${wanted}. ${has}${why}`,
    related: [
      { resource: service, path: [...service.spec.path, 'ports'], message: `The ports of Service ${service.name}.` },
    ],
    fixes: meant === undefined ? [] : [fixFor(ingress, backend, meant)],
  };
}

/** `http 80 → 8080`: the target only where it is another number. */
function describePort({ name, port, targetPort }: ServicePort): string {
  const target = targetPort === port ? '' : ` → ${targetPort}`;
  return `${name === '' ? '' : `${name} `}${port}${target}`;
}

function fixFor(ingress: WithoutService['ingress'], backend: WithoutService['backend'], port: ServicePort): Fix {
  const byName = backend.portName !== undefined && port.name !== '';
  return {
    title: byName ? `Use port name ${port.name}` : `Use port number ${port.port}`,
    kind: 'suggested',
    edits: portEdits(backend, port).map((edit) => ({ resource: ingress, edit })),
  };
}
