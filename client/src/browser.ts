import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith, deactivateClient } from './client.ts';

/** Runs the server in a worker, where there are no processes. */
export async function activate(context: ExtensionContext): Promise<void> {
  await activateWith(context, (options) => {
    const script = Uri.joinPath(context.extensionUri, 'dist/server-browser.js').toString(true);
    return new LanguageClient('kubeNetlens', 'Kubernetes NetLens', new Worker(script), options);
  });
}

export const deactivate = deactivateClient;
