import { declaredPorts, findBackendPort, type SelectedWorkload } from '../cluster/index.ts';
import type { IngressBackend, ServicePort, ServiceResource } from '../manifest/index.ts';
import { findMostSimilar } from '../text/similarity.ts';
import type { YamlEdit } from '../yaml/index.ts';

/** The Service port that a backend means though it names another: by what stands behind it, its name, or being the only one. */
export function findMeantPort(
  service: ServiceResource,
  backend: IngressBackend,
  pods: readonly SelectedWorkload[],
): ServicePort | undefined {
  const { ports } = service.spec;
  const behind = ports.find((port) => leadsTo(port, backend, pods));
  if (behind !== undefined) return behind;
  const { portName } = backend;
  const similar = portName && findMostSimilar(portName, ports.map(({ name }) => name).filter(Boolean));
  return ports.find(({ name }) => similar && name === similar) ?? (ports.length === 1 ? ports[0] : undefined);
}

/** Whether the backend gives the container's port, or the name or number that the Service port goes by otherwise. */
export function leadsTo(
  port: ServicePort,
  { portName, portNumber }: IngressBackend,
  pods: readonly SelectedWorkload[],
): boolean {
  if (port.targetPort === (portName ?? portNumber) || portName === String(port.port)) return true;
  return pods
    .flatMap(({ workload }) => declaredPorts(workload.spec.template))
    .map(({ containerPort }) => containerPort)
    .filter(({ protocol }) => protocol === port.protocol)
    .some(
      ({ name, containerPort }) =>
        (name === port.targetPort || containerPort === port.targetPort) &&
        (portName === undefined ? containerPort === portNumber : name === portName),
    );
}

/** The edits that make a backend name this port, in the way it is written: by name where it has one, else by number. */
export function portEdits(backend: IngressBackend, port: ServicePort): readonly YamlEdit[] {
  const path = [...backend.path, 'service', 'port'];
  if (backend.portName === undefined) return [{ op: 'replace', path: [...path, 'number'], value: port.port }];
  const name = [...path, 'name'];
  if (port.name !== '') return [{ op: 'replace', path: name, value: port.name }];
  return [
    { op: 'rename', path: name, key: 'number' },
    { op: 'replace', path: name, value: port.port },
  ];
}

/** The edits that a backend's port needs so that another Service has it; undefined if none of its ports is evident. */
export function portEditsFor(
  service: ServiceResource,
  backend: IngressBackend,
  pods: readonly SelectedWorkload[],
): readonly YamlEdit[] | undefined {
  if (findBackendPort(service, backend) !== undefined) return [];
  const meant = findMeantPort(service, backend, pods);
  return meant && portEdits(backend, meant);
}

/** Whether a backend is only a name for what an annotation says: AWS' controller makes actions of such (`use-annotation`). */
export function isAction({ portName }: IngressBackend): boolean {
  return portName === 'use-annotation';
}
