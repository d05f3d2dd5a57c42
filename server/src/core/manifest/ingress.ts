import type { FieldPath } from '../yaml/index.ts';
import type { Fields } from './fields.ts';

export interface IngressBackend {
  readonly path: FieldPath;
  readonly serviceName: string | undefined;
  readonly portName: string | undefined;
  readonly portNumber: number | undefined;
  /** A backend that is a resource (`kind/name`) instead of a Service. */
  readonly resource: string | undefined;
}

export interface IngressPath {
  readonly path: FieldPath;
  readonly urlPath: string;
  /** `Exact`, `Prefix` or `ImplementationSpecific`; undefined where it is missing. */
  readonly pathType: string | undefined;
  readonly backend: IngressBackend | undefined;
}

export interface IngressRule {
  readonly path: FieldPath;
  /** Empty for every host. */
  readonly host: string;
  readonly paths: readonly IngressPath[];
}

export interface IngressSpec {
  readonly path: FieldPath;
  readonly ingressClassName: string | undefined;
  readonly defaultBackend: IngressBackend | undefined;
  readonly rules: readonly IngressRule[];
  /** Hosts that are served with a certificate of their own. */
  readonly tlsHosts: readonly string[];
}

export function decodeIngress(fields: Fields): IngressSpec {
  const spec = fields.object('spec');
  return {
    path: spec?.path ?? [...fields.path, 'spec'],
    ingressClassName: spec?.string('ingressClassName'),
    defaultBackend: decodeBackend(spec?.object('defaultBackend')),
    rules: (spec?.objects('rules') ?? []).map((rule) => ({
      path: rule.path,
      host: rule.string('host') ?? '',
      paths: (rule.object('http')?.objects('paths') ?? []).map(decodePath),
    })),
    tlsHosts: (spec?.objects('tls') ?? []).flatMap((tls) => tls.strings('hosts').map((item) => item.value)),
  };
}

function decodePath(fields: Fields): IngressPath {
  return {
    path: fields.path,
    urlPath: fields.string('path') ?? '',
    pathType: fields.string('pathType'),
    backend: decodeBackend(fields.object('backend')),
  };
}

function decodeBackend(fields: Fields | undefined): IngressBackend | undefined {
  if (fields === undefined) return undefined;
  const service = fields.object('service');
  const port = service?.object('port');
  const resource = fields.object('resource');
  return {
    path: fields.path,
    serviceName: service?.string('name'),
    portName: port?.string('name'),
    portNumber: port?.integer('number'),
    resource: resource && `${resource.string('kind') ?? ''}/${resource.string('name') ?? ''}`,
  };
}
