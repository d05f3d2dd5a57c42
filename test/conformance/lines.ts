import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The cases of a file of recorded lines, which may be compressed. */
export function readLines<Line>(path: string): readonly Line[] {
  const content = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

/** Objects as manifests are given: a file for each. */
export function filesOf(objects: readonly unknown[]): readonly { readonly uri: string; readonly text: string }[] {
  return objects.map((object, index) => ({ uri: `${index}.yaml`, text: JSON.stringify(object) }));
}

/** The same text for the same data, whatever the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
