/** What a person does in a window: keys, commands, and looking. Everything is found the way a person finds it. */
import { readFileSync } from 'node:fs';
import type { Frame, Locator, Page } from 'playwright-core';
import { poll } from '../poll.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Opens a file of the workspace by its path in the folder. */
export async function openFile(page: Page, path: string): Promise<void> {
  await quickOpen(page, path);
  const name = path.split('/').at(-1) ?? path;
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-group-container.active .view-line').first().waitFor();
}

/** Puts the cursor of the active editor on a line and column, which count from 1. */
async function goTo(page: Page, line: number, column: number): Promise<void> {
  await quickOpen(page, `:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Puts the cursor on the first character of a text, which is looked for in the file that the active editor shows. */
export async function goToText(page: Page, file: string, text: string): Promise<void> {
  const [before, after] = readFileSync(file, 'utf8').split(text, 2);
  if (before === undefined || after === undefined) throw new Error(`${file} does not contain ${text}`);
  const lines = before.split('\n');
  await goTo(page, lines.length, (lines.at(-1)?.length ?? 0) + 1);
}

/** Runs a command by its title in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await quickOpen(page, `>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** Chooses a colour theme by its name. The window must have found its extensions, since themes come from them. */
export async function chooseTheme(page: Page, name: string): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await page.locator('.quick-input-widget input').fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Shows the hover at the cursor, asking again while the language server has nothing to say yet. */
export async function showHover(page: Page, text: string | RegExp = /\S/): Promise<Locator> {
  const hover = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content', { hasText: text }).first();
  await poll(`a hover with ${text}`, async () => {
    await page.keyboard.press('Escape');
    await chord(page, 'K', 'I');
    return await appears(hover, 5_000);
  });
  return hover;
}

/** Waits for a code lens with this text. */
export async function waitForLens(page: Page, text: string | RegExp): Promise<Locator> {
  const lens = page.locator('.codelens-decoration a', { hasText: text }).first();
  await lens.waitFor();
  return lens;
}

/** Waits for the underline of an error or a warning in the active editor. */
export async function waitForSquiggle(page: Page, severity: 'error' | 'warning' | 'info'): Promise<Locator> {
  const squiggle = page.locator(`.editor-group-container.active .squiggly-${severity}`).first();
  await squiggle.waitFor();
  return squiggle;
}

/** Waits for an entry of the status bar with this text. */
export async function waitForStatus(page: Page, text: string | RegExp): Promise<Locator> {
  const entry = page.locator('.statusbar-item', { hasText: text }).first();
  await entry.waitFor();
  return entry;
}

/** The frame of the webview in which `selector` can be seen. */
export async function webviewFrame(page: Page, selector: string): Promise<Frame> {
  return await poll(`a webview with ${selector}`, async () => {
    for (const frame of page.frames()) {
      if (frame !== page.mainFrame() && (await frame.locator(selector).first().isVisible())) return frame;
    }
    return undefined;
  });
}

/** The line of the active editor that the cursor is in, from edge to edge. */
export function currentLine(page: Page): Locator {
  return page.locator('.editor-group-container.active .view-overlays .current-line').first();
}

/** The first line that the active editor shows. */
export function firstLine(page: Page): Locator {
  return page.locator('.editor-group-container.active .view-line').first();
}

/**
 * The smallest rectangle around everything that is given, with a margin, inside the window. No line of the editor is cut, and of what
 * is around the editor nothing is shown.
 */
export async function around(page: Page, things: readonly Locator[], margin = 8): Promise<Rectangle> {
  const boxes = await Promise.all(things.map(boxOf));
  const { width, height } = page.viewportSize() ?? { width: Infinity, height: Infinity };
  const x = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
  const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
  const first = Math.min(...boxes.map((box) => box.y));
  const last = Math.max(...boxes.map((box) => box.y + box.height));
  const editor = (await boxesOf(page, '.editor-instance')).find((box) => box.y <= first);
  const lines = editor === undefined ? [] : await boxesOf(page, '.view-line, .codelens-decoration');
  const y = startOf(lines, Math.max(first - margin, editor?.y ?? 0));
  return { x, y, width: right - x, height: endOf(lines, Math.min(last + margin, height)) - y };
}

/** The start of the line that a height is in. */
function startOf(lines: readonly Rectangle[], y: number): number {
  return lines.find((line) => line.y < y && y < line.y + line.height)?.y ?? y;
}

function endOf(lines: readonly Rectangle[], y: number): number {
  const cut = lines.find((line) => line.y < y && y < line.y + line.height);
  return cut === undefined ? y : cut.y + cut.height;
}

async function boxOf(thing: Locator): Promise<Rectangle> {
  return await poll(`something to take a picture of: ${thing}`, async () => (await thing.boundingBox()) ?? undefined);
}

async function boxesOf(page: Page, selector: string): Promise<readonly Rectangle[]> {
  const found = await page.locator('.editor-group-container.active').locator(selector).all();
  return (await Promise.all(found.map((each) => each.boundingBox()))).filter((box) => box !== null);
}

/** A PNG of the window or of a part of it. Blinking cursors and notifications are no part of the picture. */
export async function screenshot(page: Page, file: string, clip?: Rectangle): Promise<void> {
  const style = '.cursors-layer, .notifications-toasts { visibility: hidden !important; }';
  await page.screenshot({ path: file, animations: 'disabled', style, ...(clip === undefined ? {} : { clip }) });
}

/** Opens quick input with a text in it: a file name, `:line:column`, or `>command`. */
async function quickOpen(page: Page, text: string): Promise<void> {
  const input = page.locator('.quick-input-widget input');
  await poll('quick open', async () => {
    await page.keyboard.press('ControlOrMeta+P');
    return await appears(input);
  });
  await input.fill(text);
}

async function chord(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(`ControlOrMeta+${key}`);
}

async function appears(thing: Locator, timeout = 1_000): Promise<boolean> {
  return await thing.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}
