import type { Errors } from './field-error.ts';
import type { ObjectMeta } from './object-meta.ts';
import type { KubernetesVersion } from './version.ts';
import type { Warnings } from './warning.ts';

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

/**
 * What the server does to the objects of one kind, apart from decoding and allocation. Nothing here keeps a state, and objects are as
 * `decode` leaves them, so that types can be relied on.
 */
export interface KindRules<T extends ApiObject = ApiObject> {
  /** `Service`, `Deployment.apps`: how the server names the kind in `… "x" is invalid`. */
  readonly groupKind: string;
  readonly namespaced: boolean;
  /** What the versioned defaults, admission and PrepareForCreate fill in or wipe, before validation. */
  default(object: T, context: ApiContext): T;
  /**
   * What an update fills in and keeps of the stored object, before `validateUpdate`: the versioned defaults and PrepareForUpdate. If
   * left out, it is what `default` does.
   */
  prepareUpdate?(next: T, stored: T, context: ApiContext): T;
  /** Errors on creation, in the server's order, of the defaulted object. */
  validate(object: T, context: ApiContext): Errors;
  /** Errors of changing `stored` to `next`, both defaulted. */
  validateUpdate(next: T, stored: T, context: ApiContext): Errors;
  /** Warnings, in the server's order. `stored` is undefined on creation. */
  warn(object: T, stored: T | undefined, context: ApiContext): Warnings;
  /** A warning that comes even with a refused object: the kind is deprecated. */
  readonly deprecation?: string;
}

/**
 * Gives a kind's functions the type of its objects, and forgets it: whoever looks a kind up by its name knows that the object is one
 * of it.
 */
export function defineKind<T extends ApiObject>(rules: KindRules<T>): KindRules {
  return rules;
}
