import { basename } from 'node:path';
import {
  type ApiAnswer,
  type ApiServer,
  answerJson,
  createApiServer,
  type Json,
  resourceOfPath,
} from '../../server/src/core/index.ts';
import type { Case } from './cases.ts';
import { differencesIn, type Parts, tally } from './differences.ts';
import { readLines } from './lines.ts';
import type { CaseResult } from './result.ts';

/** What an API server answered to one object. */
interface RecordedAnswer {
  readonly status: number;
  readonly reason?: string;
  readonly message?: string;
  readonly causes?: readonly { readonly reason?: string; readonly field?: string; readonly message?: string }[];
  readonly warnings?: readonly string[];
  readonly result?: unknown;
}

interface RecordedObject extends RecordedAnswer {
  readonly id: string;
  readonly path: string;
  readonly object: Json;
}

interface RecordedSequence {
  readonly id: string;
  readonly steps: readonly (RecordedAnswer & { readonly object: Json })[];
}

const PARTS: Parts<RecordedAnswer> = {
  verdict: ({ status, reason }) => [status, reason],
  errors: ({ causes = [] }) => [...new Set(causes.map(({ field, reason }) => `${field} ${reason}`))].sort(),
  messages: ({ message, causes = [] }) => withoutUids([message, causes.map((cause) => cause.message)]),
  result: ({ result }) => withoutUids(result),
  warnings: ({ warnings = [] }) => warnings,
};

/** Every object has a uid of its own, which the labels of a Job repeat. */
export function withoutUids(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text && JSON.parse(text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>'));
}

/** Compares what the server says to single objects, each sent to a server that holds nothing else. */
export function compareObjects({ path: file }: Case): CaseResult {
  const lines = readLines<RecordedObject>(file).map((line) => {
    const type = resourceOfPath(line.path);
    const request = {
      namespace: type?.namespace ?? '',
      mode: 'dry-run',
      ...(type === undefined ? {} : { type }),
    } as const;
    const answer = serverOf(file).create(line.object, request);
    return [line.id, differencesIn(PARTS, line, recorded(answer, line.object))] as const;
  });
  return tally(PARTS, lines);
}

/** Objects that were created one after another on the same server. */
export function compareSequences({ path: file }: Case): CaseResult {
  const lines = readLines<RecordedSequence>(file).map(({ id, steps }) => {
    const server = serverOf(file);
    const found = steps.flatMap((step) => {
      const answer = server.create(step.object, { namespace: namespaceIn(step.object), mode: 'create' });
      return differencesIn(PARTS, step, recorded(answer, step.object));
    });
    return [id, found] as const;
  });
  return tally(PARTS, lines);
}

export function namespaceIn(object: Json): string {
  return (object as { metadata?: { namespace?: string } }).metadata?.namespace ?? 'default';
}

/** A new server with the stacks of the recordings, which the file's name tells. */
export function serverOf(file: string): ApiServer {
  const isSingle = basename(file).includes('single.');
  const serviceCIDRs = isSingle ? ['10.96.0.0/12'] : ['10.96.0.0/12', 'fd00:10:96::/108'];
  return createApiServer({ serviceCIDRs, holdsOwnObjects: true });
}

function recorded(answer: ApiAnswer | undefined, sent: Json): RecordedAnswer {
  return answer === undefined ? { status: 0 } : (answerJson(answer, sent) as unknown as RecordedAnswer);
}
