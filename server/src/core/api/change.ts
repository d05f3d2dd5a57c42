/** The object with a changed field; itself if the field is absent. */
export function change<T extends object, K extends keyof T>(
  object: T,
  key: K,
  next: (value: NonNullable<T[K]>) => NonNullable<T[K]>,
): T {
  const value = object[key];
  return value === undefined || value === null ? object : { ...object, [key]: next(value) };
}

type ItemOf<L> = NonNullable<L> extends readonly (infer I)[] ? I : never;

/** The object with a changed list. */
export function changeEach<T extends object, K extends keyof T>(
  object: T,
  key: K,
  next: (item: ItemOf<T[K]>) => ItemOf<T[K]>,
): T {
  const items = object[key];
  return Array.isArray(items) ? { ...object, [key]: items.map((item) => next(item)) } : object;
}

/** The object without a field. */
export function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = object;
  return rest;
}
