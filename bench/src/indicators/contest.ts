// One indicator over a million candles by one contestant, in a process of its own: what another leaves behind, millions
// of objects that threads go on collecting, would be paid for by whoever runs next. Sends an {@link IndicatorTime}.
import { Candles } from '@wickworks/core';
import {
  createRunner,
  findIndicator,
  parseParams,
  type IndicatorDefinition,
  type ParamValues,
} from '@wickworks/engine';
import { contests, COUNT, indicatorIds, OURS, type IndicatorId } from './contests.js';
import { market } from './market.js';

const LIVE_COUNT = 200_000;
/** Each contestant runs so long before and while it is measured, and at least so often. */
const WARM_UP_MS = 1_000;
const TIMED_MS = 1_500;
const RUNS_MIN = 5;

/** CPU time of one call in ns per candle: on a shared machine wall time would measure the neighbours. */
function once(run: () => unknown, count: number): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1_000) / count;
}

function resolve(id: string, raw: Readonly<Record<string, number>>): [IndicatorDefinition, ParamValues] {
  const definition = findIndicator(id);
  const params = definition && parseParams(definition, raw);
  if (!params?.ok) throw new Error(`no indicator ${id} with these parameters`);
  return [definition!, params.value];
}

/** ns per new candle of a live runner: each candle forms, changes once and closes. */
function live(definition: IndicatorDefinition, params: ParamValues, candles: Candles): number {
  const growing = new Candles(LIVE_COUNT);
  const runner = createRunner(definition, params, growing);
  return once(() => {
    for (let i = 0; i < LIVE_COUNT; i++) {
      growing.push(candles.at(i)!);
      runner.append();
      runner.update();
    }
  }, LIVE_COUNT);
}

/** What a process measured, its fastest run, ns per candle; and of ours what a live candle costs, ns. */
export interface IndicatorTime {
  readonly ns: number;
  readonly liveNs: number;
}

/** The fastest run of so many milliseconds. */
function bestOf(run: () => unknown, forMs: number): number {
  const startedMs = performance.now();
  let best = Infinity;
  for (let runs = 0; runs < RUNS_MIN || performance.now() - startedMs < forMs; runs++)
    best = Math.min(best, once(run, COUNT));
  return best;
}

async function measure(id: IndicatorId, name: string): Promise<IndicatorTime> {
  const candles = market(COUNT);
  if (name !== OURS) {
    const { rivalsOver } = await import('./rivals.js');
    const { run } = rivalsOver(candles)[id].find((rival) => rival.name === name)!;
    bestOf(run, WARM_UP_MS);
    return { ns: bestOf(run, TIMED_MS), liveNs: 0 };
  }
  const [definition, values] = resolve(id, contests[id].params);
  const runner = createRunner(definition, values, candles);
  const run = (): void => runner.recalculate();
  bestOf(run, WARM_UP_MS);
  return { ns: bestOf(run, TIMED_MS), liveNs: live(definition, values, candles) };
}

const id = indicatorIds.find((one) => one === process.argv[2]);
const name = process.argv[3];
if (process.send && id && name !== undefined) process.send(await measure(id, name), () => process.exit(0));
