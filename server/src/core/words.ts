import type { LabelRequirement, LabelSelector, Labels } from './manifest/index.ts';

/** `app=cart,tier=web`, as kubectl writes labels. */
export function renderLabels(labels: Labels): string {
  return [...labels].map(([key, value]) => `${key}=${value}`).join(',');
}

/** `app=cart,tier in (web,api),!canary`, as kubectl writes selectors; empty for one that selects everything. */
export function renderSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  return [renderLabels(matchLabels), ...matchExpressions.map(renderRequirement)]
    .filter((part) => part !== '')
    .join(',');
}

/** `has the labels app=cart`, or `matches tier in (web,api)`: what a selector asks of one object. */
export function renderWanted(selector: LabelSelector): string {
  const verb = selector.matchExpressions.length === 0 ? 'has the labels' : 'matches';
  return `${verb} ${renderSelector(selector)}`;
}

function renderRequirement({ key: given, operator, values }: LabelRequirement): string {
  const key = given === '' ? '""' : given;
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return `${key} ${operator}`;
  }
}

/** `1 Pod`, `3 Pods`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`; with more than `most` items `a, b, c and 4 more`. */
export function list(items: readonly string[], most = 4): string {
  if (items.length > most) return `${items.slice(0, most - 1).join(', ')} and ${items.length - most + 1} more`;
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** `has` or `have`, after as many subjects. */
export function has(subjects: readonly unknown[]): string {
  return subjects.length === 1 ? 'has' : 'have';
}
