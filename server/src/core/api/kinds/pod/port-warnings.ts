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
  return [...definitionWarnings(ports), ...nameWarnings(ports)];
}

/** The server tells each pair of ports that are alike, and then cuts its warnings after some seventy: no more than this are looked for. */
const MOST_PAIRS = 200;

function withZeros(port: ContainerPort): Required<ContainerPort> {
  return { name: '', hostPort: 0, containerPort: 0, protocol: '', hostIP: '', ...port };
}

function definitionWarnings(ports: readonly PlacedPort[]): Warnings {
  const earlier = new Map<string, PlacedPort[]>();
  let pairs = 0;
  return ports.flatMap((placed) => {
    const { port, path } = placed;
    const key = `${port.containerPort} ${port.protocol}`;
    const same = earlier.get(key) ?? [];
    earlier.set(key, same);
    const others = pairWarnings(placed, same.slice(0, MOST_PAIRS - pairs));
    pairs += others.length;
    same.push(placed);
    const isLost = port.hostIP !== '' && port.hostPort === 0;
    return [...(isLost ? [fieldWarning(path, `hostIP set without hostPort: ${printed(port)}`)] : []), ...others];
  });
}

function pairWarnings({ port, path }: PlacedPort, same: readonly PlacedPort[]): Warnings {
  return same.flatMap((other) => {
    const relation = relationOf(port, other.port);
    return relation === undefined ? [] : [fieldWarning(path, `${relation} port definition with ${other.path.text}`)];
  });
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
  const first = new Map<string, string>();
  return ports.flatMap(({ port: { name }, path }) => {
    const other = first.get(name);
    if (other === undefined) first.set(name, path.text);
    if (name === '' || other === undefined) return [];
    const text = `duplicate port name ${quote(name)} with ${other}, services and probes that select ports by name will use ${other}`;
    return [fieldWarning(path, text)];
  });
}
