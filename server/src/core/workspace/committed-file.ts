import { ManifestFile } from './manifest-file.ts';

/** A file as it was last committed. Its text is parsed when somebody first asks, once for all snapshots that hold it. */
export class CommittedFile {
  private parsed: ManifestFile | undefined;

  constructor(
    private readonly uri: string,
    readonly text: string,
  ) {}

  /** Documents that are the same in the file as it is now are shared with it, so only what was changed is parsed. */
  read(now: ManifestFile | undefined): ManifestFile {
    this.parsed ??= now?.text === this.text ? now : ManifestFile.parse(this.uri, this.text, now);
    return this.parsed;
  }
}
