import { type ApiAnswer, complaintsOf, type RefusedAnswer } from '../answer.ts';
import { groupOf } from '../api-version.ts';
import type { Errors } from '../field-error.ts';
import { quote } from '../go-text.ts';
import type { JsonObject } from '../json.ts';
import { sentWarnings } from '../sent-warnings.ts';
import type { Warnings } from '../warning.ts';
import type { Applied, ApplyRequest } from './apply.ts';
import { type ClientProblem, infoText, type NamedObject } from './client.ts';
import { sortedText } from './json-values.ts';
import type { FailedUpdate, UpdateAnswer } from './update.ts';

/** What kubectl has to say of one object. */
export interface ApplyOutcome {
  /** Texts that come as warnings, in order. */
  readonly warnings: readonly string[];
  /** Other lines that go before the outcome. */
  readonly notes: readonly string[];
  readonly result: { readonly type: 'done'; readonly line: string } | ApplyFailure;
}

/** An error of one object; how it is printed depends on whether it is the only one. */
export interface ApplyFailure {
  readonly type: 'failure';
  readonly phase: ClientProblem['phase'];
  /** As it is printed among several. */
  readonly text: string;
  /** As it is printed alone. */
  readonly alone: string;
}

/**
 * What `kubectl apply` prints, both streams together: warnings, each only once, lines of what was done, and all errors at the end
 * (kubectl/pkg/cmd/apply/apply.go, kubectl/pkg/cmd/util/helpers.go).
 */
export function applyText(outcomes: readonly ApplyOutcome[], mode: ApplyRequest['mode']): string {
  const ending = mode === 'create' ? '' : ' (server dry run)';
  const lines: string[] = [];
  const warned = new Set<string>();
  for (const { warnings, notes, result } of outcomes) {
    for (const text of warnings) {
      if (!warned.has(text)) lines.push(`Warning: ${text}`);
      warned.add(text);
    }
    lines.push(...notes);
    if (result.type === 'done') lines.push(`${result.line}${ending}`);
  }
  const failures = outcomes.flatMap(({ result }) => (result.type === 'failure' ? [result] : []));
  return [...lines, ...failureLines(failures)].map((line) => `${line}\n`).join('');
}

function failureLines(failures: readonly ApplyFailure[]): readonly string[] {
  const reading = failures.filter(({ phase }) => phase === 'reading').map(({ text }) => text);
  const others = failures.filter(({ phase }) => phase !== 'reading').map(({ text }) => text);
  const [first] = failures;
  if (failures.length === 1 && first !== undefined) return [first.alone];
  // All problems of reading are one error of the run.
  if (reading.length > 1 && others.length > 0) return [`[${[...new Set(reading)].join(', ')}]`, ...others];
  return [...reading, ...others];
}

/** `file` is what errors call the source of the object: a path as it was given, or `STDIN`. */
export function outcomeOf({ object, notes, answer }: Applied, file: string): ApplyOutcome {
  const own = answerOutcome(answer, object, file);
  return { ...own, notes: [...notes, ...own.notes] };
}

function answerOutcome(answer: Applied['answer'], object: NamedObject, file: string): ApplyOutcome {
  switch (answer.type) {
    case 'client':
      return outcome([], clientFailure(answer, file));
    case 'create':
      return creationOutcome(answer.answer, object, file);
    case 'update':
      return updateOutcome(answer.answer, object, file);
  }
}

function outcome(warnings: Warnings, result: ApplyOutcome['result']): ApplyOutcome {
  return { warnings: sentWarnings(warnings), notes: [], result };
}

function clientFailure({ phase, message }: ClientProblem, file: string): ApplyFailure {
  const text = message(file);
  return { type: 'failure', phase, text, alone: `error: ${text}` };
}

function creationOutcome(answer: ApiAnswer, object: NamedObject, file: string): ApplyOutcome {
  if (answer.status === 201) return outcome(answer.warnings, done(object, 'created'));
  return outcome(answer.warnings, refused(answer, object, `error when creating ${quote(file)}: `));
}

function updateOutcome(answer: UpdateAnswer, object: NamedObject, file: string): ApplyOutcome {
  switch (answer.type) {
    case 'unchanged':
    case 'configured':
      return outcome(answer.warnings, done(object, answer.type));
    case 'refused':
      return outcome(answer.warnings, refused(answer.answer, answer.about, patchPrefix(answer.patch, object, file)));
    case 'failure':
      return { ...outcome(answer.warnings, unmade(answer, object, file)), notes: patchNotes(answer) };
  }
}

/** A line about what was done. */
function done(
  { apiVersion, kind, name }: NamedObject,
  verb: 'created' | 'configured' | 'unchanged',
): ApplyOutcome['result'] {
  const group = groupOf(apiVersion);
  const type = group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
  return { type: 'done', line: `${type}/${name} ${verb}` };
}

/** An error that the server sent. One of status 422 is printed by its causes if it is alone. */
function refused(answer: RefusedAnswer, about: Pick<NamedObject, 'kind' | 'name'>, prefix: string): ApplyFailure {
  const reason = answer.reason === 'Unknown' ? '' : ` (${answer.reason})`;
  const text = `Error from server${reason}: ${prefix}${answer.message}`;
  return {
    type: 'failure',
    phase: 'applying',
    text,
    alone: answer.status === 422 ? invalidText(about, answer.errors) : text,
  };
}

function invalidText({ kind, name }: Pick<NamedObject, 'kind' | 'name'>, errors: Errors): string {
  const head = kind === '' && name === '' ? 'The request is invalid' : `The ${kind} ${quote(name)} is invalid`;
  const causes = complaintsOf(errors);
  if (causes.length === 1) return `${head}: ${causes[0]}`;
  return [`${head}: `, ...causes.map((cause) => `* ${cause}`)].join('\n');
}

/** What precedes the server's message to a patch. */
function patchPrefix(patch: JsonObject | undefined, object: NamedObject, file: string): string {
  const text = patch === undefined ? '' : sortedText(patch);
  const source = quote(file);
  return `error when applying patch:\n${text}\nto:\n${infoText(object)}\nfor: ${source}: error when patching ${source}: `;
}

/** kubectl tries three descriptions of the kind, and gives up at the last. */
function patchNotes({ problem }: FailedUpdate): readonly string[] {
  return ['openapi v3 spec', 'openapi spec'].map(
    (source) => `warning: error calculating patch from ${source}: ${problem}`,
  );
}

function unmade({ problem, forms }: FailedUpdate, object: NamedObject, file: string): ApplyFailure {
  const [original, modified, current] = [forms.original, forms.modified, forms.current].map(
    (form) => `${sortedText(form)}\n`,
  );
  const cause = `creating patch with:\noriginal:\n${original}\nmodified:\n${modified}\ncurrent:\n${current}\nfor: ${problem}`;
  const text = `${patchPrefix(undefined, object, file)}${cause}`;
  return { type: 'failure', phase: 'applying', text, alone: `error: ${text}` };
}
