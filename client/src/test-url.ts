import {
  type Disposable,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  ThemeIcon,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { TestUrlRequest, type TestUrlResult, type TestUrlStep } from '../../server/src/lsp/protocol.ts';

/** A line of the list: a step of the answer, which leads to its place, or a URL to go on with. */
interface UrlItem extends QuickPickItem {
  readonly location?: NonNullable<TestUrlStep['location']>;
  readonly url?: string;
}

/** Asks for a URL and shows, while it is typed, which route takes it, where it ends and what comes next. */
export async function testUrl(client: BaseLanguageClient, start?: string): Promise<void> {
  const uri = window.activeTextEditor?.document.uri.toString();
  const ask = (url: string) => client.sendRequest(TestUrlRequest, { url, ...(uri === undefined ? {} : { uri }) });
  const first = start ?? (await ask('')).suggestions[0] ?? '';
  new UrlPick(ask).start(first);
}

class UrlPick {
  private readonly pick: QuickPick<UrlItem> = window.createQuickPick<UrlItem>();
  private readonly disposables: Disposable[] = [this.pick];
  /** Counts the questions; an answer to any but the last comes too late. */
  private asked = 0;

  constructor(private readonly ask: (url: string) => Promise<TestUrlResult>) {
    this.pick.title = 'Test a URL against the Ingresses';
    this.pick.placeholder = 'https://host/path';
    this.pick.matchOnDescription = false;
    this.pick.matchOnDetail = false;
    // The steps are in order; the text is no filter on them.
    Object.assign(this.pick, { sortByLabel: false });
    this.disposables.push(
      this.pick.onDidChangeValue((value) => this.update(value)),
      this.pick.onDidAccept(() => this.accept()),
      this.pick.onDidHide(() => this.dispose()),
    );
  }

  start(url: string): void {
    this.pick.value = url;
    this.pick.show();
    void this.update(url);
  }

  private async update(url: string): Promise<void> {
    const own = ++this.asked;
    this.pick.busy = true;
    try {
      const result = await this.ask(url);
      if (own === this.asked) this.show(itemsOf(result, url));
    } finally {
      if (own === this.asked) this.pick.busy = false;
    }
  }

  /** The path is what people look for, so Enter leads there. */
  private show(items: UrlItem[]): void {
    this.pick.items = items;
    const path = items.find((item) => item.description === WORDS.path);
    if (path !== undefined) this.pick.activeItems = [path];
  }

  private accept(): void {
    const [item] = this.pick.activeItems;
    if (item?.url !== undefined) {
      this.pick.value = item.url;
      void this.update(item.url);
    } else if (item?.location !== undefined) {
      this.pick.hide();
      void open(item.location);
    }
  }

  private dispose(): void {
    this.asked++;
    for (const disposable of this.disposables) disposable.dispose();
  }
}

async function open({ uri, range }: NonNullable<UrlItem['location']>): Promise<void> {
  const selection = new Range(range.start.line, range.start.character, range.end.line, range.end.character);
  await window.showTextDocument(Uri.parse(uri), { selection });
}

function itemsOf({ answers, suggestions }: TestUrlResult, url: string): UrlItem[] {
  const steps = answers.flatMap(({ title, steps: each }) => [separator(title), ...each.map(stepItem)]);
  const nothing = answers.length === 0 ? [{ label: '$(info) No Ingress is in view', alwaysShow: true }] : [];
  const others = suggestions.filter((each) => each !== url);
  return [...steps, ...nothing, ...(others.length === 0 ? [] : [separator('other URLs')]), ...others.map(urlItem)];
}

function separator(label: string): UrlItem {
  return { label, kind: QuickPickItemKind.Separator };
}

const ICONS: Readonly<Record<TestUrlStep['kind'], string>> = {
  class: 'server-environment',
  host: 'globe',
  path: 'link',
  backend: 'symbol-interface',
  pods: 'package',
  next: 'debug-step-over',
  nothing: 'circle-slash',
  unknown: 'question',
};

const WORDS: Readonly<Record<TestUrlStep['kind'], string>> = {
  class: 'class',
  host: 'host',
  path: 'path',
  backend: 'backend',
  pods: 'Pods',
  next: 'next in line',
  nothing: '',
  unknown: 'not known',
};

function stepItem({ kind, text, why, location }: TestUrlStep): UrlItem {
  const place =
    location === null ? '' : `${workspace.asRelativePath(Uri.parse(location.uri))}:${location.range.start.line + 1}`;
  const detail = [why, place].filter((part) => part !== '').join(' · ');
  return {
    label: text,
    iconPath: new ThemeIcon(ICONS[kind]),
    description: WORDS[kind],
    alwaysShow: true,
    ...(detail === '' ? {} : { detail }),
    ...(location === null ? {} : { location }),
  };
}

function urlItem(url: string): UrlItem {
  return { label: url, iconPath: new ThemeIcon('arrow-right'), url };
}
