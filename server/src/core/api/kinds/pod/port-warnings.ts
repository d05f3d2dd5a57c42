import { each } from '../../field-checks.ts';
import { quote } from '../../go-text.ts';
import type { Path } from '../../path.ts';
import { fieldWarning, type Warnings } from '../../warning.ts';
import { containersOf } from './placed-containers.ts';
import type { ContainerPort, PodSpec } from './types.ts';

interface PlacedPort {
  readonly port: Required<ContainerPort>;
  readonly path: Path;
}

/**
 * Warnings of the ports of all containers together: the same port twice, and names that a Service could mean two ports by
 * (pkg/api/pod/warnings.go). `path` is the spec's.
 */
export function portWarnings(spec: PodSpec, path: Path): Warnings {
  const ports = containersOf(spec, path).flatMap(({ container, path: at }) =>
    each(container.ports, at.child('ports'), (port, portPath) => [{ port: withZeros(port), path: portPath }]),
  );
  return [...ports.flatMap((port, index) => definitionWarnings(port, ports.slice(0, index))), ...nameWarnings(ports)];
}

function withZeros(port: ContainerPort): Required<ContainerPort> {
  return { name: '', hostPort: 0, containerPort: 0, protocol: '', hostIP: '', ...port };
}

function definitionWarnings({ port, path }: PlacedPort, earlier: readonly PlacedPort[]): Warnings {
  const isLost = port.hostIP !== '' && port.hostPort === 0;
  const same = earlier.filter(
    (other) => other.port.containerPort === port.containerPort && other.port.protocol === port.protocol,
  );
  return [
    ...(isLost ? [fieldWarning(path, `hostIP set without hostPort: ${printed(port)}`)] : []),
    ...same.flatMap((other) => {
      const relation = relationOf(port, other.port);
      return relation === undefined ? [] : [fieldWarning(path, `${relation} port definition with ${other.path.text}`)];
    }),
  ];
}

/** The port as the server's code prints its structs. */
function printed({ name, hostPort, containerPort, protocol, hostIP }: Required<ContainerPort>): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

function relationOf(port: Required<ContainerPort>, other: Required<ContainerPort>): string | undefined {
  if (port.hostIP === other.hostIP && port.hostPort === other.hostPort) return 'duplicate';
  if (port.hostPort === 0 || other.hostPort === 0) return 'overlapping';
  const isOneOpen = (port.hostIP === '') !== (other.hostIP === '');
  return port.hostPort === other.hostPort && isOneOpen ? 'dangerously ambiguous' : undefined;
}

function nameWarnings(ports: readonly PlacedPort[]): Warnings {
  return ports.flatMap(({ port: { name }, path }, index) => {
    const first = ports.findIndex(({ port }) => port.name === name);
    const other = ports[first]?.path.text ?? '';
    if (name === '' || first === index) return [];
    const text = `duplicate port name ${quote(name)} with ${other}, services and probes that select ports by name will use ${other}`;
    return [fieldWarning(path, text)];
  });
}
