import { each, PROTOCOLS, portName, portNumber, repeatsIn, requiredOneOf, unlessEmpty } from '../../field-checks.ts';
import { duplicate, type Errors, invalid, required } from '../../field-error.ts';
import type { Path } from '../../path.ts';
import type { Container, ContainerPort, PodOwner } from './types.ts';

/**
 * Errors of the ports of one container: names that are no IANA service names or occur twice, and numbers out of range
 * (pkg/apis/core/validation, validateContainerPorts). `hostIP` is never checked.
 */
export function containerPortErrors(ports: readonly ContainerPort[], path: Path): Errors {
  const repeats = repeatsIn(ports.map(({ name = '' }) => name));
  return ports.flatMap((port, index) => {
    const at = path.index(index);
    const nameErrors = unlessEmpty(port.name ?? '', at.child('name'), (name, namePath) => {
      const errors = portName(name, namePath);
      return errors.length === 0 && repeats.has(index) ? [duplicate(namePath, name)] : errors;
    });
    return [...nameErrors, ...portValueErrors(port, at)];
  });
}

function portValueErrors({ containerPort = 0, hostPort = 0, protocol }: ContainerPort, path: Path): Errors {
  const numberPath = path.child('containerPort');
  return [
    ...(containerPort === 0 ? [required(numberPath)] : portNumber(containerPort, numberPath)),
    ...(hostPort === 0 ? [] : portNumber(hostPort, path.child('hostPort'))),
    ...requiredOneOf(protocol, PROTOCOLS, path.child('protocol')),
  ];
}

/** A port of the node that two ports of the containers want (checkHostPortConflicts). Addresses are compared as texts. */
export function hostPortConflicts(containers: readonly Container[], path: Path): Errors {
  const wanted = portsOf(containers, path).filter(({ hostPort = 0 }) => hostPort !== 0);
  const keys = wanted.map(({ protocol = '', hostIP = '', hostPort }) => `${protocol}/${hostIP}/${hostPort}`);
  const repeats = repeatsIn(keys);
  return wanted.flatMap(({ path: at }, index) =>
    repeats.has(index) ? [duplicate(at.child('hostPort'), keys[index])] : [],
  );
}

interface PlacedPort extends ContainerPort {
  readonly path: Path;
}

function portsOf(containers: readonly Container[], path: Path): readonly PlacedPort[] {
  return each(containers, path, ({ ports }, at) =>
    each(ports, at.child('ports'), (port, portPath) => [{ ...port, path: portPath }]),
  );
}

/**
 * On the node's network the port of the node is that of the container. Only in a Pod it must be given: a controller's Pods get it
 * when they are created (validatePodHostNetworkDeps). Init containers are not checked.
 */
export function hostNetworkPortErrors(containers: readonly Container[], owner: PodOwner, path: Path): Errors {
  return portsOf(containers, path).flatMap(({ hostPort = 0, containerPort = 0, path: at }) => {
    if (hostPort === containerPort || (owner === 'template' && hostPort === 0)) return [];
    return [invalid(at.child('hostPort'), hostPort, 'must match `containerPort` when `hostNetwork` is true')];
  });
}
