import { commands, type Disposable, type Event, type ExtensionContext, Location, Position, Range, Uri } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { EndpointsView, type ServicePlace } from './panels/endpoints.ts';
import { testUrl } from './test-url.ts';

/** A place as the server sends it. */
interface PlainPosition {
  readonly line: number;
  readonly character: number;
}

interface PlainLocation {
  readonly uri: string;
  readonly range: { readonly start: PlainPosition; readonly end: PlainPosition };
}

/** What `kubeNetlens.showList` takes: the lens's place, and the places to show. */
interface ShowListArguments {
  readonly origin: { readonly uri: string; readonly position: PlainPosition };
  readonly locations: readonly PlainLocation[];
}

/** Registers every command of the extension: one line each. `onChange` says that answers may be others. */
export function registerCommands(
  context: ExtensionContext,
  client: BaseLanguageClient,
  onChange: Event<void>,
): Disposable[] {
  const endpoints = new EndpointsView(context, client, onChange);
  return [
    endpoints,
    commands.registerCommand('kubeNetlens.showList', showList),
    commands.registerCommand('kubeNetlens.showEndpoints', (at?: ServicePlace) => endpoints.show(at)),
    commands.registerCommand('kubeNetlens.testUrl', (start?: { url?: string }) => testUrl(client, start?.url)),
  ];
}

/** Opens the places beside the lens, in the editor's own list. */
async function showList({ origin, locations }: ShowListArguments): Promise<void> {
  await commands.executeCommand(
    'editor.action.showReferences',
    Uri.parse(origin.uri),
    new Position(origin.position.line, origin.position.character),
    locations.map(
      ({ uri, range }) =>
        new Location(
          Uri.parse(uri),
          new Range(range.start.line, range.start.character, range.end.line, range.end.character),
        ),
    ),
  );
}
