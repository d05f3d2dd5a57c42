import {
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  InsertTextMode,
} from 'vscode-languageserver';
import { type Choice, complete } from '../../core/index.ts';
import { toRange } from '../convert.ts';
import type { Session } from '../session.ts';

export function completionsAt(
  session: Session,
  { textDocument: { uri }, position }: CompletionParams,
): CompletionItem[] {
  const { snapshot } = session;
  const lines = snapshot.files.get(uri)?.lines;
  if (lines === undefined) return [];
  const found = complete(snapshot, uri, lines.offsetAt(position), { schemaChecks: session.completesSchema(uri) });
  if (found === undefined) return [];
  const range = toRange(snapshot, uri, found.range);
  return found.choices.map((choice, index) => ({
    label: choice.label,
    kind: KINDS[choice.kind],
    detail: choice.reason,
    // The list cuts off what is too long for it, and then the detail has it all.
    ...(session.showsLabelDetails ? { labelDetails: { description: choice.reason } } : {}),
    sortText: String(index).padStart(5, '0'),
    filterText: found.quote + choice.label,
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range, newText: choice.insert ?? choice.label },
    ...(choice.leadsOn && session.runsCommands ? { command: SUGGEST } : {}),
  }));
}

/** What VS Code's own languages do after a property: the next list opens, or none if there is nothing to choose. */
const SUGGEST: Command = { title: '', command: 'editor.action.triggerSuggest', arguments: [{ auto: true }] };

const KINDS: Readonly<Record<Choice['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
};
