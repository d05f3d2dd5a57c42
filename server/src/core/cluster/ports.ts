import type { Container, ContainerPort, PodTemplate, ServicePort } from '../manifest/index.ts';

/** Where a Service port lands in a Pod. */
export interface ResolvedPort {
  readonly port: number;
  /** The declaration it lands on; undefined for a number that no container declares. */
  readonly declared: DeclaredPort | undefined;
}

export interface DeclaredPort {
  readonly container: Container;
  readonly containerPort: ContainerPort;
}

/** All ports that the Pod declares, in the order in which names are looked up: containers, then sidecars (ECS-12). */
export function declaredPorts(template: PodTemplate): readonly DeclaredPort[] {
  return [...template.containers, ...template.sidecars].flatMap((container) =>
    container.ports.map((containerPort) => ({ container, containerPort })),
  );
}

/**
 * The Pod's port behind a Service port (FindPort of the EndpointSlice controller): a number stands for itself, declared or
 * not (ECS-11); a name is that of the first container port with the same name and protocol (ECS-12). Undefined if no
 * container port has that name: the Service port then has no endpoint in this Pod (ECS-13).
 */
export function resolveTargetPort(template: PodTemplate, servicePort: ServicePort): ResolvedPort | undefined {
  const { targetPort, protocol } = servicePort;
  const ports = declaredPorts(template).filter(({ containerPort }) => containerPort.protocol === protocol);
  if (typeof targetPort === 'string') {
    const declared = ports.find(({ containerPort }) => containerPort.name === targetPort);
    return declared && { port: declared.containerPort.containerPort, declared };
  }
  return { port: targetPort, declared: ports.find(({ containerPort }) => containerPort.containerPort === targetPort) };
}
