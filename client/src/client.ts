import { EventEmitter, type ExtensionContext, workspace } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import {
  ChangedNotification,
  FindFilesRequest,
  type InitializationOptions,
  ReadFilesRequest,
  type Settings,
} from '../../server/src/lsp/protocol.ts';
import { registerCommands } from './commands.ts';
import { findManifestFiles, readFiles } from './files.ts';
import { followCommits } from './git.ts';
import { followSchemas } from './schema-checks.ts';
import { createStatusItem } from './status.ts';

let running: BaseLanguageClient | undefined;

/** Starts the server and everything that talks to it. `create` makes the client for the platform. */
export async function activateWith(
  context: ExtensionContext,
  create: (options: LanguageClientOptions) => BaseLanguageClient,
): Promise<void> {
  const client = create(clientOptions());
  running = client;
  client.onRequest(FindFilesRequest, findManifestFiles);
  client.onRequest(ReadFilesRequest, ({ uris }) => readFiles(uris));
  // A notification has one handler, but several parts of the extension follow the answers.
  const changed = new EventEmitter<void>();
  client.onNotification(ChangedNotification, () => changed.fire());
  context.subscriptions.push(changed, createStatusItem(client, changed.event));
  context.subscriptions.push(...registerCommands(context, client, changed.event));
  await client.start();
  context.subscriptions.push(followCommits(client), followSchemas(client));
}

/** Stops the server. */
export async function deactivateClient(): Promise<void> {
  await running?.dispose();
  running = undefined;
}

function clientOptions(): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    providesFiles: true,
    runsCommands: true,
    settings: currentSettings(),
  };
  return {
    documentSelector: [{ language: 'yaml' }],
    synchronize: { configurationSection: 'kubeNetlens' },
    initializationOptions,
    // Hovers link to commands, but only to these.
    markdown: {
      isTrusted: { enabledCommands: ['kubeNetlens.testUrl', 'kubeNetlens.showEndpoints', 'kubeNetlens.showList'] },
    },
  };
}

function currentSettings(): Settings {
  return JSON.parse(JSON.stringify(workspace.getConfiguration('kubeNetlens'))) as Settings;
}
