import type { FieldRef } from '../manifest/index.ts';
import type { LensAction } from './code-lens.ts';

/** A word that leads to the line it comes from. */
export interface Link {
  readonly label: string;
  readonly target: FieldRef;
}

/** A word that starts something in the editor. */
export interface Button {
  readonly label: string;
  readonly action: LensAction;
}

/** Markdown as data: texts (already Markdown), and links and buttons, which only the shell can write. */
export type Markup = readonly (string | Link | Button)[];

/** What may stand in a `md` template; undefined and false leave nothing. */
type Part = string | number | Link | Button | Markup | undefined | false;

/** A tagged template for Markdown. Strings are taken as Markdown: quote what comes from manifests with `code` or `text`. */
export function md(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return strings.flatMap((string, index) => [string, ...flatten(parts[index])]).filter((part) => part !== '');
}

function flatten(part: Part): Markup {
  if (part === undefined || part === false) return [];
  if (typeof part === 'number') return [String(part)];
  if (typeof part === 'string') return [part];
  return isLink(part) ? [part] : part;
}

function isLink(part: Link | Button | Markup): part is Link | Button {
  return 'label' in part;
}

/** A button. */
export function button(label: string, action: LensAction): Button {
  return { label, action };
}

/** A link to a field. */
export function link(label: string, target: FieldRef): Link {
  return { label, target };
}

/** Text from a manifest as inline code. Backticks inside lengthen the fence, as CommonMark has it. */
export function code(text: string | number): string {
  const content = String(text).replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${content}${fence}` : `${fence} ${content} ${fence}`;
}

/** Text from a manifest as plain words: what Markdown would read is escaped. */
export function text(words: string): string {
  return words.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
}

/** Markups one after another with a separator between them. */
export function join(items: readonly Markup[], separator: string): Markup {
  return items.flatMap((item, index) => (index === 0 ? item : [separator, ...item]));
}

/** Paragraph lines with hard breaks; empty ones are left out. */
export function lines(items: readonly (Markup | undefined)[]): Markup {
  const present = items.filter((item): item is Markup => item !== undefined && item.length > 0);
  return join(present, '  \n');
}

/** Paragraphs, or other blocks; empty ones are left out. */
export function paragraphs(blocks: readonly Markup[]): Markup {
  return join(
    blocks.filter((block) => block.length > 0),
    '\n\n',
  );
}

/** A table; cells must not contain line breaks. */
export function table(head: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  const separator = head.map(() => '---').join(' | ');
  const body = rows.map((row) => md`| ${join(row, ' | ')} |`);
  return join([[`| ${head.join(' | ')} |`], [`| ${separator} |`], ...body], '\n');
}

/** How a shell writes what plain Markdown cannot say. */
export interface MarkupWriter {
  readonly link: (link: Link) => string;
  /** Empty where the shell cannot start anything. */
  readonly button: (button: Button) => string;
}

/** The Markdown text, with the shell's way to write links and buttons. */
export function renderMarkup(markup: Markup, writer: MarkupWriter): string {
  return markup
    .map((part) => {
      if (typeof part === 'string') return part;
      return 'target' in part ? writer.link(part) : writer.button(part);
    })
    .join('');
}
