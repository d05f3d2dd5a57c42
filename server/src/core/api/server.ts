import { type ApiAnswer, alreadyExists, badRequest, invalidAnswer, serverFailure } from './answer.ts';
import { decode } from './decode.ts';
import type { Errors } from './field-error.ts';
import { isObject, type Json, textOf } from './json.ts';
import type { ApiContext, ApiObject, KindRules } from './kind-rules.ts';
import { findKind } from './kinds/index.ts';
import { Allocations, allocate, asRead, type Claim, type PoolSettings } from './kinds/service/index.ts';
import { genericMetaErrors, type ObjectMeta } from './object-meta.ts';
import { Path } from './path.ts';
import { CURRENT_VERSION, type KubernetesVersion } from './version.ts';
import { type Warnings, warning } from './warning.ts';

/** One object, sent to be created. */
export interface CreateRequest {
  /** The namespace of the request's URL; for a cluster-scoped kind it does not count. */
  readonly namespace: string;
  /** A dry run claims nothing, and does not see whether an address is taken. */
  readonly mode: 'create' | 'dry-run';
  /** The kind that the request's URL is for; if left out, the one that the object names. */
  readonly type?: { readonly apiVersion: string; readonly kind: string };
}

/** The flags of a server, and what it has that answers depend on. */
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
    if (decoded.type === 'failure') return badRequest(decoded.message, early, decoded.problems);
    const object = placeIn(decoded.object, rules, namespace);
    if (object === undefined) return badRequest(NAMESPACE_MISMATCH, early);
    const { answer, claims } = this.admit(withName(object), rules, early, mode);
    if (mode === 'create' && answer.status === 201) this.names.add(keyOf(object));
    else this.allocations.release(claims);
    return answer;
  }

  /** `claims` are what the object has taken out of the pools, whatever the answer. */
  private admit(
    object: ApiObject,
    rules: KindRules,
    early: Warnings,
    mode: CreateRequest['mode'],
  ): { readonly answer: ApiAnswer; readonly claims: readonly Claim[] } {
    const { context, allocations } = this;
    const outcome = allocate(rules.default(object, context), undefined, allocations, {
      mode,
      version: context.version,
    });
    if (outcome.type === 'invalid') return { answer: invalidAnswer(object, rules, outcome.errors, early), claims: [] };
    if (outcome.type === 'failure') {
      return { answer: serverFailure(outcome.reason, outcome.message, early), claims: [] };
    }
    const { object: stored, claims } = outcome;
    const errors = this.errorsOf(stored, rules);
    if (errors.length > 0) return { answer: invalidAnswer(object, rules, errors, early), claims };
    const warnings = [...early, ...rules.warn(stored, undefined, context)];
    if (this.names.has(keyOf(object))) return { answer: alreadyExists(object, warnings), claims };
    return { answer: { status: 201, warnings, stored: asRead(stored, allocations) }, claims };
  }

  private errorsOf(object: ApiObject, rules: KindRules): Errors {
    const own = rules.validate(object, this.context);
    return own.length > 0 ? own : genericMetaErrors(object.metadata, rules);
  }
}

const NAMESPACE_MISMATCH = 'the namespace of the provided object does not match the namespace sent on the request';

function typeOf(value: Json): { readonly apiVersion: string; readonly kind: string } {
  const { apiVersion, kind } = isObject(value) ? value : {};
  return { apiVersion: textOf(apiVersion), kind: textOf(kind) };
}

/** The warning that comes with any answer to an object of a deprecated kind. */
export function deprecationOf({ deprecation }: KindRules): Warnings {
  return deprecation === undefined ? [] : [warning(Path.root.child('kind'), deprecation)];
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
