/** Takes the pictures of the README into media/, each in a light and a dark theme, from real windows. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './harness/chromium.ts';
import { startServer } from './harness/server.ts';
import { openWindow } from './harness/session.ts';
import { ensureVSCode, type VSCodeBinaries } from './harness/vscode-cache.ts';
import {
  around,
  chooseTheme,
  currentLine,
  firstLine,
  goToText,
  openFile,
  runCommand,
  screenshot,
  showHover,
  waitForLens,
  waitForSquiggle,
  waitForStatus,
  webviewFrame,
} from './harness/workbench.ts';

interface Picture {
  /** media/NAME-light.png and media/NAME-dark.png. */
  readonly name: string;
  /** The file of the example to open. */
  readonly file: string;
  /** What is changed in it since it was committed, from and to. */
  readonly edit?: readonly [string, string];
  /** The width and height of the window, of which nothing is shown but what the action returns. */
  readonly width?: number;
  readonly height: number;
  /** Brings about what is to be seen, and returns what the picture has to contain; nothing means the whole window. */
  readonly action: (page: Page, file: string) => Promise<readonly Locator[]>;
}

const THEMES = { light: 'Light Modern', dark: 'Dark Modern' } as const;

/** A window with nothing but the editor. */
const SETTINGS = {
  'editor.minimap.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
  'breadcrumbs.enabled': false,
  // So that the lines that tell which object it is stay in sight.
  'editor.hover.above': false,
  // What the cursor is on is shown well enough.
  'editor.occurrencesHighlight': 'off',
  'editor.overviewRulerBorder': false,
  'editor.hideCursorInOverviewRuler': true,
  'editor.scrollbar.vertical': 'hidden',
};

/** Leaves to the lines of the editor as much as README shows without making it smaller. */
const WIDTH = 1147;

const PICTURES: readonly Picture[] = [
  {
    name: 'warning',
    file: 'cart.yaml',
    height: 1000,
    action: async (page, file) => {
      await waitForSquiggle(page, 'warning');
      await goToText(page, file, 'app: carts');
      return [firstLine(page), await showHover(page, /selects no Pod.*Quick Fix\.\.\./s)];
    },
  },
  {
    name: 'api-error',
    file: 'web.yaml',
    edit: ['spec:\n', 'spec:\n  type: Nodeport\n'],
    height: 640,
    action: async (page, file) => {
      await waitForSquiggle(page, 'error');
      await goToText(page, file, 'Nodeport');
      return [firstLine(page), await showHover(page, /Unsupported value.*Quick Fix\.\.\./s)];
    },
  },
  {
    name: 'stored',
    file: 'web.yaml',
    // A hover is at most a quarter as high as its window.
    height: 1700,
    action: async (page, file) => {
      await waitForLens(page, /Pod/);
      await goToText(page, file, 'kind: Service');
      return [firstLine(page), await showHover(page, 'What the server will store')];
    },
  },
  {
    name: 'update',
    file: 'data.yaml',
    edit: ['clusterIP: 10.96.0.50', 'clusterIP: 10.96.0.60'],
    height: 1040,
    action: async (page, file) => {
      await waitForSquiggle(page, 'warning');
      await goToText(page, file, '10.96.0.60');
      const lens = await waitForLens(page, /Deployment cache/);
      return [lens, currentLine(page), await showHover(page, /may not change once set.*Quick Fix\.\.\./s)];
    },
  },
  {
    name: 'completion',
    file: 'cart.yaml',
    edit: ['      # One letter is missing.\n      targetPort: metric\n', '      targetPort:\n'],
    height: 1200,
    action: async (page, file) => {
      await goToText(page, file, 'targetPort:\n');
      const lens = await waitForLens(page, /Deployment cart/);
      await page.keyboard.press('End');
      await page.keyboard.type(' ');
      const list = page.locator('.suggest-widget.visible');
      await list.locator('.monaco-list-row', { hasText: 'metrics' }).waitFor();
      return [lens, currentLine(page), list];
    },
  },
  {
    name: 'service',
    file: 'web.yaml',
    height: 640,
    action: async (page, file) => {
      const lens = await waitForLens(page, /Pod/);
      await goToText(page, file, 'web\n');
      return [lens, currentLine(page), await showHover(page, 'Service')];
    },
  },
  {
    name: 'ingress',
    file: 'ingress.yaml',
    height: 640,
    action: async (page, file) => {
      const lens = await waitForLens(page, /test a URL/);
      await goToText(page, file, '/\n            pathType: Prefix');
      return [lens, currentLine(page), await showHover(page, 'Prefix')];
    },
  },
  {
    name: 'url',
    file: 'ingress.yaml',
    height: 640,
    action: async (page) => {
      await (await waitForLens(page, /test a URL/)).click();
      const input = page.locator('.quick-input-widget input');
      await input.fill('https://shop.example.com/cart/admin');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Exact' }).first().waitFor();
      return [page.locator('.quick-input-widget')];
    },
  },
  {
    name: 'policy',
    file: 'policies.yaml',
    height: 720,
    action: async (page, file) => {
      const lens = await waitForLens(page, /lets in 3/);
      await goToText(page, file, 'from:');
      return [lens, currentLine(page), await showHover(page, 'lets in')];
    },
  },
  {
    name: 'endpoints',
    file: 'web.yaml',
    width: 1280,
    height: 640,
    action: async (page, file) => {
      await waitForLens(page, /Pod/);
      await goToText(page, file, 'web\n');
      await runCommand(page, 'Show Endpoint Distribution of Service');
      await webviewFrame(page, 'table');
      return [page.locator('.part.editor')];
    },
  },
];

await main(process.argv.slice(2));

async function main(asked: readonly string[]): Promise<void> {
  const vscode = ensureVSCode();
  const browser = await launchChromium();
  try {
    for (const variant of ['light', 'dark'] as const) await takePictures(vscode, browser, variant, asked);
  } finally {
    await browser.close();
  }
}

async function takePictures(
  vscode: VSCodeBinaries,
  browser: Browser,
  variant: keyof typeof THEMES,
  asked: readonly string[],
): Promise<void> {
  const server = await startServer(vscode, { settings: SETTINGS });
  try {
    for (const picture of PICTURES.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
      await inCopyOfExample(picture, async (folder) => {
        const { width = WIDTH, height } = picture;
        const window = { folder, extensions: [resolve('.')], width, height, deviceScaleFactor: 2 };
        const page = await openWindow(browser, server, window);
        await takePicture(page, picture, {
          theme: THEMES[variant],
          folder,
          output: `media/${picture.name}-${variant}.png`,
        });
        await page.close();
      });
    }
  } finally {
    await server.stop();
  }
}

/** A repository in which everything is committed but the picture's edit. */
async function inCopyOfExample({ file, edit }: Picture, work: (folder: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'netlens-picture-'));
  const folder = join(home, 'shop');
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  try {
    cpSync('examples/shop', folder, { recursive: true });
    git('init', '--quiet');
    git('add', '.');
    git('-c', 'user.name=picture', '-c', 'user.email=picture@example.com', 'commit', '--quiet', '--message', 'shop');
    if (edit !== undefined) replaceIn(join(folder, file), edit);
    await work(folder);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function replaceIn(file: string, [from, to]: readonly [string, string]): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, text.replace(from, to));
}

interface Task {
  readonly theme: string;
  readonly folder: string;
  readonly output: string;
}

async function takePicture(page: Page, picture: Picture, { theme, folder, output }: Task): Promise<void> {
  await openFile(page, picture.file);
  // Until every file was read, answers say less than they will.
  await waitForStatus(page, /NetLens: .* file/);
  await chooseTheme(page, theme);
  const things = await picture.action(page, join(folder, picture.file));
  await screenshot(page, output, things.length === 0 ? undefined : await around(page, things));
  console.log(`Wrote ${output}`);
}
