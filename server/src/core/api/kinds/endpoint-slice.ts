import type { IPFamily } from '../../manifest/index.ts';
import { change, changeEach, without } from '../change.ts';
import { sameValue } from '../equal.ts';
import {
  dnsLabel,
  dnsSubdomain,
  each,
  oneOf,
  optional,
  PROTOCOLS,
  qualifiedName,
  repeatsIn,
  requiredOneOf,
  unlessEmpty,
} from '../field-checks.ts';
import { duplicate, type Errors, immutableErrors, invalid, invalidEach, required, tooMany } from '../field-error.ts';
import { firstGeneration } from '../generation.ts';
import { parseLenientAddress } from '../ip.ts';
import {
  type AddressRules,
  addressErrors,
  addressRules,
  addressWarnings,
  canonicalAddressErrors,
  specialAddressErrors,
} from '../ip-checks.ts';
import { type ApiContext, type ApiObject, defineKind } from '../kind-rules.ts';
import { dnsLabelProblems, dnsSubdomainProblems, labelValueProblems, type NameCheck } from '../names.ts';
import { objectMetaErrors } from '../object-meta.ts';
import { Path } from '../path.ts';
import { behaves } from '../version.ts';
import { eachWarning, fieldWarning, type Warnings } from '../warning.ts';

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
  default: (slice, context) => firstGeneration(withDefaults(withKnownFields(slice, context))),
  prepareUpdate: (next, stored, context) => withKnownFields(withGeneration(withDefaults(next), stored), context),
  validate: (slice, context) => [...ownErrors(slice), ...endpointsErrors(slice, context)],
  validateUpdate: (next, stored, context) => [
    ...ownErrors(next),
    // Older servers took more, so endpoints that stay are not looked at.
    ...(sameValue(next.endpoints, stored.endpoints) ? [] : endpointsErrors(next, context)),
    ...immutableErrors(ADDRESS_TYPE, next.addressType ?? '', stored.addressType ?? ''),
  ],
  warn: (slice, stored) => [...(stored === undefined ? typeWarnings(slice) : []), ...addressesWarnings(slice)],
});

function withDefaults(slice: EndpointSlice): EndpointSlice {
  return changeEach(slice, 'ports', (port) => ({ ...port, name: port.name ?? '', protocol: port.protocol ?? 'TCP' }));
}

/** Anything but the metadata counts, and of that the labels (PrepareForUpdate). Fields that are dropped afterwards count too. */
function withGeneration(next: EndpointSlice, stored: EndpointSlice): EndpointSlice {
  const [{ metadata: after, ...content }, { metadata: before, ...old }] = [next, stored];
  const isSame = sameValue(content, old) && sameValue(after.labels ?? {}, before.labels ?? {});
  const generation = (before.generation ?? 0) + (isSame ? 0 : 1);
  return { ...next, metadata: { ...after, generation } };
}

/** Topology was a field of v1beta1, so v1 drops it; hints for nodes were dropped while they were an alpha feature. */
function withKnownFields(slice: EndpointSlice, { version }: ApiContext): EndpointSlice {
  return changeEach(slice, 'endpoints', (endpoint) => {
    const known: Endpoint = without(endpoint, 'deprecatedTopology');
    return behaves(version, 'nodeHints') ? known : change(known, 'hints', (hints) => without(hints, 'forNodes'));
  });
}

function ownErrors(slice: EndpointSlice): Errors {
  return [
    ...objectMetaErrors(slice.metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...requiredOneOf(slice.addressType, ADDRESS_TYPES, ADDRESS_TYPE),
    ...portsErrors(slice.ports ?? []),
  ];
}

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const ADDRESS_TYPE = Path.root.child('addressType');
const ENDPOINTS_PATH = Path.root.child('endpoints');
const MAXIMUM_PORTS = 20_000;
const MAXIMUM_ENDPOINTS = 1000;
const MAXIMUM_ADDRESSES = 100;
const MAXIMUM_HINTS = 8;

/** Numbers of ports are not looked at. */
function portsErrors(ports: readonly EndpointPort[]): Errors {
  const path = Path.root.child('ports');
  if (ports.length > MAXIMUM_PORTS) return [tooMany(path, ports.length, MAXIMUM_PORTS)];
  const repeats = repeatsIn(namesOf(ports));
  return ports.flatMap(({ name = '', protocol = '', appProtocol }, index) => {
    const at = path.index(index);
    return [
      ...unlessEmpty(name, at.child('name'), dnsLabel),
      ...(repeats.has(index) ? [duplicate(at.child('name'), name)] : []),
      ...oneOf(protocol, PROTOCOLS, at.child('protocol')),
      ...optional(appProtocol, (text) => qualifiedName(text, at.child('appProtocol'))),
    ];
  });
}

function namesOf(items: readonly { readonly name?: string }[]): readonly string[] {
  return items.map(({ name = '' }) => name);
}

function endpointsErrors({ endpoints = [], addressType = '' }: EndpointSlice, { version }: ApiContext): Errors {
  if (endpoints.length > MAXIMUM_ENDPOINTS) return [tooMany(ENDPOINTS_PATH, endpoints.length, MAXIMUM_ENDPOINTS)];
  const check = addressCheckOf(addressType, addressRules(version));
  return each(endpoints, ENDPOINTS_PATH, (endpoint, path) => endpointErrors(endpoint, check, path));
}

function endpointErrors(endpoint: Endpoint, check: AddressCheck, path: Path): Errors {
  const { addresses = [], nodeName, hostname, hints } = endpoint;
  const at = path.child('addresses');
  return [
    ...countErrors(addresses.length, at),
    ...each(addresses, at, (address, place) => check(address, place, at)),
    ...optional(nodeName, (name) => dnsSubdomain(name, path.child('nodeName'))),
    ...optional(hostname, (name) => dnsLabel(name, path.child('hostname'))),
    ...optional(hints, (it) => hintsErrors(it, path.child('hints'))),
  ];
}

function countErrors(count: number, path: Path): Errors {
  if (count === 0) return [required(path, 'must contain at least 1 address')];
  return count > MAXIMUM_ADDRESSES ? [tooMany(path, count, MAXIMUM_ADDRESSES)] : [];
}

/** Errors of an address at its path; `list` is the path of all addresses, which the server names for one of the wrong family. */
type AddressCheck = (address: string, path: Path, list: Path) => Errors;

/** Addresses of an unknown type are not looked at. */
function addressCheckOf(type: string, rules: AddressRules): AddressCheck {
  if (type === 'IPv4') return inFamily('IPv4', (path, address) => addressErrors(path, address, rules));
  if (type === 'IPv6') return inFamily('IPv6', canonicalAddressErrors);
  return type === 'FQDN' ? fullyQualifiedNameErrors : () => [];
}

function inFamily(family: IPFamily, formErrors: (path: Path, address: string) => Errors): AddressCheck {
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
  const repeats = repeatsIn(namesOf(hints));
  return hints.flatMap(({ name = '' }, index) => {
    const at = path.index(index).child('name');
    return [...(repeats.has(index) ? [duplicate(at, name)] : []), ...invalidEach(at, name, problems(name))];
  });
}

/** The server prints a field that there is not. */
function typeWarnings({ addressType }: EndpointSlice): Warnings {
  if (addressType !== 'FQDN') return [];
  return [fieldWarning(ADDRESS_TYPE.printedAs('spec.addressType'), 'FQDN endpoints are deprecated')];
}

/** The server's own controllers write canonical addresses, so what they manage is not looked at. */
function addressesWarnings({ metadata, endpoints }: EndpointSlice): Warnings {
  const manager = metadata.labels?.['endpointslice.kubernetes.io/managed-by'];
  if (manager !== undefined && OWN_CONTROLLERS.includes(manager)) return [];
  return each(endpoints, ENDPOINTS_PATH, ({ addresses }, path) =>
    each(addresses, path.child('addresses'), (address, at) => eachWarning(at, addressWarnings(at, address))),
  );
}

const OWN_CONTROLLERS = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];
