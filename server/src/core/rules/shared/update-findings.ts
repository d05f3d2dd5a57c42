import type { FieldError } from '../../api/index.ts';
import { type ApiUpdate, apiUpdateOf, type Cluster, differenceBelow, manifestOf } from '../../cluster/index.ts';
import type { Resource } from '../../manifest/index.ts';
import { findNode } from '../../yaml/index.ts';
import type { Fix, RuleFinding } from '../rule.ts';
import { placeOf, replaceFix } from './fix.ts';

/** What an apply would fail on if the cluster has the object as it was last committed: fields that may not change. */
export function updateFindings(resource: Resource, cluster: Cluster): readonly RuleFinding[] {
  const update = apiUpdateOf(cluster, resource);
  const answer = update?.applied.answer;
  if (update === undefined || answer?.type !== 'update' || answer.answer.type !== 'refused') return [];
  return answer.answer.answer.errors.map((error) => findingOf(resource, update, error));
}

function findingOf(resource: Resource, { stored }: ApiUpdate, error: FieldError): RuleFinding {
  const at = differenceBelow(manifestOf(stored), manifestOf(resource), error.at);
  const advice = `Delete the ${resource.kind} and create it again, or go back.`;
  return {
    path: [...resource.path, ...at],
    case: 'update',
    severity: 'warning',
    message: `Applying this over what is committed will fail: ${error.field}: ${error.message}. ${advice}`,
    fixes: backFixes(resource, stored, at),
  };
}

/** The committed value, where it is one that stands in one place. */
function backFixes(resource: Resource, stored: Resource, at: RuleFinding['path']): readonly Fix[] {
  const before = findNode(stored.document.root, [...stored.path, ...at]);
  if (before?.kind !== 'scalar' || before.value === null) return [];
  return replaceFix(placeOf(resource, at), 'suggested', before.value).map((fix) => ({
    ...fix,
    title: `Go back to ${before.text}`,
  }));
}
