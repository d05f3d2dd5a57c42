import { ManifestFile } from './manifest-file.ts';

/** A file as it was last committed. Its text is parsed when somebody first asks, once for all snapshots that hold it. */
export class CommittedFile {
  private parsed: ManifestFile | undefined;

  constructor(
    private readonly uri: string,
    readonly text: string,
  ) {}

  /**
   * Documents that are the same in the file as it is now are shared with it, so only what was changed is parsed. Line breaks are no
   * change: Git may write others than it keeps.
   */
  read(now: ManifestFile | undefined): ManifestFile {
    if (this.parsed !== undefined) return this.parsed;
    const text = now === undefined ? this.text : withLineBreaksOf(now.text, this.text);
    this.parsed = now?.text === text ? now : ManifestFile.parse(this.uri, text, now);
    return this.parsed;
  }
}

function withLineBreaksOf(model: string, text: string): string {
  const plain = text.replaceAll('\r\n', '\n');
  return model.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
}
