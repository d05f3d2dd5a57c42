import { groupOf } from './api-version.ts';
import type { DecodeProblem } from './decode-problem.ts';
import type { Errors } from './field-error.ts';
import { quote } from './go-text.ts';
import type { ApiObject, KindRules } from './kind-rules.ts';
import { findResource } from './schema/schema.ts';
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
  /** `Unknown` is an error of the server's own that it has no status for. */
  readonly reason: 'BadRequest' | 'AlreadyExists' | 'Invalid' | 'InternalError' | 'Unknown';
  readonly message: string;
  readonly warnings: Warnings;
  /** Of status 422, in the server's order. */
  readonly errors: Errors;
  /** Of status 400: what could not be decoded, with its place. */
  readonly problems: readonly DecodeProblem[];
  /** Of status 500: the message without the words that it always begins with. */
  readonly failure?: string;
}

/** Something that cannot be read, or is not for the request's URL. */
export function badRequest(
  message: string,
  warnings: Warnings,
  problems: readonly DecodeProblem[] = [],
): RefusedAnswer {
  return { status: 400, reason: 'BadRequest', message, warnings, errors: [], problems };
}

/** An object with errors in its fields (apimachinery/pkg/api/errors, NewInvalid). */
export function invalidAnswer(
  { metadata }: ApiObject,
  { groupKind }: KindRules,
  errors: Errors,
  warnings: Warnings,
): RefusedAnswer {
  const texts = complaintsOf(errors);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return unprocessable(`${groupKind} ${quote(metadata.name ?? '')} is invalid: ${list}`, errors, warnings);
}

/** Errors as texts. The same complaint of several places is one in the text, and stays several in the data. */
export function complaintsOf(errors: Errors): readonly string[] {
  return [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
}

/** Status 422 with a message of its own. */
export function unprocessable(message: string, errors: Errors, warnings: Warnings): RefusedAnswer {
  return { status: 422, reason: 'Invalid', message, warnings, errors, problems: [] };
}

/** A name that another object of the kind has (NewAlreadyExists). */
export function alreadyExists({ apiVersion, kind, metadata }: ApiObject, warnings: Warnings): RefusedAnswer {
  const group = groupOf(apiVersion);
  const plural = findResource(apiVersion, kind)?.plural ?? kind.toLowerCase();
  const resource = group === '' ? plural : `${plural}.${group}`;
  const message = `${resource} ${quote(metadata.name ?? '')} already exists`;
  return { status: 409, reason: 'AlreadyExists', message, warnings, errors: [], problems: [] };
}

/** What the server could not do (NewInternalError), or an error that nobody has given a status. */
export function serverFailure(reason: 'InternalError' | 'Unknown', failure: string, warnings: Warnings): RefusedAnswer {
  const message = reason === 'InternalError' ? `Internal error occurred: ${failure}` : failure;
  return { status: 500, reason, message, warnings, errors: [], problems: [], failure };
}
