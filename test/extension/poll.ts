/** Asking again until something is so: what the suite and the harness use where others would sleep. */

export interface PollOptions {
  /** Milliseconds until the answer counts as missing. */
  readonly timeout?: number;
  /** Milliseconds between two questions. */
  readonly interval?: number;
}

/**
 * Calls `probe` until it answers something other than `undefined` or `false`, and returns that.
 * A probe that throws has not answered yet; its last error is told when time is up.
 */
export async function poll<T>(
  what: string,
  probe: () => T | undefined | false | PromiseLike<T | undefined | false>,
  { timeout = 20_000, interval = 100 }: PollOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const { answer, error } = await ask(probe);
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() >= deadline) throw new Error(`Waited ${timeout} ms for ${what}.`, { cause: error });
    await pause(interval);
  }
}

/** Fails with `what` if `promise` has not settled after `timeout` milliseconds. */
export async function withDeadline<T>(what: string, timeout: number, promise: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${timeout} ms.`)), timeout);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function ask<T>(probe: () => T | PromiseLike<T>): Promise<{ answer?: T; error?: unknown }> {
  try {
    return { answer: await probe() };
  } catch (error) {
    return { error };
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
