import { sameValue } from '../equal.ts';
import {
  duplicate,
  type Errors,
  immutableErrors,
  invalid,
  invalidEach,
  notSupported,
  required,
  tooMany,
} from '../field-error.ts';
import { parseLenientAddress } from '../ip.ts';
import { addressErrors, addressWarnings, canonicalAddressErrors, specialAddressErrors } from '../ip-checks.ts';
import { type ApiContext, type ApiObject, defineKind } from '../kind-rules.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelValueProblems,
  type NameCheck,
  qualifiedNameProblems,
} from '../names.ts';
import { objectMetaErrors } from '../object-meta.ts';
import { Path } from '../path.ts';
import { behaves } from '../version.ts';
import type { Warnings } from '../warning.ts';

interface EndpointSlice extends ApiObject {
  readonly addressType?: string;
  readonly endpoints?: readonly Endpoint[];
  readonly ports?: readonly EndpointPort[];
}

interface Endpoint {
  readonly addresses?: readonly string[];
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly deprecatedTopology?: Readonly<Record<string, string>>;
  readonly hints?: EndpointHints;
}

interface EndpointHints {
  readonly forZones?: readonly Hint[];
  readonly forNodes?: readonly Hint[];
}

interface Hint {
  readonly name?: string;
}

interface EndpointPort {
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

/** EndpointSlices (pkg/registry/discovery/endpointslice, strategy.go; pkg/apis/discovery/validation). */
export const ENDPOINT_SLICE = defineKind<EndpointSlice>({
  groupKind: 'EndpointSlice.discovery.k8s.io',
  namespaced: true,
  default: (slice, context) => {
    const written = withDefaults(withKnownFields(slice, context));
    return { ...written, metadata: { ...written.metadata, generation: 1 } };
  },
  prepareUpdate: (next, _stored, context) => withDefaults(withKnownFields(next, context)),
  validate: (slice, context) => [...ownErrors(slice), ...endpointsErrors(slice, context)],
  validateUpdate: (next, stored, context) => [
    ...ownErrors(next),
    // Older servers took more, so endpoints that stay are not looked at.
    ...(sameValue(next.endpoints, stored.endpoints) ? [] : endpointsErrors(next, context)),
    ...immutableErrors(Path.root.child('addressType'), next.addressType ?? '', stored.addressType ?? ''),
  ],
  warn: (slice, stored) => [...(stored === undefined ? typeWarnings(slice) : []), ...addressesWarnings(slice)],
});

function withDefaults(slice: EndpointSlice): EndpointSlice {
  if (slice.ports === undefined) return slice;
  const ports = slice.ports.map((port) => ({ ...port, name: port.name ?? '', protocol: port.protocol ?? 'TCP' }));
  return { ...slice, ports };
}

/** Topology was a field of v1beta1, so v1 drops it; hints for nodes were dropped while they were an alpha feature. */
function withKnownFields(slice: EndpointSlice, { version }: ApiContext): EndpointSlice {
  if (slice.endpoints === undefined) return slice;
  const endpoints = slice.endpoints.map(({ deprecatedTopology: _dropped, ...endpoint }) => {
    if (endpoint.hints === undefined || behaves(version, 'nodeHints')) return endpoint;
    const { forNodes: _alpha, ...hints } = endpoint.hints;
    return { ...endpoint, hints };
  });
  return { ...slice, endpoints };
}

function ownErrors(slice: EndpointSlice): Errors {
  return [
    ...objectMetaErrors(slice.metadata, { namespaced: true, name: SUBDOMAIN_NAME }),
    ...addressTypeErrors(slice.addressType ?? ''),
    ...portsErrors(slice.ports ?? []),
  ];
}

function addressTypeErrors(type: string): Errors {
  const path = Path.root.child('addressType');
  if (type === '') return [required(path)];
  return ADDRESS_TYPES.includes(type) ? [] : [notSupported(path, type, ADDRESS_TYPES)];
}

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const MAXIMUM_PORTS = 20_000;
const MAXIMUM_ENDPOINTS = 1000;
const MAXIMUM_ADDRESSES = 100;
const MAXIMUM_HINTS = 8;

/** Numbers of ports are not looked at. */
function portsErrors(ports: readonly EndpointPort[]): Errors {
  const path = Path.root.child('ports');
  if (ports.length > MAXIMUM_PORTS) return [tooMany(path, ports.length, MAXIMUM_PORTS)];
  const repeated = repeatsIn(ports);
  return ports.flatMap((port, index) => {
    const { name = '' } = port;
    const at = path.index(index);
    return [
      ...(name === '' ? [] : invalidEach(at.child('name'), name, dnsLabelProblems(name))),
      ...(repeated.has(index) ? [duplicate(at.child('name'), name)] : []),
      ...protocolErrors(port, at),
    ];
  });
}

function protocolErrors({ protocol = '', appProtocol }: EndpointPort, path: Path): Errors {
  return [
    ...(PROTOCOLS.includes(protocol) ? [] : [notSupported(path.child('protocol'), protocol, PROTOCOLS)]),
    ...(appProtocol === undefined
      ? []
      : invalidEach(path.child('appProtocol'), appProtocol, qualifiedNameProblems(appProtocol))),
  ];
}

/** Which items have the name of an earlier one. */
function repeatsIn(items: readonly { readonly name?: string }[]): ReadonlySet<number> {
  const names = new Set<string>();
  const repeats = new Set<number>();
  for (const [index, { name = '' }] of items.entries()) {
    if (names.has(name)) repeats.add(index);
    names.add(name);
  }
  return repeats;
}

function endpointsErrors({ endpoints = [], addressType = '' }: EndpointSlice, context: ApiContext): Errors {
  const path = Path.root.child('endpoints');
  if (endpoints.length > MAXIMUM_ENDPOINTS) return [tooMany(path, endpoints.length, MAXIMUM_ENDPOINTS)];
  const check = addressCheckOf(addressType, context);
  return endpoints.flatMap((endpoint, index) => endpointErrors(endpoint, path.index(index), check));
}

function endpointErrors(endpoint: Endpoint, path: Path, check: AddressCheck): Errors {
  const { addresses = [], nodeName, hostname, hints } = endpoint;
  const at = path.child('addresses');
  return [
    ...countErrors(addresses.length, at),
    ...addresses.flatMap((address, index) => check(address, at.index(index), at)),
    ...(nodeName === undefined ? [] : invalidEach(path.child('nodeName'), nodeName, dnsSubdomainProblems(nodeName))),
    ...(hostname === undefined ? [] : invalidEach(path.child('hostname'), hostname, dnsLabelProblems(hostname))),
    ...(hints === undefined ? [] : hintsErrors(hints, path.child('hints'))),
  ];
}

function countErrors(count: number, path: Path): Errors {
  if (count === 0) return [required(path, 'must contain at least 1 address')];
  return count > MAXIMUM_ADDRESSES ? [tooMany(path, count, MAXIMUM_ADDRESSES)] : [];
}

/** Errors of an address at its path; `list` is the path of all addresses, which the server names for one of the wrong family. */
type AddressCheck = (address: string, path: Path, list: Path) => Errors;

/** Addresses of an unknown type are not looked at. */
function addressCheckOf(type: string, { version }: ApiContext): AddressCheck {
  const strict = behaves(version, 'strictAddresses');
  if (type === 'IPv4') return inFamily('IPv4', (path, address) => addressErrors(path, address, { strict }));
  if (type === 'IPv6') return inFamily('IPv6', canonicalAddressErrors);
  return type === 'FQDN' ? (address, path) => fullyQualifiedNameErrors(address, path) : () => [];
}

function inFamily(family: 'IPv4' | 'IPv6', formErrors: (path: Path, address: string) => Errors): AddressCheck {
  return (address, path, list) => {
    const errors = formErrors(path, address);
    if (errors.length > 0) return errors;
    const isInFamily = parseLenientAddress(address)?.family === family;
    return [
      ...(isInFamily ? [] : [invalid(list.markedAt(path.at), address, `must be an ${family} address`)]),
      ...specialAddressErrors(path, address),
    ];
  };
}

/** A domain name of at least two labels, with or without a dot at its end (IsFullyQualifiedDomainName). */
function fullyQualifiedNameErrors(text: string, path: Path): Errors {
  if (text === '') return [required(path)];
  const name = text.endsWith('.') ? text.slice(0, -1) : text;
  const problems = dnsSubdomainProblems(name);
  if (problems.length > 0) return [invalid(path, name, problems.join(','))];
  const labels = name.split('.');
  if (labels.length < 2) {
    return [invalid(path, name, 'should be a domain with at least two segments separated by dots')];
  }
  const label = labels.find((part) => dnsLabelProblems(part).length > 0);
  return label === undefined ? [] : [invalid(path, label, dnsLabelProblems(label).join(','))];
}

function hintsErrors({ forZones = [], forNodes = [] }: EndpointHints, path: Path): Errors {
  const zones = hintListErrors(forZones, path.child('forZones'), labelValueProblems);
  // After too many zones the server stops.
  if (forZones.length > MAXIMUM_HINTS) return zones;
  return [...zones, ...hintListErrors(forNodes, path.child('forNodes'), dnsSubdomainProblems)];
}

function hintListErrors(hints: readonly Hint[], path: Path, problems: NameCheck): Errors {
  if (hints.length > MAXIMUM_HINTS) return [tooMany(path, hints.length, MAXIMUM_HINTS)];
  const repeated = repeatsIn(hints);
  return hints.flatMap(({ name = '' }, index) => {
    const at = path.index(index).child('name');
    return [...(repeated.has(index) ? [duplicate(at, name)] : []), ...invalidEach(at, name, problems(name))];
  });
}

function typeWarnings({ addressType }: EndpointSlice): Warnings {
  if (addressType !== 'FQDN') return [];
  return [{ message: 'spec.addressType: FQDN endpoints are deprecated', at: ['addressType'] }];
}

/** The server's own controllers write canonical addresses, so what they manage is not looked at. */
function addressesWarnings({ metadata, endpoints = [] }: EndpointSlice): Warnings {
  const manager = metadata.labels?.['endpointslice.kubernetes.io/managed-by'];
  if (manager !== undefined && OWN_CONTROLLERS.includes(manager)) return [];
  return endpoints.flatMap(({ addresses = [] }, index) => {
    const path = Path.root.child('endpoints').index(index).child('addresses');
    return addresses.flatMap((address, position) => {
      const { at } = path.index(position);
      return addressWarnings(path.index(position), address).map((message) => ({ message, at }));
    });
  });
}

const OWN_CONTROLLERS = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];
