import { setTimeout as sleep } from 'node:timers/promises';

/** Waits `delayMs` or until `signal` aborts, whichever comes first; never rejects and keeps no process alive. */
export async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, { signal, ref: false });
  } catch {
    // aborted: the caller looks at the signal
  }
}
