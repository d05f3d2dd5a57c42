import type { Diagnostic } from 'vscode-languageserver';
import { diagnose } from '../core/index.ts';
import { toDiagnostic } from './convert.ts';
import type { Session } from './session.ts';
import { toDiagnoseOptions } from './settings.ts';

/** Publishes the findings of every file: open ones first, then the rest, each only when its findings changed. */
export class DiagnosticsPublisher {
  private readonly published = new Map<string, string>();

  constructor(private readonly session: Session) {
    session.onChange(() => this.refresh());
  }

  private refresh(): void {
    this.session.scheduler.restart(async (checkpoint) => {
      for (const uri of this.order()) {
        this.publish(uri);
        if (!(await checkpoint())) return;
      }
      for (const uri of this.published.keys()) if (!this.session.snapshot.files.has(uri)) this.send(uri, []);
    });
  }

  private order(): readonly string[] {
    const all = [...this.session.snapshot.files.keys()];
    const last = this.session.lastChanged;
    const rank = (uri: string) => (uri === last ? 0 : this.session.findDocument(uri) ? 1 : 2);
    return all.sort((a, b) => rank(a) - rank(b));
  }

  private publish(uri: string): void {
    const { snapshot, settings } = this.session;
    const findings = diagnose(snapshot, uri, toDiagnoseOptions(settings));
    this.send(
      uri,
      findings.map((finding) => toDiagnostic(snapshot, finding)),
    );
  }

  private send(uri: string, diagnostics: Diagnostic[]): void {
    const text = diagnostics.length === 0 ? '' : JSON.stringify(diagnostics);
    const document = this.session.findDocument(uri);
    if ((this.published.get(uri) ?? '') === text) return;
    if (text === '') this.published.delete(uri);
    else this.published.set(uri, text);
    const version = document === undefined ? {} : { version: document.version };
    void this.session.connection.sendDiagnostics({ uri, diagnostics, ...version });
  }
}
