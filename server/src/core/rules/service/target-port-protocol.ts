import { declaredPorts, resolveTargetPort, workloadsOfService } from '../../cluster/index.ts';
import {
  type ContainerPort,
  displayName,
  type ServicePort,
  type ServiceResource,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { findNode } from '../../yaml/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

/** A Service port whose target exists in the Pods, but with another protocol. */
export const rule = defineRule({
  id: 'service/target-port-protocol',
  severity: 'warning',
  resource: 'Service',
  check: (service, cluster) =>
    workloadsOfService(cluster, service).flatMap(({ workload }) =>
      service.spec.ports.flatMap((port) => checkPort(service, port, workload)),
    ),
});

function checkPort(service: ServiceResource, port: ServicePort, workload: WorkloadResource): readonly RuleFinding[] {
  if (resolveTargetPort(workload.spec.template, port)?.declared !== undefined) return [];
  const others = declaredPorts(workload.spec.template)
    .map(({ containerPort }) => containerPort)
    .filter((each) => isTarget(each, port));
  const [other] = others;
  // The same port over both protocols (DNS, HTTP/3): one declaration is enough to tell what was meant.
  if (other === undefined || service.spec.ports.some((each) => each !== port && isServedBy(each, other))) return [];
  const isNamed = typeof port.targetPort === 'string';
  const effect = isNamed
    ? 'A name is found only with its protocol, so this Service port has no endpoints there.'
    : `Connections over ${port.protocol} are refused unless the container listens for them all the same.`;
  return [
    {
      path: findNode(service.document.root, [...port.path, 'protocol'])
        ? [...port.path, 'protocol']
        : port.targetPortPath,
      severity: isNamed ? 'warning' : 'information',
      message: `This port is ${port.protocol}, and ${displayName(workload)} declares ${port.targetPort} as ${other.protocol}. ${effect}`,
      related: [
        { resource: workload, path: other.path, message: `${displayName(workload)} declares it as ${other.protocol}.` },
      ],
      // A number needs no declaration: whoever listens there may well do so over this protocol.
      fixes: isNamed && others.length === 1 ? [protocolFix(service, port, other)] : [],
    },
  ];
}

function isTarget(containerPort: ContainerPort, port: ServicePort): boolean {
  return containerPort.name === port.targetPort || containerPort.containerPort === port.targetPort;
}

function isServedBy(port: ServicePort, containerPort: ContainerPort): boolean {
  return port.protocol === containerPort.protocol && isTarget(containerPort, port);
}

function protocolFix(service: ServiceResource, port: ServicePort, { protocol }: ContainerPort): Fix {
  const path = [...port.path, 'protocol'];
  const op = findNode(service.document.root, path) === undefined ? 'insert' : 'replace';
  return {
    title: `Use protocol ${protocol}`,
    kind: 'suggested',
    edits: [{ resource: service, edit: { op, path, value: protocol } }],
  };
}
