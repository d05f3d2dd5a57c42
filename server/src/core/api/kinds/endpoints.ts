import { sameValue } from '../equal.ts';
import { type Errors, invalid, invalidEach, notSupported, required } from '../field-error.ts';
import { parseLenientAddress } from '../ip.ts';
import { addressErrors, addressWarnings, specialAddressErrors } from '../ip-checks.ts';
import { type ApiContext, type ApiObject, defineKind } from '../kind-rules.ts';
import { dnsLabelProblems, dnsSubdomainProblems, qualifiedNameProblems } from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { Path } from '../path.ts';
import { behaves } from '../version.ts';
import type { Warnings } from '../warning.ts';

interface Endpoints extends ApiObject {
  readonly subsets?: readonly EndpointSubset[];
}

interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[];
  readonly notReadyAddresses?: readonly EndpointAddress[];
  readonly ports?: readonly EndpointPort[];
}

interface EndpointAddress {
  readonly ip?: string;
  readonly hostname?: string;
  readonly nodeName?: string;
}

interface EndpointPort {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

/** Endpoints (pkg/registry/core/endpoint, strategy.go; pkg/apis/core/validation, ValidateEndpoints). */
export const ENDPOINTS = defineKind<Endpoints>({
  groupKind: 'Endpoints',
  namespaced: true,
  default: withDefaults,
  validate: (endpoints, context) => [...metaErrors(endpoints), ...subsetsErrors(endpoints, context)],
  validateUpdate: (next, stored, context) => [
    ...objectMetaUpdateErrors(next.metadata, stored.metadata),
    ...metaErrors(next),
    // Older servers took more, so subsets that stay are not looked at.
    ...(sameValue(next.subsets, stored.subsets) ? [] : subsetsErrors(next, context)),
  ],
  warn: warnings,
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
});

function withDefaults(endpoints: Endpoints): Endpoints {
  if (endpoints.subsets === undefined) return endpoints;
  const subsets = endpoints.subsets.map((subset) =>
    subset.ports === undefined ? subset : { ...subset, ports: subset.ports.map(withProtocol) },
  );
  return { ...endpoints, subsets };
}

function withProtocol(port: EndpointPort): EndpointPort {
  return { ...port, protocol: port.protocol ?? 'TCP' };
}

function metaErrors({ metadata }: Endpoints): Errors {
  return objectMetaErrors(metadata, { namespaced: true, name: SUBDOMAIN_NAME });
}

function subsetsErrors({ subsets = [] }: Endpoints, context: ApiContext): Errors {
  return subsets.flatMap((subset, index) => subsetErrors(subset, Path.root.child('subsets').index(index), context));
}

function subsetErrors(subset: EndpointSubset, path: Path, context: ApiContext): Errors {
  const { ports = [] } = subset;
  const addresses = addressesOf(subset, path);
  return [
    ...(addresses.length === 0 ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...addresses.flatMap(([address, at]) => endpointAddressErrors(address, at, context)),
    ...ports.flatMap((port, index) => portErrors(port, path.child('ports').index(index), ports.length)),
  ];
}

/** All addresses of a subset with their paths, the ready ones first. */
function addressesOf(subset: EndpointSubset, path: Path): readonly (readonly [EndpointAddress, Path])[] {
  return (['addresses', 'notReadyAddresses'] as const).flatMap((name) =>
    (subset[name] ?? []).map((address, index) => [address, path.child(name).index(index)] as const),
  );
}

function endpointAddressErrors(
  { ip = '', hostname = '', nodeName }: EndpointAddress,
  path: Path,
  { version }: ApiContext,
): Errors {
  const at = path.child('ip');
  return [
    ...addressErrors(at, ip, { strict: behaves(version, 'strictAddresses') }),
    ...(hostname === '' ? [] : invalidEach(path.child('hostname'), hostname, dnsLabelProblems(hostname))),
    ...(nodeName === undefined ? [] : invalidEach(path.child('nodeName'), nodeName, dnsSubdomainProblems(nodeName))),
    ...(parseLenientAddress(ip) === undefined
      ? [invalid(at, ip, 'must be a valid IP address')]
      : specialAddressErrors(at, ip)),
  ];
}

function portErrors(
  { name = '', port = 0, protocol = '', appProtocol }: EndpointPort,
  path: Path,
  count: number,
): Errors {
  return [
    ...nameErrors(name, path.child('name'), count),
    ...invalidEach(path.child('port'), port, portNumberProblems(port)),
    ...(PROTOCOLS.includes(protocol) ? [] : [notSupported(path.child('protocol'), protocol, PROTOCOLS)]),
    ...(appProtocol === undefined
      ? []
      : invalidEach(path.child('appProtocol'), appProtocol, qualifiedNameProblems(appProtocol))),
  ];
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function nameErrors(name: string, path: Path, count: number): Errors {
  if (name !== '') return invalidEach(path, name, dnsLabelProblems(name));
  return count > 1 ? [required(path)] : [];
}

/** The controller of Endpoints writes canonical addresses, so what it manages is not looked at. */
function warnings({ metadata, subsets = [] }: Endpoints): Warnings {
  if (metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller') return [];
  return subsets
    .flatMap((subset, index) => addressesOf(subset, Path.root.child('subsets').index(index)))
    .flatMap(([{ ip = '' }, path]) => {
      const at = path.child('ip');
      return addressWarnings(at, ip).map((message) => ({ message, at: at.at }));
    });
}
