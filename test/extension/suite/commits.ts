import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { followCommits } from '../../../client/src/git.ts';
import type { Teller } from '../../../client/src/open-documents.ts';
import { poll } from '../poll.ts';
import { commit, git, openFile, withRepository } from './repositories.ts';
import { test } from './tests.ts';

const cart = (port: number | string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { ports: [{ port: ${port} }] }\n`;

interface Told {
  readonly uri: string;
  readonly text: string | null;
}

export const commits = [
  test('the server is told what is committed of an open file, also after a commit, a checkout and a new start', () =>
    withRepository(async (folder) => {
      commit(folder, 'cart.yaml', cart(80));
      const { uri } = await openFile(folder, 'cart.yaml');
      await withFollower(async (told, restart) => {
        await waitFor(told, uri, cart(80));
        commit(folder, 'cart.yaml', cart(81));
        await waitFor(told, uri, cart(81));
        git(folder, 'checkout', '--quiet', 'HEAD~1');
        await waitFor(told, uri, cart(80));
        told.length = 0;
        restart();
        await waitFor(told, uri, cart(80));
      });
    })),

  test('nothing is said of a file until it is committed, and what was said is taken back when it is closed', () =>
    withRepository(async (folder) => {
      commit(folder, 'other.yaml', cart(80));
      writeFileSync(join(folder, 'cart.yaml'), cart(80));
      const document = await openFile(folder, 'cart.yaml');
      const other = await openFile(folder, 'other.yaml');
      await withFollower(async (told) => {
        await waitFor(told, other.uri, cart(80));
        assert.deepEqual(textsOf(told, document.uri), []);
        commit(folder, 'cart.yaml', cart(81));
        await waitFor(told, document.uri, cart(81));
        // Whoever follows documents sees this one closed, and one in another language opened.
        await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
        await waitFor(told, document.uri, null);
        assert.deepEqual(textsOf(told, document.uri), [cart(81), null]);
      });
    })),
];

/** In Restricted Mode VS Code has no Git. */
export const noCommits = [
  test('without Git nothing is said of commits', async () => {
    assert.equal(vscode.extensions.getExtension('vscode.git'), undefined);
    await withRepository(async (folder) => {
      commit(folder, 'cart.yaml', cart('eighty'));
      const { uri } = await openFile(folder, 'cart.yaml');
      await withFollower(async (told) => {
        await poll('what is found in the file', () => vscode.languages.getDiagnostics(uri).length > 0);
        assert.deepEqual(told, []);
      });
    });
  }),
];

/** Follows commits for a server that only remembers what it is told of them. */
async function withFollower(work: (told: Told[], restart: () => void) => Promise<void>): Promise<void> {
  const told: Told[] = [];
  const state = new vscode.EventEmitter<{ newState: number }>();
  const running = 2;
  const client = {
    isRunning: () => true,
    onDidChangeState: state.event,
    sendNotification: async (_type: unknown, params: Told) => void told.push(params),
  };
  const follower = followCommits(client as unknown as Teller);
  try {
    await work(told, () => state.fire({ newState: running }));
  } finally {
    follower.dispose();
  }
}

async function waitFor(told: readonly Told[], uri: vscode.Uri, text: string | null): Promise<void> {
  await poll(`the server to be told ${text}`, () => {
    const texts = textsOf(told, uri);
    return texts.length > 0 && texts.at(-1) === text;
  });
}

function textsOf(told: readonly Told[], uri: vscode.Uri): (string | null)[] {
  return told.filter((each) => each.uri === uri.toString()).map(({ text }) => text);
}
