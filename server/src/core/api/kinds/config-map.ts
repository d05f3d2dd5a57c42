import { decodedLength } from '../base64.ts';
import { sameValue } from '../equal.ts';
import { type Errors, forbidden, invalid, invalidEach, tooLong } from '../field-error.ts';
import { byteLength, sortedMap } from '../go-text.ts';
import { type ApiObject, defineKind } from '../kind-rules.ts';
import type { StringMap } from '../labels.ts';
import { configMapKeyProblems, dnsSubdomainProblems } from '../names.ts';
import { objectMetaErrors, objectMetaUpdateErrors } from '../object-meta.ts';
import { Path } from '../path.ts';

interface ConfigMap extends ApiObject {
  readonly data?: StringMap;
  /** Values in base64. */
  readonly binaryData?: StringMap;
  readonly immutable?: boolean;
}

/** ConfigMaps (pkg/registry/core/configmap, strategy.go). */
export const CONFIG_MAP = defineKind<ConfigMap>({
  groupKind: 'ConfigMap',
  namespaced: true,
  default: (configMap) => configMap,
  validate: configMapErrors,
  validateUpdate: (next, stored) => [
    ...objectMetaUpdateErrors(next.metadata, stored.metadata),
    ...(stored.immutable === true ? changesOfImmutable(next, stored) : []),
    ...configMapErrors(next),
  ],
  warn: () => [],
});

/** Values of one ConfigMap may have one MiB in all. */
const MAXIMUM_SIZE = 1024 * 1024;

function configMapErrors({ metadata, data = {}, binaryData = {} }: ConfigMap): Errors {
  const size = sum(Object.values(data).map(byteLength)) + sum(Object.values(binaryData).map(decodedLength));
  return [
    ...objectMetaErrors(metadata, { namespaced: true, name: dnsSubdomainProblems }),
    ...keyErrors(data, Path.root.child('data'), binaryData),
    ...keyErrors(binaryData, Path.root.child('binaryData')),
    // The error is about the whole object.
    ...(size > MAXIMUM_SIZE ? [tooLong(Path.root, MAXIMUM_SIZE)] : []),
  ];
}

/** Errors of the keys of a map, which `other` may not have too. */
function keyErrors(map: StringMap, path: Path, other: StringMap = {}): Errors {
  return Object.keys(sortedMap(map)).flatMap((key) => [
    ...invalidEach(path.key(key), key, configMapKeyProblems(key)),
    ...(Object.hasOwn(other, key) ? [invalid(path.key(key), key, 'duplicate of key present in binaryData')] : []),
  ]);
}

function changesOfImmutable(next: ConfigMap, stored: ConfigMap): Errors {
  const changed = (['immutable', 'data', 'binaryData'] as const).filter((name) => !sameValue(next[name], stored[name]));
  return changed.map((name) => forbidden(Path.root.child(name), 'field is immutable when `immutable` is set'));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
