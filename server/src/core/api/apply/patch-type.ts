import { pointedTo, type SchemaField, type SchemaType, type StructType } from '../schema/types.ts';

/** How a strategic merge patch treats the fields of a type; undefined for a field that it does not have. */
export interface PatchType {
  readonly field: (name: string) => PatchField | undefined;
}

/** What `patchStrategy` and `patchMergeKey` say of a field. */
export interface PatchField {
  readonly strategy?: 'merge' | 'replace';
  /** `retainKeys`: what the new value does not name is cleared. */
  readonly retains?: 'keys';
  /** The field that tells the items of a merged list of objects apart; undefined for lists of plain values. */
  readonly mergeKey?: string;
  /** The type of the value, of the list's items; undefined for plain values and maps. */
  readonly type?: PatchType;
}

const PLAIN: PatchField = {};

/** How a field is merged; one that the type does not have is replaced. */
export function patchFieldOf(type: PatchType | undefined, name: string): PatchField {
  return type?.field(name) ?? PLAIN;
}

/** The fields with `retainKeys` in their `patchStrategy` (k8s.io/api): of a union, only the new member is to stay. */
const RETAINING: ReadonlySet<string> = new Set([
  'DeploymentSpec.strategy',
  'PodSpec.volumes',
  'PodSpec.resourceClaims',
  'PodStatus.resourceClaimStatuses',
]);

/** How the fields of a struct are merged. */
export function patchTypeOf(struct: StructType): PatchType {
  return {
    field: (name) => {
      const field = struct.byName.get(name);
      return field === undefined ? undefined : { ...mergeOf(field, struct.name), ...belowOf(field.type) };
    },
  };
}

function mergeOf({ name, mergeKey }: SchemaField, struct: string): PatchField {
  return {
    ...(mergeKey === undefined ? {} : { strategy: 'merge' }),
    ...(mergeKey === undefined || mergeKey === '' ? {} : { mergeKey }),
    ...(RETAINING.has(`${struct}.${name}`) ? { retains: 'keys' } : {}),
  };
}

function belowOf(type: SchemaType): PatchField {
  const whole = pointedTo(type);
  if (whole.kind === 'list') return belowOf(whole.item);
  return whole.kind === 'struct' ? { type: patchTypeOf(whole) } : {};
}
