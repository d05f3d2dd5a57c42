import { portNameProblems } from '../../api/index.ts';
import { type DeclaredPort, declaredPorts, resolveTargetPort, workloadsOfService } from '../../cluster/index.ts';
import {
  displayName,
  type Resource,
  type ServicePort,
  type ServiceResource,
  type WorkloadResource,
} from '../../manifest/index.ts';
import { findMostSimilar } from '../../text/similarity.ts';
import { has, list } from '../../words.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

/** A Service port that lands on no container port of its Pods. */
export const rule = defineRule({
  id: 'service/target-port-missing',
  severity: 'warning',
  resource: 'Service',
  assumes: 'closed-namespace',
  check(service, cluster) {
    const workloads = workloadsOfService(cluster, service)
      .map(({ workload }) => workload)
      .filter((workload) => workload.spec.template.containers.length > 0);
    if (workloads.length === 0) return [];
    return service.spec.ports.flatMap((port) =>
      typeof port.targetPort === 'string' ? checkName(service, port, workloads) : checkNumber(service, port, workloads),
    );
  },
});

/** Names must be declared: where they are not, the port has no endpoint in these Pods (ECS-13). */
function checkName(
  service: ServiceResource,
  port: ServicePort,
  workloads: readonly WorkloadResource[],
): readonly RuleFinding[] {
  const name = String(port.targetPort);
  // No container port can have such a name, and the API server says so itself.
  if (portNameProblems(name).length > 0) return [];
  const without = workloads.filter((workload) => resolveTargetPort(workload.spec.template, port) === undefined);
  // The name with another protocol is a fault of its own: service/target-port-protocol.
  const missing = without.filter((workload) => !portsNamed(workload, name));
  if (missing.length === 0) return [];
  const places = list(missing.map(displayName));
  const found = workloads.filter((workload) => !without.includes(workload));
  const message =
    missing.length === workloads.length
      ? `No container of ${places} has a port named ${name}, so this Service port has no endpoints.`
      : `${places} ${has(missing)} no port named ${name}, so this Service port never reaches its Pods. ` +
        `${list(found.map(displayName))} ${has(found)} it.`;
  return [
    {
      path: port.targetPortPath,
      message: `${message}${describePorts(missing)}`,
      related: missing.slice(0, 3).map((workload) => relatedPorts(workload)),
      fixes: missing.length === workloads.length ? nameFixes(service, port, missing) : [],
    },
  ];
}

function portsNamed(workload: WorkloadResource, name: string): boolean {
  return declaredPorts(workload.spec.template).some(({ containerPort }) => containerPort.name === name);
}

/** Numbers need no declaration, so this only tells that the Pods declare others. */
function checkNumber(
  service: ServiceResource,
  port: ServicePort,
  workloads: readonly WorkloadResource[],
): readonly RuleFinding[] {
  const declares = (workload: WorkloadResource) => portsOf(workload, port);
  const isDeclared = workloads.some((workload) =>
    declaredPorts(workload.spec.template).some(({ containerPort }) => containerPort.containerPort === port.targetPort),
  );
  if (isDeclared || workloads.some((workload) => declares(workload).length === 0)) return [];
  const message = `No container of ${list(workloads.map(displayName))} declares port ${port.targetPort}.${describePorts(workloads)}`;
  const numbers = [
    ...new Set(
      workloads.flatMap((workload) => declares(workload).map(({ containerPort }) => containerPort.containerPort)),
    ),
  ];
  return [
    {
      path: port.targetPortPath,
      severity: 'information',
      message: `${message} Connections are refused unless the container listens on ${port.targetPort} all the same.`,
      related: workloads.slice(0, 3).map((workload) => relatedPorts(workload)),
      fixes: numbers.length === 1 ? [targetPortFix(service, port, numbers[0] ?? 0)] : [],
    },
  ];
}

function portsOf(workload: WorkloadResource, port: ServicePort): readonly DeclaredPort[] {
  return declaredPorts(workload.spec.template).filter(({ containerPort }) => containerPort.protocol === port.protocol);
}

function describePorts(workloads: readonly WorkloadResource[]): string {
  const [first] = workloads;
  if (first === undefined || workloads.length > 2) return '';
  return workloads
    .map((workload) => {
      const ports = declaredPorts(workload.spec.template).map(({ containerPort: { name, containerPort, protocol } }) =>
        [name, `${containerPort}${protocol === 'TCP' ? '' : `/${protocol}`}`].filter(Boolean).join(' '),
      );
      return ports.length === 0
        ? ` ${displayName(workload)} declares no ports.`
        : ` ${displayName(workload)} declares ${list(ports)}.`;
    })
    .join('');
}

function relatedPorts(workload: WorkloadResource): {
  resource: Resource;
  path: readonly (string | number)[];
  message: string;
} {
  const [first] = declaredPorts(workload.spec.template);
  const path = first?.containerPort.path ?? workload.spec.template.containers[0]?.path ?? workload.path;
  return { resource: workload, path, message: `The ports of ${displayName(workload)}.` };
}

/** The name that every workload has and that is most alike, else the number that is the only one there. */
function nameFixes(
  service: ServiceResource,
  port: ServicePort,
  workloads: readonly WorkloadResource[],
): readonly Fix[] {
  const names = workloads.map((workload) =>
    portsOf(workload, port).flatMap(({ containerPort }) => containerPort.name ?? []),
  );
  const common = (names[0] ?? []).filter((name) => names.every((each) => each.includes(name)));
  const similar = findMostSimilar(String(port.targetPort), common) ?? (common.length === 1 ? common[0] : undefined);
  if (similar !== undefined) return [targetPortFix(service, port, similar)];
  const numbers = new Set(
    workloads.flatMap((workload) => portsOf(workload, port).map(({ containerPort }) => containerPort.containerPort)),
  );
  const [only] = numbers;
  return numbers.size === 1 && only !== undefined ? [targetPortFix(service, port, only)] : [];
}

function targetPortFix(service: ServiceResource, port: ServicePort, value: string | number): Fix {
  const path = [...port.path, 'targetPort'];
  const op = port.targetPortPath.at(-1) === 'targetPort' ? 'replace' : 'insert';
  return {
    title: `Use targetPort ${value}`,
    kind: 'suggested',
    edits: [{ resource: service, edit: { op, path, value } }],
  };
}
