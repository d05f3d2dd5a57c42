import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { serve } from './lsp/server.ts';

/** Runs in a worker of the page; the client owns all files. */
const connection = createConnection(
  new BrowserMessageReader(self as DedicatedWorkerGlobalScope),
  new BrowserMessageWriter(self as DedicatedWorkerGlobalScope),
);
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

serve(connection, {
  // A message is a turn of the event loop without the delay that browsers add to timers.
  yieldToLoop: () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(undefined);
    }),
  now: () => performance.now(),
  delay: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  disk: undefined,
});
