import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith, deactivateClient } from './client.ts';

/** Runs the server as a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.js');
  await activateWith(context, (options) => {
    const server = { module, transport: TransportKind.ipc };
    return new LanguageClient('kubeNetlens', 'Kubernetes NetLens', server, options);
  });
}

export const deactivate = deactivateClient;
