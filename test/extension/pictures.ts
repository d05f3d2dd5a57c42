/** Takes the pictures of the README into media/, each in a light and a dark theme, from real windows. */
import { resolve } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from './harness/chromium.ts';
import { startServer } from './harness/server.ts';
import { openWindow } from './harness/session.ts';
import { ensureVSCode, type VSCodeBinaries } from './harness/vscode-cache.ts';
import {
  around,
  chooseTheme,
  currentLine,
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
  readonly folder: string;
  /** The file to open, in the folder. */
  readonly file: string;
  /** The height of the window, of which nothing is shown but what the action returns. */
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
};

const PICTURES: readonly Picture[] = [
  {
    name: 'warning',
    folder: 'examples/shop',
    file: 'cart.yaml',
    height: 480,
    action: async (page, file) => {
      const squiggle = await waitForSquiggle(page, 'warning');
      await goToText(page, file, 'app: carts');
      return [squiggle, currentLine(page), await showHover(page, 'selects no Pod')];
    },
  },
  {
    name: 'service',
    folder: 'examples/shop',
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
    folder: 'examples/shop',
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
    folder: 'examples/shop',
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
    folder: 'examples/shop',
    file: 'policies.yaml',
    height: 720,
    action: async (page, file) => {
      const lens = await waitForLens(page, /isolates/);
      await goToText(page, file, 'from:');
      return [lens, currentLine(page), await showHover(page, 'lets in')];
    },
  },
  {
    name: 'endpoints',
    folder: 'examples/shop',
    file: 'web.yaml',
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
      const window = { folder: resolve(picture.folder), extensions: [resolve('.')] };
      const page = await openWindow(browser, server, { ...window, height: picture.height, deviceScaleFactor: 2 });
      await takePicture(page, picture, THEMES[variant], resolve(`media/${picture.name}-${variant}.png`));
      await page.close();
    }
  } finally {
    await server.stop();
  }
}

async function takePicture(page: Page, picture: Picture, theme: string, file: string): Promise<void> {
  await openFile(page, picture.file);
  // Until every file was read, answers say less than they will.
  await waitForStatus(page, /NetLens: .* file/);
  await chooseTheme(page, theme);
  const things = await picture.action(page, resolve(picture.folder, picture.file));
  await screenshot(page, file, things.length === 0 ? undefined : await around(page, things));
  console.log(`Wrote ${file}`);
}
