/** Lets the event loop handle what is waiting: messages, timers. */
export type Yield = () => Promise<void>;

/** How long work may hold the event loop before it lets others in, in milliseconds. */
const SLICE = 10;

/**
 * Runs one background job at a time. Starting a job abandons the one before: its results would be stale. Jobs call the
 * checkpoint they are given between steps; it lets waiting messages in and says whether the job should go on.
 */
export class Scheduler {
  private generation = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly yieldToLoop: Yield,
    private readonly now: () => number,
  ) {}

  /** Starts a job in the next turn of the event loop, so that messages that arrived together are handled first. */
  restart(job: (checkpoint: () => Promise<boolean>) => Promise<void>): void {
    const own = ++this.generation;
    const isCurrent = () => own === this.generation;
    let sliceEnd = 0;
    const checkpoint = async (): Promise<boolean> => {
      if (this.now() >= sliceEnd) {
        await this.yieldToLoop();
        sliceEnd = this.now() + SLICE;
      }
      return isCurrent();
    };
    this.running = this.yieldToLoop().then(() => (isCurrent() ? job(checkpoint) : undefined));
  }

  /** Settles when the last job that was started has ended. */
  get idle(): Promise<void> {
    return this.running;
  }
}
