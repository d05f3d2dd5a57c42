import { duplicate, type Errors, forbidden, invalidEach, notSupported, required } from '../../field-error.ts';
import { dnsLabelProblems, portNameProblems, qualifiedNameProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import { SPEC } from './cluster-ips.ts';
import { printedPort } from './placeholders.ts';
import type { ServicePort, ServiceSpec } from './types.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function pathOf(index: number): Path {
  return SPEC.child('ports').index(index);
}

/** Errors of the ports one by one, and of their names (pkg/apis/core/validation, validateServicePort). */
export function portErrors({ ports = [] }: ServiceSpec): Errors {
  return ports.flatMap((port, index) => [...nameErrors(ports, index), ...ownErrors(port, pathOf(index))]);
}

function nameErrors(ports: readonly ServicePort[], index: number): Errors {
  const path = pathOf(index).child('name');
  const { name = '' } = ports[index] ?? {};
  if (name === '') return ports.length > 1 ? [required(path)] : [];
  const isRepeated = ports.findIndex((other) => other.name === name) < index;
  return [...invalidEach(path, name, dnsLabelProblems(name)), ...(isRepeated ? [duplicate(path, name)] : [])];
}

function ownErrors({ port = 0, protocol = '', targetPort = 0, appProtocol }: ServicePort, path: Path): Errors {
  return [
    ...invalidEach(path.child('port'), port, portNumberProblems(port)),
    ...protocolErrors(protocol, path.child('protocol')),
    ...targetErrors(targetPort, path.child('targetPort')),
    ...(appProtocol === undefined
      ? []
      : invalidEach(path.child('appProtocol'), appProtocol, qualifiedNameProblems(appProtocol))),
  ];
}

function protocolErrors(protocol: string, path: Path): Errors {
  if (protocol === '') return [required(path)];
  return PROTOCOLS.includes(protocol) ? [] : [notSupported(path, protocol, PROTOCOLS)];
}

function targetErrors(target: number | string, path: Path): Errors {
  const problems = typeof target === 'number' ? portNumberProblems(target) : portNameProblems(target);
  return invalidEach(path, target, problems);
}

/** Errors among the ports: node ports where none may be, and ports that are there twice (validateService). */
export function portCollisionErrors(spec: ServiceSpec): Errors {
  const { type, ports = [] } = spec;
  const withNodePort = ports.map((port, index) => ({ ...port, index })).filter(({ nodePort = 0 }) => nodePort !== 0);
  const detail = "may not be used when `type` is 'ClusterIP'";
  return [
    ...(type === 'ClusterIP'
      ? withNodePort.map(({ index }) => forbidden(pathOf(index).child('nodePort'), detail))
      : []),
    ...repeated(withNodePort, ({ protocol, nodePort }) => `${protocol} ${nodePort}`).map(({ index, nodePort = 0 }) =>
      duplicate(pathOf(index).child('nodePort'), printedPort(nodePort)),
    ),
    ...repeated(
      ports.map((port, index) => ({ ...port, index })),
      ({ protocol, port }) => `${protocol} ${port}`,
    ).map(({ index, protocol, port }) => duplicate(pathOf(index), internalPort(protocol, port))),
  ];
}

function repeated<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const keys = items.map(keyOf);
  return items.filter((_, index) => keys.indexOf(keys[index] ?? '') < index);
}

/** A port as the server's own type, of which it prints the fields that count. */
function internalPort(protocol = '', port = 0): unknown {
  return { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
}
