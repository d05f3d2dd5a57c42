import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Position } from 'vscode-languageserver-protocol';
import { ChangedNotification, StatusRequest, type StatusResult } from '../../server/src/lsp/protocol.ts';
import { generateFile, generateWorkspace } from '../support/generate-manifests.ts';
import { LspClient } from '../support/lsp-client.ts';
import { percentile, timed } from './statistics.ts';
import type { Measurement } from './table.ts';

/** From the start of the process to the answer to `initialize`, beside a process that does nothing. */
export async function measureStart(rounds: number): Promise<readonly Measurement[]> {
  const idle = Array.from({ length: rounds }, () => timed(() => spawnSync(process.execPath, ['-e', '0'])));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    const client = LspClient.start();
    await client.initialize(undefined);
    times.push(performance.now() - start);
    await client.stop();
  }
  const note = `${percentile(idle, 0.5).toFixed(0)} ms of it Node's own`;
  return [{ name: 'spawn to initialize, p50', value: percentile(times, 0.5), unit: 'ms', bar: 150, note }];
}

/** A file of a size, and how long its keystrokes may take until their findings are there. */
interface Size {
  readonly name: string;
  readonly documents: number;
  readonly bar: number;
}

const SIZES: readonly Size[] = [
  { name: '1 KB', documents: 1, bar: 5 },
  { name: '100 KB', documents: 50, bar: 10 },
  { name: '1 MB', documents: 420, bar: 20 },
];

/** Keystrokes that change a finding each time, and hovers, in one open file. */
export async function measureTyping(rounds: number): Promise<readonly Measurement[]> {
  const results: Measurement[] = [];
  for (const size of SIZES) results.push(...(await measureFile(size, rounds)));
  return results;
}

async function measureFile({ name, documents, bar }: Size, rounds: number): Promise<readonly Measurement[]> {
  const text = `${generateFile(documents)}---\n${TYPED}`;
  const uri = 'file:///bench/typed.yaml';
  const client = LspClient.start();
  await client.initialize('file:///bench', { initializationOptions: {} });
  await client.open(uri, text);
  await client.until(() => client.latest(uri) !== undefined);
  const keys = await timeKeystrokes(client, uri, text, rounds);
  const hovers = await timeHovers(client, uri, text, rounds);
  await client.stop();
  const size = `${Math.round(text.length / 1000)} KB`;
  return [
    { name: `keystroke to findings, ${name}, p50`, value: percentile(keys, 0.5), unit: 'ms', bar, note: size },
    { name: `keystroke to findings, ${name}, p95`, value: percentile(keys, 0.95), unit: 'ms' },
    { name: `hover, ${name}, p50`, value: percentile(hovers, 0.5), unit: 'ms' },
    { name: `hover, ${name}, p95`, value: percentile(hovers, 0.95), unit: 'ms', bar: 10 },
  ];
}

/** The target port is spelt rightly and wrongly in turn. */
const TYPED = `apiVersion: v1
kind: Service
metadata: { name: typed, namespace: bench }
spec:
  selector: { app: typed }
  ports:
    - port: 80
      targetPort: http
---
apiVersion: v1
kind: Pod
metadata: { name: typed, namespace: bench, labels: { app: typed } }
spec:
  containers:
    - name: typed
      ports: [{ name: http, containerPort: 8080 }]
`;

async function timeKeystrokes(client: LspClient, uri: string, text: string, rounds: number): Promise<number[]> {
  const position = typingPosition(text);
  const times: number[] = [];
  for (let round = 0; round < rounds * 2; round++) {
    const start = performance.now();
    await typeOrDelete(client, uri, position, round);
    await client.until(() => isMisspelt(client, uri) === (round % 2 === 0));
    times.push(performance.now() - start);
  }
  // The first ones run on code that is not compiled yet.
  return times.slice(Math.min(10, rounds));
}

/** Types a letter in even rounds and deletes it in odd ones. */
async function typeOrDelete(client: LspClient, uri: string, position: Position, round: number): Promise<void> {
  const isDeleted = round % 2 === 1;
  const end = isDeleted ? { ...position, character: position.character + 1 } : position;
  await client.connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: round + 2 },
    contentChanges: [{ range: { start: position, end }, text: isDeleted ? '' : 's' }],
  });
}

/** Whether the last findings say that the target port is spelt wrongly. */
function isMisspelt(client: LspClient, uri: string): boolean {
  return (client.latest(uri) ?? []).some(({ code }) => code === 'service/target-port-missing');
}

async function timeHovers(client: LspClient, uri: string, text: string, rounds: number): Promise<number[]> {
  const position = positionOf(text, text.lastIndexOf('Service'));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await timeHover(client, uri, position));
  return times;
}

async function timeHover(client: LspClient, uri: string, position: Position): Promise<number> {
  return timeRequest(client, 'textDocument/hover', { textDocument: { uri }, position });
}

async function timeRequest(client: LspClient, method: string, params: object): Promise<number> {
  const start = performance.now();
  await client.connection.sendRequest(method, params);
  return performance.now() - start;
}

/** A request after each keystroke, whose snapshot nobody has asked anything yet. */
async function timeAfterKeystrokes(
  client: LspClient,
  uri: string,
  rounds: number,
  request: () => Promise<number>,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds * 2; round++) {
    await typeOrDelete(client, uri, typingPosition(TYPED), round);
    times.push(await request());
  }
  return times;
}

function typingPosition(text: string): Position {
  return positionOf(text, text.lastIndexOf('targetPort: http') + 'targetPort: http'.length);
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** Reading a whole workspace, with hovers asked for meanwhile: none may have to wait long. */
export async function measureIndex(documents: number, bar: number | undefined): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'netlens-bench-'));
  try {
    return await indexFolder(folder, documents, bar);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function indexFolder(
  folder: string,
  documents: number,
  bar: number | undefined,
): Promise<readonly Measurement[]> {
  for (const { path, text } of generateWorkspace(documents, 10)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const client = LspClient.start();
  client.connection.onNotification(ChangedNotification, () => client.wake());
  const uri = pathToFileURL(join(folder, 'open.yaml')).href;
  const start = performance.now();
  await client.initialize(pathToFileURL(folder).href);
  await client.open(uri, TYPED);
  const waits: number[] = [];
  for (let state = ''; state !== 'ready'; ) {
    await delay(50);
    waits.push(await timeHover(client, uri, { line: 1, character: 8 }));
    state = ((await client.connection.sendRequest(StatusRequest.method, { uri })) as StatusResult).state;
  }
  const duration = performance.now() - start;
  const name = `${documents} documents`;
  const memory = residentMegabytes(client.process.pid);
  const keys = await timeKeystrokes(client, uri, TYPED, 20);
  const hovers = await timeAfterKeystrokes(client, uri, 5, () => timeHover(client, uri, { line: 1, character: 8 }));
  const lenses = await timeAfterKeystrokes(client, uri, 5, () =>
    timeRequest(client, 'textDocument/codeLens', { textDocument: { uri } }),
  );
  await client.stop();
  return [
    { name: `index ${name}`, value: duration / 1000, unit: 's', ...(bar === undefined ? {} : { bar }) },
    {
      name: `longest hover while indexing ${name}`,
      value: Math.max(...waits),
      unit: 'ms',
      bar: 50,
      note: `${waits.length} hovers`,
    },
    {
      name: `memory, ${name}`,
      value: memory,
      unit: 'MB',
      note: `${Math.round((memory * 1e6) / documents)} bytes per document`,
    },
    { name: `keystroke to findings, ${name} around, p50`, value: percentile(keys, 0.5), unit: 'ms' },
    { name: `keystroke and hover, ${name} around, p50`, value: percentile(hovers, 0.5), unit: 'ms' },
    { name: `keystroke and lenses, ${name} around, p50`, value: percentile(lenses, 0.5), unit: 'ms' },
  ];
}

function residentMegabytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1000;
  }
}
