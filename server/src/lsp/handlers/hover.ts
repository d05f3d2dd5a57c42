import type { Hover, HoverParams } from 'vscode-languageserver';
import { hover } from '../../core/index.ts';
import { toMarkdown, toRange } from '../convert.ts';
import type { Session } from '../session.ts';

export function hoverAt({ snapshot }: Session, { textDocument: { uri }, position }: HoverParams): Hover | null {
  const lines = snapshot.files.get(uri)?.lines;
  const found = lines && hover(snapshot, uri, lines.offsetAt(position));
  if (found === undefined) return null;
  return { contents: toMarkdown(snapshot, found.markup), range: toRange(snapshot, uri, found.range) };
}
