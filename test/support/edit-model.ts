import type { FieldPath, YamlEdit } from '../../server/src/core/yaml/index.ts';

/** What an edit is to make of a value. */
export function wantedOf(before: unknown, edit: YamlEdit): unknown {
  switch (edit.op) {
    case 'replace':
    case 'insert':
    case 'set':
      return withValue(before, edit.path, edit.value);
    case 'append':
      return withValue(before, edit.path, [
        ...((valueAt(before, edit.path) as unknown[] | undefined) ?? []),
        edit.value,
      ]);
    case 'rename': {
      const parent = edit.path.slice(0, -1);
      const entries = Object.entries(valueAt(before, parent) as object);
      return withValue(
        before,
        parent,
        Object.fromEntries(entries.map(([key, child]) => [key === edit.path.at(-1) ? edit.key : key, child])),
      );
    }
    case 'remove':
      return without(before, edit.path);
    case 'add-document':
      return before;
  }
}

/** The same value without what stands at a path, and without parents that this leaves empty; an item of a list stays. */
export function without(root: unknown, path: FieldPath): unknown {
  const parent = valueAt(root, path.slice(0, -1));
  const isItem = typeof path.at(-2) === 'number';
  if (path.length > 1 && !isItem && Object.keys(parent as object).length === 1) return without(root, path.slice(0, -1));
  const left = Array.isArray(parent)
    ? parent.filter((_, index) => index !== path.at(-1))
    : Object.fromEntries(Object.entries(parent as object).filter(([key]) => key !== path.at(-1)));
  return withValue(root, path.slice(0, -1), left);
}

/** The same value with something else at a path. */
export function withValue(root: unknown, path: FieldPath, wanted: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return wanted;
  if (Array.isArray(root)) return root.map((item, index) => (index === step ? withValue(item, rest, wanted) : item));
  const fields = (root ?? {}) as Record<string, unknown>;
  return { ...fields, [step]: withValue(fields[step], rest, wanted) };
}

export function valueAt(root: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((node, step) => (node as Record<string | number, unknown> | undefined)?.[step], root);
}
