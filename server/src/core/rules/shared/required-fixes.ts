import type { Resource } from '../../manifest/index.ts';
import { dataOf, type FieldPath, findNode, isJsonObject, type Json, type YamlValue } from '../../yaml/index.ts';
import type { Fix } from '../rule.ts';
import { fixOf, type Place } from './fix.ts';

/** A missing field with the value that most people give it, where there is one. */
export function requiredFixes(place: Place): readonly Fix[] {
  const value = sensibleValue(place);
  if (value === undefined) return [];
  const title = `Add ${String(place.at.at(-1))}: ${shown(value)}`;
  const { node, path } = place;
  // An empty text counts as missing.
  const isScalar = node?.kind === 'scalar' && node.value !== null;
  if (isScalar && typeof value === 'string') return fixOf(place, 'suggested', title, { op: 'replace', path, value });
  return fixOf(place, 'suggested', title, { op: node === undefined ? 'insert' : 'set', path, value });
}

function shown(value: YamlValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function sensibleValue({ resource, at }: Place): YamlValue | undefined {
  const parent = dataOf(findNode(resource.document.root, [...resource.path, ...at.slice(0, -1)]));
  const fields = isJsonObject(parent) ? parent : {};
  const field = String(at.at(-1));
  if (field === 'name' && at.at(-3) === 'ports') return portName(resource, at, fields);
  if (field === 'name' && at.at(-3) === 'containers') return containerName(fields.image);
  if (field === 'name' && at.at(-2) === 'metadata') return undefined;
  if (field === 'selector' && at.at(-2) === 'spec') return selectorOf(fields);
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

const VALUES: ReadonlyMap<string, YamlValue> = new Map<string, YamlValue>([
  ['pathType', 'Prefix'],
  ['restartPolicy', 'OnFailure'],
  ['spec.ports', [{ port: 80 }]],
  ['ports.containerPort', 8080],
  ['ports.port', 80],
  ['schedule', '0 * * * *'],
  ['spec.controller', 'example.com/ingress-controller'],
]);

const WELL_KNOWN_PORTS: ReadonlyMap<Json | undefined, string> = new Map<Json | undefined, string>([
  [22, 'ssh'],
  [53, 'dns'],
  [80, 'http'],
  [443, 'https'],
  [3306, 'mysql'],
  [5432, 'postgres'],
  [6379, 'redis'],
  [8080, 'http'],
  [8443, 'https'],
  [9090, 'metrics'],
]);

/** A name for a port that its list does not have yet. */
function portName(resource: Resource, at: FieldPath, { port, protocol }: Readonly<Record<string, Json>>): string {
  const list = dataOf(findNode(resource.document.root, [...resource.path, ...at.slice(0, -2)]));
  const others = Array.isArray(list) ? list.map((each) => (isJsonObject(each) ? each.name : undefined)) : [];
  const base = WELL_KNOWN_PORTS.get(port) ?? `port-${port ?? Number(at.at(-2)) + 1}`;
  const candidates = [base, `${base}-${String(protocol ?? 'tcp').toLowerCase()}`, `port-${port ?? ''}-${at.at(-2)}`];
  return candidates.find((name) => !others.includes(name)) ?? `${base}-2`;
}

/** `ghcr.io/shop/cart:1.2` is called cart. */
function containerName(image: Json | undefined): string | undefined {
  const name = typeof image === 'string' ? image.split('/').at(-1)?.split(/[:@]/)[0] : undefined;
  return name !== undefined && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) ? name : undefined;
}

/** A workload selects its own Pods. */
function selectorOf({ template }: Readonly<Record<string, Json>>): YamlValue | undefined {
  const metadata = isJsonObject(template) && isJsonObject(template.metadata) ? template.metadata : undefined;
  const labels = metadata?.labels;
  return isJsonObject(labels) ? { matchLabels: labels } : undefined;
}

function addressTypeOf({ endpoints }: Readonly<Record<string, Json>>): string | undefined {
  const first = Array.isArray(endpoints) ? (endpoints[0] as Json) : undefined;
  const addresses = isJsonObject(first) ? first.addresses : undefined;
  const address = Array.isArray(addresses) ? (addresses[0] as Json) : undefined;
  if (typeof address !== 'string') return undefined;
  return address.includes(':') ? 'IPv6' : /^[\d.]+$/.test(address) ? 'IPv4' : 'FQDN';
}
