import { err, ok, type Result } from '@wickworks/core';
import {
  faultText,
  type BacktestFault,
  type BiasProof,
  type RunControl,
  type RunFault,
  type RunResult,
} from '@wickworks/engine';
import type { World } from '../context.js';
import { failed, type CommandFailure } from '../failure.js';
import { runGuarded } from './run-guarded.js';

/** A run that is ready to begin, and to be looked at for bias. */
export interface ReadyRun {
  run(control: RunControl): Result<RunResult, RunFault>;
  prove(): Result<BiasProof, BacktestFault>;
}

/** What `ready` gives; faults of the run as failures of the command. */
export const ranOf = (world: World, ready: ReadyRun): Result<RunResult, CommandFailure> =>
  outcomeOf(world, () => {
    let told = -1;
    const onProgress = (ratio: number): void => {
      const percent = Math.floor(ratio * 100);
      if (percent > told) world.doing(`running the strategy: ${percent} %`);
      told = Math.max(told, percent);
    };
    onProgress(0);
    return ready.run({ isCancelled: () => world.signal.aborted, onProgress });
  });

/** The look-ahead and warm-up checks of `ready`. */
export const proofOf = (world: World, ready: ReadyRun): Result<BiasProof, CommandFailure> =>
  outcomeOf(world, () => {
    world.doing('looking for look-ahead and too short a warm-up');
    return ready.prove();
  });

function outcomeOf<T>(world: World, work: () => Result<T, RunFault>): Result<T, CommandFailure> {
  const done = runGuarded(() => world.blocking(work));
  if (!done.ok) return done;
  return done.value.ok ? ok(done.value.value) : err(failed(faultText(done.value.error), { fault: done.value.error }));
}
