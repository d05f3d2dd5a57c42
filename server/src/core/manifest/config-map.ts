import type { Fields } from './fields.ts';
import type { Labels } from './selector.ts';

export interface ConfigMapData {
  readonly data: Labels;
}

export function decodeConfigMap(fields: Fields): ConfigMapData {
  return { data: fields.stringMap('data') };
}
