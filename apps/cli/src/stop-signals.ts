const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** How a process is told to stop by Ctrl-C and SIGTERM. */
export interface StopSignals {
  /** Aborted by the first of them; a second one ends the process. */
  readonly signal: AbortSignal;
  /**
   * Runs work that gives no time to `signal`, as it never waits: meanwhile they end the process at once. Without that
   * a long run could not be stopped at all.
   */
  readonly blocking: <T>(work: () => T) => T;
}

/** Listens for them from now on. */
export function listenForStop(): StopSignals {
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  const listen = (): void => SIGNALS.forEach((name) => process.once(name, stop));
  listen();
  return {
    signal: stopped.signal,
    blocking: (work) => {
      for (const name of SIGNALS) process.off(name, stop);
      try {
        return work();
      } finally {
        if (!stopped.signal.aborted) listen();
      }
    },
  };
}
