import type { ApiAnswer } from '../answer.ts';
import type { JsonObject } from '../json.ts';
import type { ApiObject } from '../kind-rules.ts';
import { findResource } from '../schema/schema.ts';
import type { ApiServer, CreateRequest } from '../server.ts';
import { createdForm, LAST_APPLIED } from './applied-form.ts';
import { type ClientProblem, clientProblem, type NamedObject, nameObject } from './client.ts';
import { applyUpdate, type UpdateAnswer } from './update.ts';

/** One manifest, given to `kubectl apply`. */
export interface ApplyRequest {
  readonly manifest: JsonObject;
  /** The object as the server has it: `stored` of an earlier answer. Undefined if it is not there. */
  readonly stored?: ApiObject;
  /** The namespace of the command, for a manifest that names none. */
  readonly namespace: string;
  /** `dry-run` is kubectl's `--dry-run=server`. */
  readonly mode: CreateRequest['mode'];
}

/** What becomes of one object of a `kubectl apply`. */
export interface Applied {
  readonly manifest: JsonObject;
  readonly object: NamedObject;
  /** Lines that kubectl prints first. */
  readonly notes: readonly string[];
  readonly answer:
    | ClientProblem
    | { readonly type: 'create'; readonly answer: ApiAnswer }
    | { readonly type: 'update'; readonly answer: UpdateAnswer };
}

/**
 * Applies one manifest as `kubectl apply` does (kubectl/pkg/cmd/apply/apply.go, applyOneObject): it creates what is not there and
 * patches what is. Undefined for a kind that the server has but whose rules are not known here.
 */
export function applyManifest(server: ApiServer, request: ApplyRequest): Applied | undefined {
  const { manifest, stored, namespace, mode } = request;
  const object = nameObject(manifest, namespace);
  const problem = clientProblem(manifest, object);
  if (problem !== undefined) return { manifest, object, notes: [], answer: problem };
  if (stored === undefined) return createManifest(server, request, object);
  const answer = applyUpdate(server, { manifest, stored, namespace, mode });
  if (answer === undefined) return undefined;
  return { manifest, object, notes: missingManifest(stored, object), answer: { type: 'update', answer } };
}

function createManifest(
  server: ApiServer,
  { manifest, namespace, mode }: ApplyRequest,
  object: NamedObject,
): Applied | undefined {
  const isNamespaced = findResource(object.apiVersion, object.kind)?.namespaced ?? true;
  const sent = createdForm(manifest, isNamespaced ? namespace : undefined);
  const answer = server.create(sent, { namespace: object.namespace, mode });
  return answer === undefined ? undefined : { manifest, object, notes: [], answer: { type: 'create', answer } };
}

/** Of an object that `kubectl apply` did not make, nothing is known to have been removed from its manifest. */
function missingManifest({ metadata }: ApiObject, { apiVersion, kind, name }: NamedObject): readonly string[] {
  if (metadata.annotations?.[LAST_APPLIED] !== undefined) return [];
  const resource = `${findResource(apiVersion, kind)?.plural ?? ''}/${name}`;
  const advice =
    'kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply.';
  return [
    `Warning: resource ${resource} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. ${advice} The missing annotation will be patched automatically.`,
  ];
}
