import type { Resource } from '../../../manifest/index.ts';
import { type FieldPath, isJsonObject, type Json, type JsonObject, type YamlValue } from '../../../yaml/index.ts';
import type { Fix } from '../../rule.ts';
import { fieldsAt, fixOf, inline, itemsAt, type Place, placeOf } from './fix.ts';
import { uniqueName } from './name-fixes.ts';

/** A missing field with the value that most people give it, where there is one. */
export function requiredFixes(place: Place): readonly Fix[] {
  const value = sensibleValue(place);
  if (value === undefined) return [];
  const title = `Add ${String(place.at.at(-1))}: ${inline(value)}`;
  const { node, path } = place;
  // An empty text counts as missing.
  const isScalar = node?.kind === 'scalar' && node.value !== null;
  const isOther = isScalar && node.text !== '' && typeof value === 'string';
  if (isOther)
    return fixOf(place, 'suggested', `Use ${String(place.at.at(-1))} ${value}`, { op: 'replace', path, value });
  if (isScalar && typeof value === 'string') return fixOf(place, 'suggested', title, { op: 'replace', path, value });
  return fixOf(place, 'suggested', title, { op: node === undefined ? 'insert' : 'set', path, value });
}

function sensibleValue({ resource, at }: Place): YamlValue | undefined {
  const fields = fieldsAt(placeOf(resource, at.slice(0, -1)));
  const field = String(at.at(-1));
  if (field === 'name' && at.at(-3) === 'ports') return portName(resource, at, fields);
  if (field === 'name' && /ontainers$/.test(String(at.at(-3)))) return containerName(resource, at, fields.image);
  if (field === 'name' && at.at(-2) === 'metadata') return undefined;
  if (field === 'selector' && at.at(-2) === 'spec') return selectorOf(resource, fields);
  if (field === 'port' && at.at(-3) === 'ports' && isPort(fields.targetPort)) return fields.targetPort;
  if (field === 'completions') return typeof fields.parallelism === 'number' ? fields.parallelism : 1;
  if (field === 'addressType') return addressTypeOf(fields);
  return (
    VALUES.get(
      at
        .filter((step) => typeof step === 'string')
        .slice(-2)
        .join('.'),
    ) ?? VALUES.get(field)
  );
}

function isPort(value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 1 && value <= 65535;
}

const VALUES: ReadonlyMap<string, YamlValue> = new Map<string, YamlValue>([
  ['pathType', 'Prefix'],
  ['restartPolicy', 'OnFailure'],
  ['spec.ports', [{ port: 80 }]],
  ['ports.containerPort', 8080],
  ['ports.port', 80],
  ['schedule', '0 * * * *'],
  ['topologyKey', 'kubernetes.io/hostname'],
  ['spec.controller', 'example.com/ingress-controller'],
]);

const WELL_KNOWN_PORTS: ReadonlyMap<Json | undefined, string> = new Map<Json | undefined, string>([
  [22, 'ssh'],
  [25, 'smtp'],
  [53, 'dns'],
  [80, 'http'],
  [443, 'https'],
  [3306, 'mysql'],
  [5432, 'postgres'],
  [5672, 'amqp'],
  [6379, 'redis'],
  [8080, 'http'],
  [8443, 'https'],
  [9090, 'metrics'],
  [9092, 'kafka'],
  [27017, 'mongodb'],
]);

/** A name for a port that its list does not have yet: what the Service calls the container's, or what is customary. */
function portName(resource: Resource, at: FieldPath, fields: JsonObject): string {
  const list = itemsAt(placeOf(resource, at.slice(0, -2)));
  const number = fields.port ?? fields.containerPort;
  const { targetPort, protocol = 'TCP' } = fields;
  const isNamed = typeof targetPort === 'string' && /[a-z]/.test(targetPort);
  const base = isNamed ? targetPort : (WELL_KNOWN_PORTS.get(number) ?? `port-${number ?? Number(at.at(-2)) + 1}`);
  const isShared = list.filter((each) => (each.port ?? each.containerPort) === number).length > 1;
  const wanted = isShared ? `${base}-${String(protocol).toLowerCase()}` : base;
  const taken = list.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  const numbered = taken.includes(wanted) ? `${base}-${number}` : wanted;
  return uniqueName(numbered, taken, 15);
}

/** `ghcr.io/shop/cart:1.2` is called cart; without an image, as the object is. */
function containerName(resource: Resource, at: FieldPath, image: Json | undefined): string | undefined {
  const own = fieldsAt(placeOf(resource, ['metadata'])).name;
  const ofImage = typeof image === 'string' ? image.split('/').at(-1)?.split(/[:@]/)[0] : own;
  const taken = itemsAt(placeOf(resource, at.slice(0, -2))).map(({ name }) => String(name ?? ''));
  const isLegal = typeof ofImage === 'string' && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(ofImage);
  return isLegal ? uniqueName(ofImage, taken, 63) : undefined;
}

/** A workload selects its own Pods. */
function selectorOf({ kind }: Resource, { template }: JsonObject): YamlValue | undefined {
  const metadata = isJsonObject(template) && isJsonObject(template.metadata) ? template.metadata : undefined;
  const labels = metadata?.labels;
  if (!isJsonObject(labels) || Object.keys(labels).length === 0) return undefined;
  return kind === 'ReplicationController' ? (labels as YamlValue) : ({ matchLabels: labels } as YamlValue);
}

function addressTypeOf({ endpoints }: JsonObject): string | undefined {
  const first = Array.isArray(endpoints) ? (endpoints[0] as Json) : undefined;
  const addresses = isJsonObject(first) ? first.addresses : undefined;
  const address = Array.isArray(addresses) ? (addresses[0] as Json) : undefined;
  if (typeof address !== 'string') return undefined;
  return address.includes(':') ? 'IPv6' : /^[\d.]+$/.test(address) ? 'IPv4' : 'FQDN';
}
