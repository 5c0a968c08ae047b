import { err, type Result } from '@wickworks/core';
import { backoffMs } from '../backoff.js';
import { failure } from '../failure.js';
import type { ExchangeFailure } from '../ports.js';

/** A failure that will be tried again. */
export interface Wait {
  readonly failure: ExchangeFailure;
  readonly pauseMs: number;
}

/** How long to keep asking. */
export interface Patience {
  readonly signal?: AbortSignal;
  /** Retryable failures in a row that are borne, with capped exponential pauses; default 10, some three minutes. */
  readonly attempts?: number;
  /** Default: from 500 ms, at most 30 s; an exchange that asks for a longer wait gets it. */
  readonly retry?: { readonly baseMs: number; readonly maxMs: number };
  /** Told before each pause. */
  readonly onWait?: (wait: Wait) => void;
}

/** Repeats `ask` while it fails in a retryable way; fails with `closed` when `signal` fires. */
export async function askPatiently<T>(
  ask: () => Promise<Result<T, ExchangeFailure>>,
  { signal, attempts = 10, retry = { baseMs: 500, maxMs: 30_000 }, onWait }: Patience,
): Promise<Result<T, ExchangeFailure>> {
  for (let attempt = 0; ; attempt++) {
    if (signal?.aborted) return err(failure('closed', 'stopped as asked', false));
    const result = await ask();
    if (result.ok || !result.error.retryable || attempt + 1 >= attempts) return result;
    const pauseMs = Math.max(backoffMs(attempt, retry), result.error.retryAfterMs ?? 0);
    onWait?.({ failure: result.error, pauseMs });
    await pause(pauseMs, signal);
  }
}

/** Resolves after `ms`, or at once when `signal` fires. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
