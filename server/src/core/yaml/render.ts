import { Document, type ToStringOptions, visit } from 'yaml';
import { resolvePlain } from './scalar.ts';
import type { Source } from './source.ts';

/** A value to be written into a document. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** The value as block YAML unless the options say otherwise, with quotes around every string that Kubernetes' decoder would read as something else. */
export function renderValue(value: YamlValue, options: ToStringOptions = {}): string {
  const document = new Document(value);
  const { defaultStringType = 'PLAIN' } = options;
  visit(document, {
    Scalar: (_, scalar) => {
      const isAmbiguous = typeof scalar.value === 'string' && resolvePlain(scalar.value) !== scalar.value;
      if (isAmbiguous && defaultStringType === 'PLAIN') scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0, indent: 2, ...options }).trimEnd();
}

/** Block YAML, each line indented by `indent`, without a line break at the end. Lists indent their dashes as the document does. */
export function renderBlock({ text, lineBreak }: Source, value: YamlValue, indent: number): string {
  const rendered = renderValue(value, { indentSeq: !hasFlushDashes(text) });
  const pad = ' '.repeat(indent);
  return rendered
    .split('\n')
    .map((line) => pad + line)
    .join(lineBreak);
}

/** The items or fields of a collection as they stand between the brackets of a flow collection; JSON in a text that is JSON. */
export function renderFlow({ isJson }: Source, value: YamlValue, options: ToStringOptions = {}): string {
  return renderValue(value, { ...options, ...(isJson ? JSON_STYLE : {}), collectionStyle: 'flow' })
    .slice(1, -1)
    .trim();
}

const JSON_STYLE = {
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'QUOTE_DOUBLE',
  doubleQuotedAsJSON: true,
} as const;

/** Whether the document writes the dashes of a list directly under its key (`ports:` and `- port` in one column). */
export function hasFlushDashes(text: string): boolean {
  return /^( *)[^\s#-][^\n#]*:[ \t]*\r?\n\1- /m.test(text);
}
