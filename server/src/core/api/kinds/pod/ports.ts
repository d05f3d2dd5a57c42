import { portNumber, requiredOneOf } from '../../field-checks.ts';
import { duplicate, type Errors, invalid, invalidEach, required } from '../../field-error.ts';
import { portNameProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import type { Container, ContainerPort, PodOwner } from './types.ts';

/**
 * Errors of the ports of one container: names that are no IANA service names or occur twice, and numbers out of range
 * (pkg/apis/core/validation, validateContainerPorts). `hostIP` is never checked.
 */
export function containerPortErrors(ports: readonly ContainerPort[], path: Path): Errors {
  const names = new Set<string>();
  return ports.flatMap((port, index) => {
    const at = path.index(index);
    return [...portNameErrors(port.name ?? '', names, at.child('name')), ...portValueErrors(port, at)];
  });
}

function portNameErrors(name: string, names: Set<string>, path: Path): Errors {
  if (name === '') return [];
  const problems = portNameProblems(name);
  if (problems.length > 0) return invalidEach(path, name, problems);
  if (names.has(name)) return [duplicate(path, name)];
  names.add(name);
  return [];
}

function portValueErrors({ containerPort = 0, hostPort = 0, protocol }: ContainerPort, path: Path): Errors {
  const numberPath = path.child('containerPort');
  return [
    ...(containerPort === 0 ? [required(numberPath)] : portNumber(containerPort, numberPath)),
    ...(hostPort === 0 ? [] : portNumber(hostPort, path.child('hostPort'))),
    ...requiredOneOf(protocol, ['SCTP', 'TCP', 'UDP'], path.child('protocol')),
  ];
}

/** A port of the node that two ports of the containers want (checkHostPortConflicts). Addresses are compared as texts. */
export function hostPortConflicts(containers: readonly Container[], path: Path): Errors {
  const taken = new Set<string>();
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ protocol = '', hostIP = '', hostPort = 0 }, portIndex) => {
      const key = `${protocol}/${hostIP}/${hostPort}`;
      const isTaken = taken.has(key);
      if (hostPort !== 0) taken.add(key);
      const at = path.index(index).child('ports').index(portIndex).child('hostPort');
      return isTaken ? [duplicate(at, key)] : [];
    }),
  );
}

/**
 * On the node's network the port of the node is that of the container. Only in a Pod it must be given: a controller's Pods get it
 * when they are created (validatePodHostNetworkDeps). Init containers are not checked.
 */
export function hostNetworkPortErrors(containers: readonly Container[], owner: PodOwner, path: Path): Errors {
  return containers.flatMap(({ ports = [] }, index) =>
    ports.flatMap(({ hostPort = 0, containerPort = 0 }, portIndex): Errors => {
      if (hostPort === containerPort || (owner === 'template' && hostPort === 0)) return [];
      const at = path.index(index).child('ports').index(portIndex).child('hostPort');
      return [invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true')];
    }),
  );
}
