import type { FailureLog } from './failure-log.ts';

/** The platform's event loop and clock. */
export interface Clock {
  /** Lets the event loop handle what is waiting: messages, timers. */
  readonly yieldToLoop: () => Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Settles after so many milliseconds. */
  readonly delay: (milliseconds: number) => Promise<void>;
}

/**
 * How long work may hold the event loop before it lets others in, in milliseconds. A request waits for it about four times:
 * until it is read, taken from the queue, answered and written.
 */
const SLICE = 3;

/** What a job is given. */
export interface JobControl {
  /** Lets waiting messages in, and says whether the job should go on. */
  readonly checkpoint: () => Promise<boolean>;
  /** Waits until nothing was restarted for so many milliseconds; says whether the job should go on. */
  readonly quiet: (milliseconds: number) => Promise<boolean>;
}

/** Runs one background job at a time. Starting a job abandons the one before: its results would be stale. One that fails is told of. */
export class Scheduler {
  private generation = 0;
  private sliceEnd = 0;

  constructor(
    private readonly clock: Clock,
    private readonly failures: FailureLog,
  ) {}

  /** Starts a job in the next turn of the event loop, so that messages that arrived together are handled first. */
  restart(job: (control: JobControl) => Promise<void>): void {
    const own = ++this.generation;
    const isCurrent = () => own === this.generation;
    const control: JobControl = {
      checkpoint: async () => {
        await this.breathe();
        return isCurrent();
      },
      quiet: async (milliseconds) => {
        await this.clock.delay(milliseconds);
        return isCurrent();
      },
    };
    this.clock
      .yieldToLoop()
      .then(() => (isCurrent() ? job(control) : undefined))
      .catch((error) => this.failures.tell('Work in the background failed', error));
  }

  /** Lets waiting messages in if the last time was a slice ago. */
  async breathe(): Promise<void> {
    if (this.clock.now() < this.sliceEnd) return;
    await this.clock.yieldToLoop();
    this.sliceEnd = this.clock.now() + SLICE;
  }
}
