import { decode } from './decode.ts';
import type { DecodeProblem } from './decode-problem.ts';
import type { Errors } from './field-error.ts';
import { quote } from './go-text.ts';
import { isObject, type Json } from './json.ts';
import type { ApiContext, ApiObject, KindRules } from './kind-rules.ts';
import { findKind } from './kinds/index.ts';
import {
  type AllocationOutcome,
  Allocations,
  allocateOnCreate,
  type Claim,
  type PoolSettings,
  readService,
  type Service,
} from './kinds/service/index.ts';
import { genericMetaErrors, type ObjectMeta } from './object-meta.ts';
import { findResource } from './schema/schema.ts';
import { CURRENT_VERSION, type KubernetesVersion } from './version.ts';
import type { Warnings } from './warning.ts';

/** What the server answers to one object. */
export type ApiAnswer = AcceptedAnswer | RefusedAnswer;

export interface AcceptedAnswer {
  readonly status: 201;
  readonly warnings: Warnings;
  /** The object with defaults filled in and addresses and ports allocated. */
  readonly stored: ApiObject;
}

/** `message` is the whole text of the answer; what is behind it is data. */
export interface RefusedAnswer {
  readonly status: 400 | 409 | 422 | 500;
  readonly reason: 'BadRequest' | 'AlreadyExists' | 'Invalid' | 'InternalError';
  readonly message: string;
  readonly warnings: Warnings;
  /** Of status 422, in the server's order. */
  readonly errors: Errors;
  /** Of status 400: what could not be decoded, with its place. */
  readonly problems: readonly DecodeProblem[];
}

export interface CreateRequest {
  /** The namespace of the request's URL; for a cluster-scoped kind it does not count. */
  readonly namespace: string;
  /** A dry run claims nothing, and does not see whether an address is taken. */
  readonly mode: 'create' | 'dry-run';
  /** The kind that the request's URL is for; if left out, the one that the object names. */
  readonly type?: { readonly apiVersion: string; readonly kind: string };
}

export interface ApiServerSettings extends PoolSettings {
  readonly version?: KubernetesVersion;
  /** The IngressClasses that exist. */
  readonly ingressClasses?: readonly ApiObject[];
  /** Whether what a control plane makes for itself is there, so that creating it again is a conflict. */
  readonly holdsOwnObjects?: boolean;
}

/** A server that holds nothing, but has given the address of the Service `kubernetes` away. */
export function createApiServer(settings: ApiServerSettings): ApiServer {
  const { version = CURRENT_VERSION, ingressClasses = [] } = settings;
  const names = settings.holdsOwnObjects === true ? OWN_OBJECTS : [];
  return new ApiServer({ version, ingressClasses }, new Allocations(settings), names);
}

/** What a control plane makes for itself. */
const OWN_OBJECTS: readonly string[] = [
  'v1/Service/default/kubernetes',
  'v1/Endpoints/default/kubernetes',
  'discovery.k8s.io/v1/EndpointSlice/default/kubernetes',
  ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map((name) => `v1/Namespace//${name}`),
];

/** An API server with what it has stored, as far as later answers depend on it: names, addresses, ports. */
export class ApiServer {
  private readonly names: Set<string>;

  constructor(
    readonly context: ApiContext,
    readonly allocations: Allocations,
    names: readonly string[] = [],
  ) {
    this.names = new Set(names);
  }

  /**
   * The answer to a POST with `fieldValidation=Strict` (apiserver/pkg/registry/generic/registry/store.go, Create). Undefined for a
   * kind whose rules are not known here.
   */
  create(value: Json, { namespace, mode, type }: CreateRequest): ApiAnswer | undefined {
    const { apiVersion, kind } = type ?? typeOf(value);
    const rules = findKind(apiVersion, kind);
    if (rules === undefined) return undefined;
    const early = deprecationOf(rules);
    const decoded = decode(apiVersion, kind, value);
    if (decoded.type === 'unknown-kind') return undefined;
    if (decoded.type === 'failure') return refuse(400, 'BadRequest', decoded.message, early, [], decoded.problems);
    const object = placeIn(decoded.object, rules, namespace);
    if (object === undefined) return refuse(400, 'BadRequest', NAMESPACE_MISMATCH, early);
    const { answer, claims } = this.admit(withName(object), rules, early, mode);
    if (mode === 'create' && answer.status === 201) this.names.add(keyOf(object));
    else this.allocations.release(claims);
    return answer;
  }

  private admit(
    object: ApiObject,
    rules: KindRules,
    early: Warnings,
    mode: CreateRequest['mode'],
  ): { readonly answer: ApiAnswer; readonly claims: readonly Claim[] } {
    const outcome = this.allocate(rules.default(object, this.context), mode);
    if (outcome.type === 'invalid') return { answer: invalidObject(object, rules, outcome.errors, early), claims: [] };
    if (outcome.type === 'failure') {
      const prefix = outcome.reason === 'InternalError' ? 'Internal error occurred: ' : '';
      return { answer: refuse(500, 'InternalError', prefix + outcome.message, early), claims: [] };
    }
    const { service: stored, claims } = outcome;
    const errors = this.errorsOf(stored, rules);
    if (errors.length > 0) return { answer: invalidObject(object, rules, errors, early), claims };
    const warnings = [...early, ...rules.warn(stored, undefined, this.context)];
    if (this.names.has(keyOf(object))) return { answer: alreadyExists(object, warnings), claims };
    return { answer: { status: 201, warnings, stored: this.read(stored) }, claims };
  }

  /** The object as clients read it. */
  private read(object: ApiObject): ApiObject {
    return isService(object) ? (readService(object, this.allocations.families) as ApiObject) : object;
  }

  private allocate(object: ApiObject, mode: CreateRequest['mode']): AllocationOutcome {
    if (!isService(object)) return { type: 'allocated', service: object as Service, claims: [], freed: [] };
    return allocateOnCreate(object, this.allocations, { mode, version: this.context.version });
  }

  private errorsOf(object: ApiObject, rules: KindRules): Errors {
    const own = rules.validate(object, this.context);
    return own.length > 0 ? own : genericMetaErrors(object.metadata, rules.namespaced);
  }
}

const NAMESPACE_MISMATCH = 'the namespace of the provided object does not match the namespace sent on the request';

export function isService(object: ApiObject): object is ApiObject & Service {
  return object.apiVersion === 'v1' && object.kind === 'Service';
}

function typeOf(value: Json): { readonly apiVersion: string; readonly kind: string } {
  const { apiVersion, kind } = isObject(value) ? value : {};
  return { apiVersion: textOf(apiVersion), kind: textOf(kind) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function deprecationOf({ deprecation }: KindRules): Warnings {
  return deprecation === undefined ? [] : [{ message: deprecation, at: ['kind'] }];
}

/** The object in the namespace of the request; undefined if it names another one (EnsureObjectNamespaceMatchesRequestNamespace). */
function placeIn(object: ApiObject, { namespaced }: KindRules, namespace: string): ApiObject | undefined {
  const { namespace: own, ...metadata } = withoutServerFields(object.metadata);
  if (!namespaced) return { ...object, metadata };
  if (own !== undefined && own !== namespace) return undefined;
  return { ...object, metadata: { ...metadata, namespace } };
}

/** What the server sets itself, whatever is sent (BeforeCreate, FillObjectMetaSystemFields, the field manager). */
function withoutServerFields(metadata: ObjectMeta): ObjectMeta {
  const { uid, resourceVersion, creationTimestamp, selfLink, managedFields, ...rest } = metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds, ...given } = rest;
  return given;
}

/** A prefix gets five random characters behind it (apiserver/pkg/storage/names); here they are always the same. */
function withName(object: ApiObject): ApiObject {
  const { name, generateName } = object.metadata;
  if (name !== undefined || generateName === undefined) return object;
  return { ...object, metadata: { ...object.metadata, name: `${generateName.slice(0, 58)}xxxxx` } };
}

function keyOf({ apiVersion, kind, metadata }: ApiObject): string {
  return `${apiVersion}/${kind}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}

export function invalidObject(
  { metadata }: ApiObject,
  { groupKind }: KindRules,
  errors: Errors,
  early: Warnings,
): RefusedAnswer {
  // The same complaint of several places is one in the text, and stays several in the data.
  const texts = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const message = `${groupKind} ${quote(metadata.name ?? '')} is invalid: ${list}`;
  return refuse(422, 'Invalid', message, early, errors);
}

function alreadyExists({ apiVersion, kind, metadata }: ApiObject, warnings: Warnings): RefusedAnswer {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  const plural = findResource(apiVersion, kind)?.plural ?? kind.toLowerCase();
  return refuse(409, 'AlreadyExists', `${plural}${group} ${quote(metadata.name ?? '')} already exists`, warnings);
}

export function refuse(
  status: RefusedAnswer['status'],
  reason: RefusedAnswer['reason'],
  message: string,
  warnings: Warnings,
  errors: Errors = [],
  problems: readonly DecodeProblem[] = [],
): RefusedAnswer {
  return { status, reason, message, warnings, errors, problems };
}
