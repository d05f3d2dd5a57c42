import type { SchemaType } from '../../../api/index.ts';
import type { Json, YamlValue } from '../../../yaml/index.ts';

type Fields = { readonly [key: string]: YamlValue };

/** The object that a plain value stands for where people leave out the field that nearly always is the only one. */
export function shorthandOf(type: SchemaType, value: Json): Fields | undefined {
  if (type.kind === 'pointer') return shorthandOf(type.to, value);
  if (type.kind !== 'struct') return undefined;
  if (typeof value === 'number') return fieldOf(NUMBERS.get(type.goName), value);
  if (typeof value !== 'string') return undefined;
  return type.goName === 'EnvVar' ? variableOf(value) : fieldOf(TEXTS.get(type.goName), value);
}

function fieldOf(name: string | undefined, value: string | number): Fields | undefined {
  return name === undefined ? undefined : { [name]: value };
}

/** `A=b`, as shells and Dockerfiles have it. */
function variableOf(text: string): Fields | undefined {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}

/** Types by their names in Go, and the field that a number is for. */
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['ServicePort', 'port'],
  ['ContainerPort', 'containerPort'],
  ['NetworkPolicyPort', 'port'],
  ['ServiceBackendPort', 'number'],
]);

/** The same for text. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['ServiceBackendPort', 'name'],
  ['IngressServiceBackend', 'name'],
  ['LocalObjectReference', 'name'],
  ['ConfigMapVolumeSource', 'name'],
  ['SecretVolumeSource', 'secretName'],
  ['PersistentVolumeClaimVolumeSource', 'claimName'],
  ['HostPathVolumeSource', 'path'],
]);
