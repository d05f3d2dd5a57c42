import { type Snapshot, testUrl, type UrlStep } from '../../core/index.ts';
import { toLocation } from '../convert.ts';
import type { TestUrlParams, TestUrlResult, TestUrlStep } from '../protocol.ts';
import type { Session } from '../session.ts';

/** What becomes of a request for a URL, as plain data. */
export function urlTest({ snapshot }: Session, { url, uri }: TestUrlParams): TestUrlResult {
  const { answers, suggestions } = testUrl(snapshot, url, uri);
  return {
    answers: answers.map((answer) => ({
      title: answer.cluster,
      outcome: answer.outcome,
      steps: answer.steps.map((step) => toStep(snapshot, step)),
    })),
    suggestions: [...suggestions],
  };
}

function toStep(snapshot: Snapshot, { kind, text, why, source }: UrlStep): TestUrlStep {
  return { kind, text, why, location: source === undefined ? null : toLocation(snapshot, snapshot.locate(source)) };
}
