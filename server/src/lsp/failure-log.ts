/** Tells of failures of our own, each only once, since what fails on a file fails with every letter that is typed there. */
export class FailureLog {
  private readonly told = new Set<string>();

  constructor(private readonly log: (text: string) => void) {}

  /** `what` says what failed, and on which file. */
  tell(what: string, error: unknown): void {
    if (this.told.has(what)) return;
    this.told.add(what);
    this.log(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
