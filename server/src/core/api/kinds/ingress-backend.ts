import { type Errors, invalid, invalidEach, required } from '../field-error.ts';
import { type NameCheck, portNameProblems } from '../names.ts';
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
export function ingressBackendErrors(
  { service, resource }: IngressBackend,
  path: Path,
  serviceName: NameCheck,
): Errors {
  if (service !== undefined && resource !== undefined) {
    return [invalid(path, '', 'cannot set both resource and service backends')];
  }
  if (resource !== undefined) return objectReferenceErrors(resource, path.child('resource'));
  if (service === undefined) return [invalid(path, '', 'resource or service backend is required')];
  return serviceErrors(service, path, serviceName);
}

function serviceErrors({ name = '', port = {} }: ServiceBackend, path: Path, check: NameCheck): Errors {
  const at = path.child('service', 'name');
  return [...(name === '' ? [required(at)] : invalidEach(at, name, check(name))), ...portErrors(port, path)];
}

/** What is wrong with the choice of name or number is said of the backend. */
function portErrors({ name = '', number = 0 }: NonNullable<ServiceBackend['port']>, path: Path): Errors {
  const port = path.child('service', 'port');
  if (name !== '' && number !== 0) return [invalid(path, '', 'cannot set both port name & port number')];
  if (name !== '') return invalidEach(port.child('name'), name, portNameProblems(name));
  if (number !== 0) return invalidEach(port.child('number'), number, portNumberProblems(number));
  return [required(path, 'port name or number is required')];
}
