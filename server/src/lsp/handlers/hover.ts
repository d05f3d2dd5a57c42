import type { Hover, HoverParams } from 'vscode-languageserver';
import { hover, type MarkupWriter } from '../../core/index.ts';
import { toMarkdown, toRange } from '../convert.ts';
import type { Session } from '../session.ts';
import { toCommand } from './code-lens.ts';

export function hoverAt(session: Session, { textDocument: { uri }, position }: HoverParams): Hover | null {
  const { snapshot } = session;
  const lines = snapshot.files.get(uri)?.lines;
  const found = lines && hover(snapshot, uri, lines.offsetAt(position));
  if (found === undefined) return null;
  const button = session.runsCommands ? commandLinks(session, { uri, position }) : () => '';
  return { contents: toMarkdown(snapshot, found.markup, button), range: toRange(snapshot, uri, found.range) };
}

/** Links that start a command of the client, as VS Code's trusted Markdown writes them. */
function commandLinks({ snapshot }: Session, origin: object): MarkupWriter['button'] {
  return ({ label, action }) => {
    const { command, arguments: values = [] } = toCommand(snapshot, { title: label, action }, origin);
    return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(values))})`;
  };
}
