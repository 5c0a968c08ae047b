import { useCallback, useRef, useSyncExternalStore } from 'react';
import { serverUrl } from '../../data/data-services.js';
import { EngineClient, type TestState } from '../../data/engine-worker-client.js';

const IDLE: TestState = { report: null, isConfirmed: true, progress: null, fault: null };

interface Shown {
  readonly engine: EngineClient | null;
  readonly state: TestState;
}

/** The page's engine worker: started with the page, ended with it. */
export function useEngine(): Shown {
  const shown = useRef<Shown>({ engine: null, state: IDLE });
  const subscribe = useCallback((listener: () => void) => {
    const engine = new EngineClient(serverUrl());
    const look = (): void => {
      shown.current = { engine, state: engine.snapshot() };
      listener();
    };
    const stop = engine.subscribe(look);
    look();
    return () => {
      stop();
      engine.close();
      shown.current = { ...shown.current, engine: null };
    };
  }, []);
  return useSyncExternalStore(subscribe, () => shown.current);
}
