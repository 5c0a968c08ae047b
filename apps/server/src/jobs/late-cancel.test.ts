import type { OpenStore } from '../adapters.js';
import { afterEach, describe, expect, it } from 'vitest';
import { ask, backtestEnd, jobEnd, startJob } from '../testing/ask.js';
import { JUMP as document } from '../testing/jump.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { openTestStore, startTestServer, type TestServer } from '../testing/test-server.js';
import { JobBoard, type JobControl } from './job-board.js';

const NOW_MS = Date.UTC(2026, 0, 1, 12);
const REQUEST = { strategy: { document }, markets: [{ exchange: 'scripted', symbol: 'BTC/USDT' }] };

let server: TestServer;
let store: OpenStore;

/** A server that is told when a backtest is about to be noted, and when it has been. */
async function start(noting: (id: string, state: string | undefined, when: 'before' | 'after') => Promise<void>) {
  server = await startTestServer([ScriptedExchange.withMinutes(NOW_MS, 300)], {
    onStore: (opened) => {
      store = opened;
      const { backtests } = opened.strategies;
      const update = backtests.update.bind(backtests);
      backtests.update = async (id, change) => {
        await noting(id, change.state, 'before');
        await update(id, change);
        await noting(id, change.state, 'after');
      };
    },
  });
  await server.assembled;
}
const cancel = (id: string) => ask(server, 'DELETE', `/jobs/${id}`);

/** What job, backtest, result and both rows of the database say. */
async function told(id: string) {
  const [{ job }, backtest, result] = [
    await jobEnd(server, id),
    await backtestEnd(server, id),
    await ask(server, 'GET', `/backtests/${id}/result`),
  ];
  const kept = (await store.jobs.ended(9)).find((row) => row.id === id);
  return [job.state, backtest.state, result.status, kept?.state];
}

describe('a backtest cancelled at its very last moment', () => {
  afterEach(() => server.dispose());

  it.each(['before', 'after'] as const)('is done where its result is stored: cancelled %s it was', async (when) => {
    await start(async (id, state, moment) => {
      if (state === 'done' && moment === when) await cancel(id);
    });
    const { id } = await startJob(server, '/backtests', REQUEST);
    expect(await told(id)).toEqual(['done', 'done', 200, 'done']);
  });

  it('is cancelled where it is not', async () => {
    await start(async (id, state, moment) => {
      if (state === 'running' && moment === 'before') await cancel(id);
    });
    const { id } = await startJob(server, '/backtests', REQUEST);
    expect(await told(id)).toEqual(['cancelled', 'cancelled', 409, 'cancelled']);
  });
});

it('what is done as the process ends is done, what is not is left to the next one', async () => {
  const opened = await openTestStore();
  const board = new JobBoard({ store: opened.jobs, nowMs: () => NOW_MS, log: { error: () => undefined } });
  const untilAsked = ({ signal }: JobControl) => new Promise<void>((resolve) => (signal.onabort = () => resolve()));
  await board.start('a', '', (control) => untilAsked(control).then(() => 'all of it'), { owner: 'x', id: 'whole' });
  await board.start('b', '', (control) => untilAsked(control).then(() => ({ failed: 'stopped' })), {
    owner: 'x',
    id: 'part',
  });
  await board.close();
  expect(await opened.jobs.ended(9)).toMatchObject([{ id: 'whole', state: 'done', detail: 'all of it' }]);
  expect(await opened.jobs.unfinished()).toMatchObject([{ id: 'part', state: 'running' }]);
  await opened.dispose();
});
