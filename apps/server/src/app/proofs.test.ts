import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobAccepted, StrategyProofView, StrategyView, type JobView } from '@wickworks/contracts';
import { ask, jobEnd, type Sent } from '../testing/ask.js';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const NOW = Date.UTC(2026, 0, 1, 12);
let server: TestServer;

beforeAll(async () => {
  const exchange = ScriptedExchange.withMinutes(NOW, 3_000);
  server = await startTestServer([exchange]);
  await server.assembled;
});
afterAll(() => server.dispose());

const call = (...sent: Sent) => ask(server, ...sent);
const document = (change: object = {}) => ({
  schema: 1,
  name: 'Jump',
  timeframe: '1m',
  indicators: { mean: { id: 'sma', params: { period: 20 } } },
  entry: { long: { when: { crossesAbove: ['close', 'mean'] } } },
  exit: { long: { when: { crossesBelow: ['close', 'mean'] } } },
  size: { kind: 'equity', ratio: 0.5 },
  ...change,
});
const save = async (change: object = {}): Promise<StrategyView> =>
  StrategyView.parse((await call('POST', '/strategies', { document: document(change) })).json);
const proofOf = async (id: string, query = ''): Promise<StrategyProofView> =>
  StrategyProofView.parse((await call('GET', `/strategies/${id}/proof${query}`)).json);
const proved = async (id: string, query = ''): Promise<StrategyProofView> => {
  await expect.poll(async () => (await proofOf(id, query)).state, { timeout: 20_000 }).not.toMatch(/queued|running/);
  return proofOf(id, query);
};
const ended = async (id: string): Promise<JobView> => (await jobEnd(server, id)).job;

describe('the bias proof of saved strategies', () => {
  it('says what is missing while nothing is stored, and is made when asked again', async () => {
    const { id } = await save();
    expect(await proved(id)).toMatchObject({ state: 'no-data', version: 1, data: null });
    const backfill = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m', fromMs: NOW - 3_000 * 60_000 };
    const { job } = JobAccepted.parse((await call('POST', '/datasets/backfill', backfill)).json);
    expect(await ended(job.id)).toMatchObject({ state: 'done' });
    const again = JobAccepted.parse((await call('POST', `/strategies/${id}/proof`)).json);
    expect(again.job).toMatchObject({ kind: 'proof' });
    const proof = await proved(id);
    expect(proof).toMatchObject({
      state: 'passed',
      jobId: again.job.id,
      culprit: null,
      data: { exchange: 'scripted', symbols: ['BTC/USDT'], timeframe: '1m', candles: 3_000 },
    });
    expect(proof.checks.map(({ kind }) => kind)).toContain('look-ahead');
    expect(await ended(again.job.id)).toMatchObject({ state: 'done', progressRatio: 1 });
  });

  it('is made of every version by itself, and names the culprit', async () => {
    const { id } = await save();
    expect(await proved(id)).toMatchObject({ state: 'passed' });
    const flow = {
      indicators: { flow: { id: 'obv' } },
      entry: { long: { when: { compare: ['flow', '>', 0] } } },
      exit: { long: { when: { compare: ['flow', '<', 0] } } },
    };
    await call('PUT', `/strategies/${id}`, { document: document(flow) }, { 'if-match': '"v1"' });
    const proof = await proved(id);
    expect(proof).toMatchObject({ state: 'failed', version: 2, culprit: 'flow.obv' });
    expect(proof.detail).toContain('never settles');
    expect(await proofOf(id, '?version=1')).toMatchObject({ state: 'passed', version: 1 });
    expect(await ended(proof.jobId ?? '')).toMatchObject({ kind: 'proof', state: 'done', detail: proof.detail });
  });

  it('joins narrower candles when there are none of the strategy’s own width', async () => {
    const { id } = await save({ timeframe: '5m' });
    expect(await proved(id)).toMatchObject({ state: 'passed', data: { timeframe: '5m', candles: 600 } });
  });

  it.each([
    [{ timeframe: '1h' }, /BTC\/USDT.* 1m holds 50 candles of 1h; at least \d+ candles of 1h/],
    [{ trade: ['XRP/USDT'] }, /no candles of XRP\/USDT are stored/],
  ])('says how many candles are missing: %j', async (change, detail) => {
    const { id } = await save(change);
    const proof = await proved(id);
    expect(proof.state).toBe('no-data');
    expect(proof.detail).toMatch(detail);
  });

  it('of an older version ends when the next is saved, and with the strategy', async () => {
    const { id } = await save();
    await call('PUT', `/strategies/${id}`, { document: document({ name: 'Next' }) }, { 'if-match': '"v1"' });
    expect((await proved(id, '?version=1')).state).toMatch(/cancelled|passed/);
    expect(await proved(id)).toMatchObject({ state: 'passed', version: 2 });
    expect((await call('GET', `/strategies/${id}/proof?version=7`)).status).toBe(404);
    expect((await call('GET', `/strategies/nonsense/proof`)).status).toBe(404);
  });
});
