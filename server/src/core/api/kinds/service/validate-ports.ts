import {
  dnsLabel,
  optional,
  PROTOCOLS,
  portNumber,
  portNumberOrName,
  qualifiedName,
  repeatsIn,
  requiredOneOf,
  requiredThen,
  unlessEmpty,
} from '../../field-checks.ts';
import { duplicate, type Errors, forbidden } from '../../field-error.ts';
import { type Path, SPEC } from '../../path.ts';
import { printedPort } from './placeholders.ts';
import type { ServicePort, ServiceSpec } from './types.ts';

const PORTS = SPEC.child('ports');

/** Errors of the ports one by one, and of their names (pkg/apis/core/validation, validateServicePort). */
export function portErrors({ ports = [] }: ServiceSpec): Errors {
  const repeats = repeatsIn(ports.map(({ name = '' }) => name));
  return ports.flatMap((port, index) => {
    const { name = '' } = port;
    const path = PORTS.index(index);
    const isRepeated = name !== '' && repeats.has(index);
    return [
      ...(ports.length > 1 ? requiredThen : unlessEmpty)(name, path.child('name'), dnsLabel),
      ...(isRepeated ? [duplicate(path.child('name'), name)] : []),
      ...ownErrors(port, path),
    ];
  });
}

function ownErrors({ port = 0, protocol, targetPort = 0, appProtocol }: ServicePort, path: Path): Errors {
  return [
    ...portNumber(port, path.child('port')),
    ...requiredOneOf(protocol, PROTOCOLS, path.child('protocol')),
    ...portNumberOrName(targetPort, path.child('targetPort')),
    ...optional(appProtocol, (text) => qualifiedName(text, path.child('appProtocol'))),
  ];
}

/** Errors among the ports: node ports where none may be, and ports that are there twice (validateService). */
export function portCollisionErrors({ type, ports = [] }: ServiceSpec): Errors {
  const placed = ports.map((port, index) => ({ ...port, path: PORTS.index(index) }));
  const exposed = placed.filter(({ nodePort = 0 }) => nodePort !== 0);
  const detail = "may not be used when `type` is 'ClusterIP'";
  return [
    ...(type === 'ClusterIP' ? exposed.map(({ path }) => forbidden(path.child('nodePort'), detail)) : []),
    ...repeated(exposed, ({ protocol, nodePort }) => `${protocol} ${nodePort}`).map(({ path, nodePort = 0 }) =>
      duplicate(path.child('nodePort'), printedPort(nodePort)),
    ),
    ...repeated(placed, ({ protocol, port }) => `${protocol} ${port}`).map(({ path, protocol, port }) =>
      duplicate(path, internalPort(protocol, port)),
    ),
  ];
}

function repeated<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const repeats = repeatsIn(items.map(keyOf));
  return items.filter((_, index) => repeats.has(index));
}

/** A port as the server's own type, of which it prints the fields that count. */
function internalPort(protocol = '', port = 0): unknown {
  return { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
}
