import type { FieldPath } from '../yaml/index.ts';
import type { FieldError } from './field-error.ts';
import type { ObjectMeta } from './object-meta.ts';
import type { KubernetesVersion } from './version.ts';

/** An object of any kind after decoding: fields that are absent, null, or the zero value of a type that cannot tell, are left out. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** What the answers depend on besides the object. */
export interface ApiContext {
  readonly version: KubernetesVersion;
  /** The IngressClasses that exist: one of them may be the default of new Ingresses. */
  readonly ingressClasses?: readonly ApiObject[];
}

/** A text of a `Warning` header, and the field it is about. */
export interface ApiWarning {
  readonly message: string;
  readonly at: FieldPath;
}

/**
 * What the server does to the objects of one kind, apart from decoding and allocation. All functions are pure and take objects as
 * `decode` leaves them, so that types can be relied on.
 */
export interface KindRules<T extends ApiObject = ApiObject> {
  /** `Service`, `Deployment.apps`: how the server names the kind in `… "x" is invalid`. */
  readonly groupKind: string;
  readonly namespaced: boolean;
  /** What the versioned defaults, admission and PrepareForCreate fill in or wipe, before validation. */
  readonly default: (object: T, context: ApiContext) => T;
  /**
   * What an update fills in and keeps of the stored object, before `validateUpdate`: the versioned defaults and PrepareForUpdate. If
   * left out, it is what `default` does.
   */
  readonly prepareUpdate?: (next: T, stored: T, context: ApiContext) => T;
  /** Errors on creation, in the server's order, of the defaulted object. */
  readonly validate: (object: T, context: ApiContext) => readonly FieldError[];
  /** Errors of changing `stored` to `next`, both defaulted. */
  readonly validateUpdate: (next: T, stored: T, context: ApiContext) => readonly FieldError[];
  /** Warnings, in the server's order. `stored` is undefined on creation. */
  readonly warn: (object: T, stored: T | undefined, context: ApiContext) => readonly ApiWarning[];
  /** Warnings that come even with a refused object: deprecated kinds. */
  readonly deprecation?: string;
}

/** Gives a kind's functions the type of its objects. */
export function defineKind<T extends ApiObject>(rules: KindRules<T>): KindRules {
  return rules as unknown as KindRules;
}
