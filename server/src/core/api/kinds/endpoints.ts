import { changeEach } from '../change.ts';
import { sameValue } from '../equal.ts';
import {
  dnsLabel,
  dnsSubdomain,
  each,
  oneOf,
  optional,
  PROTOCOLS,
  portNumber,
  qualifiedName,
  requiredThen,
  unlessEmpty,
} from '../field-checks.ts';
import { type Errors, invalid, required } from '../field-error.ts';
import { parseLenientAddress } from '../ip.ts';
import { type AddressRules, addressErrors, addressRules, addressWarnings, specialAddressErrors } from '../ip-checks.ts';
import { type ApiContext, type ApiObject, defineKind } from '../kind-rules.ts';
import { dnsSubdomainProblems } from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { Path } from '../path.ts';
import { eachWarning, type Warnings } from '../warning.ts';

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
  warn: endpointsWarnings,
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
});

function withDefaults(endpoints: Endpoints): Endpoints {
  return changeEach(endpoints, 'subsets', (subset) =>
    changeEach(subset, 'ports', (port) => ({ ...port, protocol: port.protocol ?? 'TCP' })),
  );
}

function metaErrors({ metadata }: Endpoints): Errors {
  return objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems });
}

const SUBSETS = Path.root.child('subsets');

function subsetsErrors({ subsets }: Endpoints, { version }: ApiContext): Errors {
  return each(subsets, SUBSETS, (subset, path) => subsetErrors(subset, addressRules(version), path));
}

function subsetErrors(subset: EndpointSubset, rules: AddressRules, path: Path): Errors {
  const { ports = [] } = subset;
  const addresses = addressesOf(subset, path);
  return [
    ...(addresses.length === 0 ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...addresses.flatMap(([address, at]) => endpointAddressErrors(address, rules, at)),
    ...each(ports, path.child('ports'), (port, at) => portErrors(port, ports.length, at)),
  ];
}

/** All addresses of a subset with their paths, the ready ones first. */
function addressesOf(subset: EndpointSubset, path: Path): readonly (readonly [EndpointAddress, Path])[] {
  return (['addresses', 'notReadyAddresses'] as const).flatMap((name) =>
    each(subset[name], path.child(name), (address, at) => [[address, at] as const]),
  );
}

function endpointAddressErrors(
  { ip = '', hostname = '', nodeName }: EndpointAddress,
  rules: AddressRules,
  path: Path,
): Errors {
  const at = path.child('ip');
  return [
    ...addressErrors(at, ip, rules),
    ...unlessEmpty(hostname, path.child('hostname'), dnsLabel),
    ...optional(nodeName, (name) => dnsSubdomain(name, path.child('nodeName'))),
    ...(parseLenientAddress(ip) === undefined
      ? [invalid(at, ip, 'must be a valid IP address')]
      : specialAddressErrors(at, ip)),
  ];
}

/** Of several ports each needs a name; `count` is how many there are. */
function portErrors(
  { name = '', port = 0, protocol = '', appProtocol }: EndpointPort,
  count: number,
  path: Path,
): Errors {
  return [
    ...(count > 1 ? requiredThen : unlessEmpty)(name, path.child('name'), dnsLabel),
    ...portNumber(port, path.child('port')),
    ...oneOf(protocol, PROTOCOLS, path.child('protocol')),
    ...optional(appProtocol, (text) => qualifiedName(text, path.child('appProtocol'))),
  ];
}

/** The controller of Endpoints writes canonical addresses, so what it manages is not looked at. */
function endpointsWarnings({ metadata, subsets }: Endpoints): Warnings {
  if (metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller') return [];
  return each(subsets, SUBSETS, addressesOf).flatMap(([{ ip = '' }, path]) => {
    const at = path.child('ip');
    return eachWarning(at, addressWarnings(at, ip));
  });
}
