import type { BacktestInput, BacktestView } from '@wickworks/contracts';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { issuesOf, sentenceOf } from '../../data/auth-rest.js';
import {
  isUnderWay,
  serverResult,
  useServerBacktest,
  useServerBacktestCalls,
  useServerBacktests,
} from '../../data/backtests-server.js';
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

const failedBy = (message: string): TestFault => ({ kind: 'failed', message, issues: [] });

const asFault = (error: unknown): TestFault => {
  const issues = issuesOf(error);
  if (issues.length === 0) return failedBy(sentenceOf(error));
  return { kind: 'issues', message: 'The server refuses this.', issues };
};

const progressOf = (run: BacktestView | null | undefined): TestProgress =>
  run?.state === 'running'
    ? { phase: 'waiting', ratio: run.progressRatio, detail: run.detail }
    : { phase: 'waiting', ratio: null, detail: run?.state === 'queued' ? 'Waits for its turn' : '' };

/** Runs on the server: the list of them, and the one that this page waits for, which is shown when it is done. */
export function useServerRun(engine: EngineClient | null, request: TestRequest | null): ServerRun {
  const runs = useServerBacktests();
  const calls = useServerBacktestCalls();
  /** With what was set when it was asked for; `''`: not yet answered. */
  const [waitsFor, setWaitsFor] = useState<{ id: string; request: TestRequest | null } | null>(null);
  /** With what was set when it happened: other settings are not to blame. */
  const [failure, setFailure] = useState<{ fault: TestFault; request: TestRequest | null } | null>(null);
  const fail = (error: unknown): void => setFailure({ fault: asFault(error), request });
  const opening = useRef<string | null>(null);
  const listed = runs.data?.find(({ id }) => id === waitsFor?.id);
  // The list may not have it yet, or no longer: then it is asked for by itself. `null`: somebody has deleted it.
  const { data: single } = useServerBacktest(listed === undefined && waitsFor?.id ? waitsFor.id : null);
  const run = listed ?? single;

  const show = (id: string): void => {
    opening.current = id;
    serverResult(id)
      .then((text) => {
        if (opening.current === id) engine?.show(text);
      })
      .catch(fail)
      .finally(() => setWaitsFor((now) => (now?.id === id ? null : now)));
  };
  const doneId = run?.state === 'done' ? run.id : null;
  // Told once, whatever else changes.
  const onDone = useEffectEvent((id: string) => {
    if (opening.current !== id) show(id);
  });
  useEffect(() => {
    if (doneId !== null) onDone(doneId);
  }, [doneId]);

  const isWaiting = waitsFor !== null && (run === undefined || (run !== null && (isUnderWay(run) || doneId !== null)));
  const ended = run === null ? failedBy('The run was deleted.') : run?.state === 'failed' ? failedBy(run.detail) : null;
  const ownFault = failure !== null && failure.request === request ? failure.fault : null;
  return {
    runs,
    progress: isWaiting ? progressOf(run) : null,
    fault: ownFault ?? (waitsFor?.request === request ? ended : null),
    start: async (body) => {
      setFailure(null);
      setWaitsFor({ id: '', request });
      try {
        setWaitsFor({ id: await calls.start(body), request });
      } catch (error) {
        setWaitsFor(null);
        fail(error);
      }
    },
    cancel: () => {
      if (waitsFor === null || waitsFor.id === '') return;
      setWaitsFor(null);
      calls.cancel(waitsFor.id).catch(fail);
    },
    open: (id) => {
      setFailure(null);
      show(id);
    },
  };
}
