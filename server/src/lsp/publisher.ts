import { CodeLensRefreshRequest, type Diagnostic, InlayHintRefreshRequest } from 'vscode-languageserver';
import { diagnoseInSteps, type Finding } from '../core/index.ts';
import { toDiagnostic } from './convert.ts';
import type { JobControl } from './scheduler.ts';
import type { Session } from './session.ts';
import { toDiagnoseOptions } from './settings.ts';

/**
 * Tells the client what a change brought: the findings of every file whose findings changed, open ones first, then that lenses and
 * hints are to be asked for again, since those of other files may have changed too.
 */
export class Publisher {
  private readonly published = new Map<string, string>();
  /** Per file, what each of its findings says, as last published. */
  private readonly shown = new Map<string, ReadonlySet<string>>();

  constructor(private readonly session: Session) {
    session.onChange(() => this.refresh());
  }

  private refresh(): void {
    this.session.scheduler.restart(async ({ checkpoint, quiet }) => {
      const { open, closed } = this.order();
      for (const uri of open) {
        if (!(await this.publish(uri, checkpoint))) return;
      }
      // While somebody types, only what they look at is worth the time.
      if (!(await quiet(QUIET))) return;
      this.refreshViews();
      const { lastTyped } = this.session;
      if (lastTyped !== undefined) {
        if (!(await quiet(PAUSE - QUIET))) return;
        this.session.lastTyped = undefined;
        if (!(await this.publish(lastTyped, checkpoint))) return;
      }
      for (const uri of closed) {
        if (!(await this.publish(uri, checkpoint))) return;
      }
      for (const uri of this.published.keys()) if (!this.session.snapshot.files.has(uri)) this.send(uri, []);
    });
  }

  private refreshViews(): void {
    const { connection, refreshesLenses, refreshesHints } = this.session;
    if (refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (refreshesHints) connection.sendRequest(InlayHintRefreshRequest.type).catch(() => undefined);
  }

  /** The document that was edited last, the other open ones, and all other files. */
  private order(): { readonly open: readonly string[]; readonly closed: readonly string[] } {
    const { lastChanged, openDocuments, snapshot } = this.session;
    const open = openDocuments.filter((uri) => uri !== lastChanged);
    if (lastChanged !== undefined && openDocuments.includes(lastChanged)) open.unshift(lastChanged);
    return { open, closed: [...snapshot.files.keys()].filter((uri) => !openDocuments.includes(uri)) };
  }

  /** Says whether to go on. A file that cannot be diagnosed does not hold up the others. */
  private async publish(uri: string, checkpoint: JobControl['checkpoint']): Promise<boolean> {
    try {
      return await this.diagnose(uri, checkpoint);
    } catch (error) {
      this.session.failures.tell(`${uri} cannot be checked`, error);
      return checkpoint();
    }
  }

  /** After another change the findings are stale, and are not sent. */
  private async diagnose(uri: string, checkpoint: JobControl['checkpoint']): Promise<boolean> {
    const { snapshot } = this.session;
    const steps = diagnoseInSteps(snapshot, uri, toDiagnoseOptions(this.session));
    for (let step = steps.next(); ; step = steps.next()) {
      if (!step.done) {
        if (!(await checkpoint())) return false;
        continue;
      }
      const findings = step.value.filter((finding) => this.isWanted(finding));
      this.shown.set(uri, new Set(findings.map(textOf)));
      this.send(
        uri,
        findings.map((finding) => toDiagnostic(snapshot, finding)),
      );
      return checkpoint();
    }
  }

  /** While somebody types, what is not there yet is no news; what was said before stays. */
  private isWanted(finding: Finding): boolean {
    if (!finding.isMissing || finding.uri !== this.session.lastTyped) return true;
    return this.shown.get(finding.uri)?.has(textOf(finding)) ?? false;
  }

  /** Says what changed. An open document is told that it has no findings, so that its editor knows the answer is there. */
  private send(uri: string, diagnostics: Diagnostic[]): void {
    const text = JSON.stringify(diagnostics);
    const document = this.session.findDocument(uri);
    const known = this.published.get(uri) ?? (document === undefined ? NONE : undefined);
    if (known === text) return;
    if (text === NONE && document === undefined) this.published.delete(uri);
    else this.published.set(uri, text);
    const version = document === undefined ? {} : { version: document.version };
    void this.session.connection.sendDiagnostics({ uri, diagnostics, ...version });
  }
}

const NONE = '[]';

function textOf({ rule, message }: Finding): string {
  return `${rule} ${message}`;
}

/** Milliseconds without a change after which the files that are not open are checked too. */
const QUIET = 150;

/** Milliseconds after which what is missing is told too. */
const PAUSE = 1000;
