import { Composer, Parser } from 'yaml';
import { isTooDeep, tokensIn } from './depth.ts';
import type { YamlDocument } from './document.ts';
import type { YamlNode } from './node.ts';

/** A type of JSON Schema. An integer is a number too. */
export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** What editors make of a node, which mostly read YAML 1.2: `yes` and `0b1` are texts to them (yaml.org/spec/1.2.2, 10.3.2). */
export function jsonTypeOf(node: YamlNode): JsonType {
  if (node.kind !== 'scalar') return node.kind === 'mapping' ? 'object' : 'array';
  const { style, text } = node;
  if (style !== 'plain') return 'string';
  if (NULL.test(text)) return 'null';
  if (BOOLEAN.test(text)) return 'boolean';
  if (INTEGER.test(text)) return 'integer';
  if (!FLOAT.test(text)) return 'string';
  return Number.isInteger(Number(text)) ? 'integer' : 'number';
}

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT =
  /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/**
 * What editors say of a document that they cannot read, or in which they find a key twice. They read it with the library that this one
 * is read with, but as YAML 1.2 (yaml-language-server, src/languageservice/parser/yamlParser07.ts).
 */
export function complaintsOfEditors({ text }: YamlDocument): ReadonlySet<'syntax' | 'duplicate-key'> {
  try {
    const tokens = [...new Parser().parse(text)];
    if (isTooDeep(tokens, tokensIn)) return new Set();
    const documents = [...new Composer({ strict: false, version: '1.2', logLevel: 'silent' }).compose(tokens)];
    const errors = documents.flatMap((document) => document.errors);
    return new Set(errors.map(({ code }) => (code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'syntax')));
  } catch {
    // Where the library gives up, so do they, without a word.
    return new Set();
  }
}
