import { CLASS_ANNOTATION, DEFAULT_CLASS_ANNOTATION } from '../../manifest/index.ts';
import { dnsSubdomain, each, optional, unlessEmpty } from '../field-checks.ts';
import { type Errors, invalid, invalidEach, notSupported, required } from '../field-error.ts';
import { firstGeneration, nextGeneration } from '../generation.ts';
import { compareBytes } from '../go-text.ts';
import { parseLenientAddress } from '../ip.ts';
import { type ApiContext, type ApiObject, defineKind } from '../kind-rules.ts';
import {
  dns1035LabelProblems,
  dnsLabelProblems,
  dnsSubdomainProblems,
  type NameCheck,
  wildcardSubdomainProblems,
} from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { ANNOTATIONS, Path, SPEC } from '../path.ts';
import { behaves } from '../version.ts';
import { type Warnings, warning } from '../warning.ts';
import { type IngressBackend, ingressBackendErrors } from './ingress-backend.ts';

interface Ingress extends ApiObject {
  readonly spec?: IngressSpec;
  readonly status?: unknown;
}

interface IngressSpec {
  readonly ingressClassName?: string;
  readonly defaultBackend?: IngressBackend;
  readonly tls?: readonly IngressTls[];
  readonly rules?: readonly IngressRule[];
}

interface IngressTls {
  readonly hosts?: readonly string[];
  readonly secretName?: string;
}

interface IngressRule {
  readonly host?: string;
  readonly http?: { readonly paths?: readonly HttpPath[] };
}

interface HttpPath {
  readonly path?: string;
  readonly pathType?: string;
  readonly backend?: IngressBackend;
}

/** What an update tolerates of the stored object. */
interface SpecRules {
  readonly serviceName: NameCheck;
  readonly secretName: NameCheck;
  readonly wildcardRules: 'checked' | 'any';
}

/** Ingresses (pkg/registry/networking/ingress, strategy.go; pkg/apis/networking/validation). */
export const INGRESS = defineKind<Ingress>({
  groupKind: 'Ingress.networking.k8s.io',
  namespaced: true,
  default: (ingress, context) => firstGeneration(withDefaultClass(ingress, context)),
  prepareUpdate: nextGeneration,
  validate: (ingress, context) => [...errorsOf(ingress, rulesFor(undefined, context)), ...annotationErrors(ingress)],
  validateUpdate: (next, stored, context) => [
    ...objectMetaUpdateErrors(next.metadata, stored.metadata),
    ...errorsOf(next, rulesFor(stored, context)),
  ],
  warn: (ingress, stored) => (stored === undefined ? classWarnings(ingress) : []),
});

/** An Ingress without a class gets the default one (plugin/pkg/admission/network/defaultingressclass). */
function withDefaultClass(ingress: Ingress, { ingressClasses = [] }: ApiContext): Ingress {
  if (ingress.spec?.ingressClassName !== undefined || classAnnotationOf(ingress) !== undefined) return ingress;
  const ingressClassName = defaultClassOf(ingressClasses);
  return ingressClassName === undefined ? ingress : { ...ingress, spec: { ...ingress.spec, ingressClassName } };
}

/** Of several default classes the newest counts; of those as old as each other the first by name. */
function defaultClassOf(classes: readonly ApiObject[]): string | undefined {
  const [first] = classes
    .map(({ metadata }) => metadata)
    .filter(({ annotations }) => annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true')
    .sort(
      (a, b) =>
        compareBytes(b.creationTimestamp ?? '', a.creationTimestamp ?? '') || compareBytes(a.name ?? '', b.name ?? ''),
    );
  return first?.name;
}

function classAnnotationOf({ metadata }: Ingress): string | undefined {
  return metadata.annotations?.[CLASS_ANNOTATION];
}

function errorsOf({ metadata, spec = {} }: Ingress, rules: SpecRules): Errors {
  return [...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }), ...specErrors(spec, rules)];
}

/** Only on creation; the server leaves `metadata` out of the field. */
function annotationErrors(ingress: Ingress): Errors {
  const annotation = classAnnotationOf(ingress);
  const className = ingress.spec?.ingressClassName;
  if (annotation === undefined || className === undefined || annotation === className) return [];
  const path = Path.root.child('annotations', CLASS_ANNOTATION).markedAt(CLASS_PATH.at);
  return [invalid(path, annotation, 'must match `ingressClassName` when both are specified')];
}

const CLASS_PATH = ANNOTATIONS.key(CLASS_ANNOTATION);

function rulesFor(stored: Ingress | undefined, { version }: ApiContext): SpecRules {
  const spec = stored?.spec ?? {};
  const isRelaxed = behaves(version, 'relaxedServiceNames') || serviceNamesOf(spec).some(isOnlyRelaxedName);
  const hasBadSecret = (spec.tls ?? []).some(({ secretName = '' }) => secretNameProblems(secretName).length > 0);
  return {
    serviceName: isRelaxed ? dnsLabelProblems : dns1035LabelProblems,
    secretName: hasBadSecret ? () => [] : secretNameProblems,
    wildcardRules: (spec.rules ?? []).some(isBadWildcardRule) ? 'any' : 'checked',
  };
}

function serviceNamesOf({ defaultBackend, rules = [] }: IngressSpec): readonly string[] {
  const backends = [defaultBackend, ...rules.flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend))];
  return backends.flatMap((backend) => (backend?.service === undefined ? [] : [backend.service.name ?? '']));
}

function isOnlyRelaxedName(name: string): boolean {
  return dnsLabelProblems(name).length === 0 && dns1035LabelProblems(name).length > 0;
}

/** The server judges the stored rules by the names of older versions. */
function isBadWildcardRule({ host = '', http }: IngressRule): boolean {
  return host.includes('*') && httpErrors(http, dns1035LabelProblems, Path.root).length > 0;
}

function secretNameProblems(name: string): readonly string[] {
  return name === '' ? [] : dnsSubdomainProblems(name);
}

function specErrors(spec: IngressSpec, rules: SpecRules): Errors {
  const { defaultBackend, ingressClassName, tls } = spec;
  return [
    ...emptyErrors(spec),
    ...optional(defaultBackend, (it) => ingressBackendErrors(it, rules.serviceName, SPEC.child('defaultBackend'))),
    ...each(spec.rules, SPEC.child('rules'), (rule, path) => ruleErrors(rule, rules, path)),
    ...each(tls, SPEC.child('tls'), (item, path) => tlsErrors(item, rules, path)),
    ...optional(ingressClassName, (name) => dnsSubdomain(name, SPEC.child('ingressClassName'))),
  ];
}

/** The server tells an empty list of rules from none. */
function emptyErrors({ defaultBackend, rules }: IngressSpec): Errors {
  if (defaultBackend !== undefined || (rules ?? []).length > 0) return [];
  return [invalid(SPEC, rules ?? null, 'either `defaultBackend` or `rules` must be specified')];
}

function ruleErrors({ host = '', http }: IngressRule, rules: SpecRules, path: Path): Errors {
  const isTolerated = host.includes('*') && rules.wildcardRules === 'any';
  return [
    ...unlessEmpty(host, path.child('host'), ruleHostErrors),
    ...(isTolerated ? [] : httpErrors(http, rules.serviceName, path.child('http'))),
  ];
}

function ruleHostErrors(host: string, path: Path): Errors {
  const isAddress = parseLenientAddress(host) !== undefined;
  return [
    ...(isAddress ? [invalid(path, host, 'must be a DNS name, not an IP address')] : []),
    ...hostErrors(host, path),
  ];
}

function hostErrors(host: string, path: Path): Errors {
  return host.includes('*') ? invalidEach(path, host, wildcardSubdomainProblems(host)) : dnsSubdomain(host, path);
}

function tlsErrors({ hosts, secretName = '' }: IngressTls, rules: SpecRules, path: Path): Errors {
  return [
    ...each(hosts, path.child('hosts'), hostErrors),
    ...invalidEach(path.child('secretName'), secretName, rules.secretName(secretName)),
  ];
}

function httpErrors(http: IngressRule['http'], serviceName: NameCheck, path: Path): Errors {
  if (http === undefined) return [];
  const at = path.child('paths');
  if ((http.paths ?? []).length === 0) return [required(at)];
  return each(http.paths, at, (item, itemPath) => httpPathErrors(item, serviceName, itemPath));
}

function httpPathErrors({ path: text = '', pathType, backend }: HttpPath, serviceName: NameCheck, path: Path): Errors {
  if (pathType === undefined) return [required(path.child('pathType'), 'pathType must be specified')];
  return [
    ...pathErrors(text, pathType, path),
    ...ingressBackendErrors(backend ?? {}, serviceName, path.child('backend')),
  ];
}

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const FORBIDDEN_PARTS = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_ENDS = ['/..', '/.'];

function pathErrors(text: string, pathType: string, path: Path): Errors {
  const at = path.child('path');
  if (!PATH_TYPES.includes(pathType)) return [notSupported(path.child('pathType'), pathType, PATH_TYPES)];
  const absolute = text.startsWith('/') ? [] : [invalid(at, text, 'must be an absolute path')];
  if (pathType === 'ImplementationSpecific') return text === '' ? [] : absolute;
  return [
    ...absolute,
    ...FORBIDDEN_PARTS.filter((part) => text.includes(part)).map((part) =>
      invalid(at, text, `must not contain '${part}'`),
    ),
    ...FORBIDDEN_ENDS.filter((end) => text.endsWith(end)).map((end) => invalid(at, text, `cannot end with '${end}'`)),
  ];
}

function classWarnings(ingress: Ingress): Warnings {
  if (classAnnotationOf(ingress) === undefined || ingress.spec?.ingressClassName !== undefined) return [];
  const message = `annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`;
  return [warning(CLASS_PATH, message)];
}
