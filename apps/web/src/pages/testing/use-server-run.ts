import type { BacktestInput, BacktestView } from '@wickworks/contracts';
import { useEffect, useRef, useState } from 'react';
import { issuesOf, sentenceOf } from '../../data/auth-rest.js';
import { isUnderWay, serverResult, useServerBacktestCalls, useServerBacktests } from '../../data/backtests-server.js';
import type { EngineClient } from '../../data/engine-worker-client.js';
import type { TestFault, TestProgress, TestRequest } from '../../data/engine-worker-protocol.js';

interface ServerRun {
  readonly runs: ReturnType<typeof useServerBacktests>;
  /** Of the run that this page started; `null` while there is none. */
  readonly progress: TestProgress | null;
  readonly fault: TestFault | null;
  readonly start: (body: BacktestInput) => Promise<void>;
  /** Stops the run that this page started. */
  readonly cancel: () => void;
  /** Shows a result of the list. */
  readonly open: (id: string) => void;
}

const asFault = (error: unknown): TestFault => {
  const issues = issuesOf(error);
  if (issues.length === 0) return { kind: 'failed', message: sentenceOf(error), issues: [] };
  return { kind: 'issues', message: 'The server refuses this.', issues };
};

const progressOf = (run: BacktestView | undefined): TestProgress =>
  run?.state === 'running'
    ? { phase: 'waiting', ratio: run.progressRatio, detail: run.detail }
    : { phase: 'waiting', ratio: null, detail: run?.state === 'queued' ? 'Waits for its turn' : '' };

/** Runs on the server: the list of them, and the one that this page waits for, which is shown when it is done. */
export function useServerRun(engine: EngineClient | null, request: TestRequest | null): ServerRun {
  const runs = useServerBacktests();
  const calls = useServerBacktestCalls();
  /** `''`: asked for, not yet answered. */
  const [waitsFor, setWaitsFor] = useState<string | null>(null);
  /** With what was set when it happened: other settings are not to blame. */
  const [failure, setFailure] = useState<{ fault: TestFault; request: TestRequest | null } | null>(null);
  const setFault = (fault: TestFault | null): void => setFailure(fault === null ? null : { fault, request });
  const opening = useRef<string | null>(null);
  const run = runs.data?.find(({ id }) => id === waitsFor);

  const open = (id: string): void => {
    opening.current = id;
    setFault(null);
    serverResult(id)
      .then((text) => {
        if (opening.current === id) engine?.show(text);
      })
      .catch((error: unknown) => setFault(asFault(error)))
      .finally(() => setWaitsFor((now) => (now === id ? null : now)));
  };
  const ended = run !== undefined && !isUnderWay(run) ? run : undefined;
  useEffect(() => {
    if (ended === undefined || opening.current === ended.id) return;
    if (ended.state === 'done') open(ended.id);
    else {
      setWaitsFor(null);
      if (ended.state === 'failed') setFault({ kind: 'failed', message: ended.detail, issues: [] });
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an end is told once, whatever else changes
  }, [ended]);

  return {
    runs,
    progress: waitsFor === null ? null : progressOf(run),
    fault: failure?.request === request ? (failure?.fault ?? null) : null,
    start: async (body) => {
      setFault(null);
      setWaitsFor('');
      try {
        setWaitsFor(await calls.start(body));
      } catch (error) {
        setWaitsFor(null);
        setFault(asFault(error));
      }
    },
    cancel: () => {
      if (waitsFor === null || waitsFor === '') return;
      setWaitsFor(null);
      calls.cancel(waitsFor).catch((error: unknown) => setFault(asFault(error)));
    },
    open,
  };
}
