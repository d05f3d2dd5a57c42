import type { CodeLens, Command } from 'vscode-languageserver';
import { codeLenses, type LensAction, type PlacedLens, type Snapshot } from '../../core/index.ts';
import { toLocation, toRange } from '../convert.ts';
import type { Session } from '../session.ts';

/** The lenses of a file. While its YAML is broken, the last good ones stay where they were. */
export function lensesOf(session: Session, uri: string): CodeLens[] {
  if (session.settings.codeLens?.enabled === false) return [];
  const { snapshot } = session;
  const file = snapshot.files.get(uri);
  if (file?.isBroken) return session.lastLenses.get(uri) ?? [];
  const lenses = codeLenses(snapshot, uri).map((lens) => toCodeLens(snapshot, uri, lens));
  session.lastLenses.set(uri, lenses);
  return lenses;
}

function toCodeLens(snapshot: Snapshot, uri: string, lens: PlacedLens): CodeLens {
  const range = toRange(snapshot, uri, lens.range);
  return { range, command: toCommand(snapshot, lens, { uri, position: range.start }) };
}

/** Commands that the client carries out, with plain data as arguments. */
export function toCommand(
  snapshot: Snapshot,
  { title, action }: { title: string; action: LensAction },
  origin: object,
): Command {
  switch (action.kind) {
    case 'list': {
      const locations = action.targets.map((target) => toLocation(snapshot, snapshot.locate(target, 'value')));
      return { title, command: 'kubeNetlens.showList', arguments: [{ origin, locations, title: action.title }] };
    }
    case 'endpoints': {
      const { uri, range } = snapshot.locate(
        { resource: action.service, path: [...action.service.path, 'kind'] },
        'key',
      );
      const { start } = toRange(snapshot, uri, range);
      return { title, command: 'kubeNetlens.showEndpoints', arguments: [{ uri, position: start }] };
    }
    case 'test-url':
      return { title, command: 'kubeNetlens.testUrl', arguments: [{ url: action.url }] };
  }
}
