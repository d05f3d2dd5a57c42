import { portName, portNumber, requiredThen } from '../field-checks.ts';
import { type Errors, invalid, invalidEach, required } from '../field-error.ts';
import type { NameCheck } from '../names.ts';
import type { Path } from '../path.ts';
import { type ObjectReference, objectReferenceErrors } from './object-reference.ts';

/** Where an Ingress sends requests: a port of a Service, or an object of some other kind. */
export interface IngressBackend {
  readonly service?: ServiceBackend;
  readonly resource?: ObjectReference;
}

interface ServiceBackend {
  readonly name?: string;
  readonly port?: { readonly name?: string; readonly number?: number };
}

/** Errors of a backend (pkg/apis/networking/validation, validateIngressBackend). `serviceName` is the check of names of Services. */
export function ingressBackendErrors(backend: IngressBackend, serviceName: NameCheck, path: Path): Errors {
  const { service, resource } = backend;
  if (service !== undefined && resource !== undefined) {
    return [invalid(path, '', 'cannot set both resource and service backends')];
  }
  if (resource !== undefined) return objectReferenceErrors(resource, path.child('resource'));
  if (service === undefined) return [invalid(path, '', 'resource or service backend is required')];
  return [
    ...requiredThen(service.name ?? '', path.child('service', 'name'), (name, at) =>
      invalidEach(at, name, serviceName(name)),
    ),
    ...portErrors(service.port ?? {}, path),
  ];
}

/** What is wrong with the choice of name or number is said of the backend. */
function portErrors({ name = '', number = 0 }: NonNullable<ServiceBackend['port']>, path: Path): Errors {
  const port = path.child('service', 'port');
  if (name !== '' && number !== 0) return [invalid(path, '', 'cannot set both port name & port number')];
  if (name !== '') return portName(name, port.child('name'));
  if (number !== 0) return portNumber(number, port.child('number'));
  return [required(path, 'port name or number is required')];
}
