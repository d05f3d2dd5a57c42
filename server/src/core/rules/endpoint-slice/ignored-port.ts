import type { Cluster } from '../../cluster/index.ts';
import {
  type EndpointSliceResource,
  isExternalName,
  isHeadless,
  namespaceOf,
  SERVICE_NAME_LABEL,
  type ServiceResource,
} from '../../manifest/index.ts';
import { list } from '../../words.ts';
import { dataOf, findNode } from '../../yaml/index.ts';
import { defineRule, type Fix, type RuleFinding } from '../rule.ts';

type SlicePort = EndpointSliceResource['spec']['ports'][number];

/** A port of a hand-written slice that no connection is sent to: the API server checks neither its number nor its name. */
export const rule = defineRule({
  id: 'endpoint-slice/ignored-port',
  severity: 'warning',
  resource: 'EndpointSlice',
  check(slice, cluster) {
    const service = serviceOf(slice, cluster);
    return slice.spec.ports.flatMap((port) => checkNumber(slice, port, service) ?? checkName(slice, port, service));
  },
});

function serviceOf(slice: EndpointSliceResource, cluster: Cluster): ServiceResource | undefined {
  return cluster.namespace(namespaceOf(slice)).findService(slice.labels.get(SERVICE_NAME_LABEL) ?? '');
}

/** No number means every port, which DNS answers can do without and kube-proxy cannot (EPS-25, KP-8). */
function checkNumber(
  slice: EndpointSliceResource,
  { port, path }: SlicePort,
  service: ServiceResource | undefined,
): readonly RuleFinding[] | undefined {
  if (port !== undefined && port >= 1 && port <= 65535) return undefined;
  if (port === undefined) {
    const isOfWrongType = dataOf(findNode(slice.document.root, [...path, 'port'])) !== null;
    const isUnneeded = service !== undefined && isHeadless(service.spec);
    return isOfWrongType || isUnneeded ? [] : [{ path, message: 'kube-proxy leaves this port out: it has no number.' }];
  }
  const message = `${port} is no port (1 to 65535), so no connection is sent there. The API server does not check it.`;
  return [{ path: [...path, 'port'], message }];
}

/** kube-proxy joins the ports of slice and Service by name and protocol; numbers do not matter (KP-7). */
function checkName(
  slice: EndpointSliceResource,
  port: SlicePort,
  service: ServiceResource | undefined,
): readonly RuleFinding[] {
  if (service === undefined || isHeadless(service.spec) || isExternalName(service.spec)) return [];
  const { ports } = service.spec;
  if (ports.some(({ name, protocol }) => name === port.name && protocol === port.protocol)) return [];
  const known = ports.map(({ name, protocol, port: number }) => describe(name, protocol, number));
  const message =
    `This port has no effect: kube-proxy joins ports by name, and Service ${service.name} has ${list(known)}, not ` +
    `${describe(port.name, port.protocol, port.port)}.`;
  const isWritten = port.name !== '';
  return [
    {
      path: isWritten ? [...port.path, 'name'] : port.path,
      message,
      related: [
        { resource: service, path: [...service.spec.path, 'ports'], message: `The ports of Service ${service.name}.` },
      ],
      fixes: nameFixes(slice, port, service),
    },
  ];
}

function describe(name: string, protocol: string, number: number | undefined): string {
  return name === '' ? `${protocol} ${number} without a name` : `${protocol} ${name}`;
}

/** Only where one Service port is left that no port of the slice has already. */
function nameFixes(slice: EndpointSliceResource, port: SlicePort, service: ServiceResource): readonly Fix[] {
  const free = service.spec.ports
    .filter(({ protocol }) => protocol === port.protocol)
    .filter(({ name }) => !slice.spec.ports.some((each) => each.name === name));
  const [only] = free;
  if (only === undefined || free.length > 1) return [];
  const path = [...port.path, 'name'];
  if (only.name === '') {
    return [
      { title: 'Remove the name', kind: 'suggested', edits: [{ resource: slice, edit: { op: 'remove', path } }] },
    ];
  }
  const edit = { op: port.name === '' ? 'insert' : 'replace', path, value: only.name } as const;
  return [{ title: `Use name ${only.name}`, kind: 'suggested', edits: [{ resource: slice, edit }] }];
}
