import { useEffect, useState, useSyncExternalStore } from 'react';
import { serverUrl } from '../../data/data-services.js';
import { EngineClient, type TestState } from '../../data/engine-worker-client.js';

const IDLE: TestState = { report: null, isConfirmed: true, progress: null, fault: null };

/** The page's engine worker: started with the page, ended with it. */
export function useEngine(): { engine: EngineClient | null; state: TestState } {
  const [engine, setEngine] = useState<EngineClient | null>(null);
  useEffect(() => {
    const started = new EngineClient(serverUrl());
    setEngine(started);
    return () => started.close();
  }, []);
  const state = useSyncExternalStore(engine?.subscribe ?? noSubscription, () => engine?.snapshot() ?? IDLE);
  return { engine, state };
}

const noSubscription = (): (() => void) => () => undefined;
