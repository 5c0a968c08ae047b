import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatasetView, ExchangeView, HealthView, JobView, listOf, MarketView, Problem } from '@wickworks/contracts';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1, 12);
let exchange: ScriptedExchange;
let server: TestServer;

beforeAll(async () => {
  exchange = ScriptedExchange.withMinutes(NOW, 3_000);
  server = await startTestServer([exchange]);
});
afterAll(() => server.dispose());

const call = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);
const post = (path: string, body: unknown) =>
  call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const problemOf = async (response: Response): Promise<Problem> => {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  return problem;
};
const jobEnded = async (id: string): Promise<JobView> => {
  for (;;) {
    const job = JobView.parse(await (await call(`/api/v1/jobs/${id}`)).json());
    if (job.state !== 'running') return job;
  }
};

describe('REST', () => {
  it('lists exchanges and searches markets page by page', async () => {
    const exchanges = listOf(ExchangeView).parse(await (await call('/api/v1/exchanges')).json());
    expect(exchanges.items[0]).toMatchObject({ id: 'scripted', state: 'live', replay: null });
    const Markets = listOf(MarketView);
    const first = Markets.parse(await (await call('/api/v1/exchanges/scripted/markets?limit=1')).json());
    expect(first.items.map((market) => market.symbol)).toEqual(['BTC/USDT']);
    const rest = await call(`/api/v1/exchanges/scripted/markets?limit=1&cursor=${String(first.nextCursor)}`);
    const second = Markets.parse(await rest.json());
    expect(second.items.map((market) => market.symbol)).toEqual(['ETH/USDT']);
    expect(second.nextCursor).toBeNull();
    const found = Markets.parse(await (await call('/api/v1/exchanges/scripted/markets?q=thus')).json());
    expect(found.items.map((market) => market.symbol)).toEqual(['ETH/USDT']);
  });

  it('backfills, lists and deletes a dataset', async () => {
    const wanted = { exchange: 'scripted', symbol: 'BTC/USDT', timeframe: '1m', fromMs: NOW - 2_500 * MINUTE };
    const started = await post('/api/v1/datasets/backfill', wanted);
    expect(started.status).toBe(202);
    const { job } = (await started.json()) as { job: JobView };
    expect(started.headers.get('location')).toBe(`/api/v1/jobs/${job.id}`);
    expect(await jobEnded(job.id)).toMatchObject({ state: 'done', progressRatio: 1 });
    const datasets = listOf(DatasetView).parse(await (await call('/api/v1/datasets')).json());
    expect(datasets.items[0]).toMatchObject({ exchange: 'scripted', gaps: [], toMs: NOW - MINUTE });
    expect(datasets.items[0]?.candles).toBeGreaterThanOrEqual(2_500);
    const jobs = listOf(JobView).parse(await (await call('/api/v1/jobs')).json());
    expect(jobs.items.map(({ id }) => id)).toContain(job.id);
    const series = 'exchange=scripted&symbol=BTC%2FUSDT&timeframe=1m';
    expect((await call(`/api/v1/datasets?${series}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(`/api/v1/datasets?${series}`, { method: 'DELETE' })).status).toBe(404);
  });

  it('says what is wrong with a request', async () => {
    const cases: [Promise<Response>, number, string, string?][] = [
      [call('/api/v1/nothing'), 404, 'not-found'],
      [call('/api/nothing'), 404, 'not-found'],
      [call('/api/v1/exchanges/none/markets'), 404, 'unknown-exchange'],
      [call('/api/v1/exchanges?limit=0'), 400, 'invalid-field', 'limit'],
      [call('/api/v1/exchanges?cursor=zzz'), 400, 'invalid-field', 'cursor'],
      [call('/api/v1/jobs/none'), 404, 'not-found'],
      [call('/api/v1/jobs/%E0%A4%A'), 400, 'bad-request'],
      [post('/api/v1/datasets/backfill', '{'), 400, 'bad-request'],
      [post('/api/v1/datasets/backfill', {}), 400, 'invalid-field', 'symbol'],
      [post('/api/v1/datasets/backfill', 'x'.repeat(1_100_000)), 413, 'payload-too-large'],
      [call('/api/v1/datasets/backfill', { method: 'POST', body: 'a=1' }), 415, 'unsupported-media-type'],
      [
        post('/api/v1/datasets/backfill', {
          exchange: 'scripted',
          symbol: 'BTC/USDT',
          timeframe: '1m',
          fromMs: 2,
          toMs: 1,
        }),
        400,
        'invalid-field',
        'toMs',
      ],
    ];
    for (const [answer, status, code, path] of cases) {
      const problem = await problemOf(await answer);
      expect(problem).toMatchObject({ status, code });
      if (path !== undefined) expect(problem.issues?.map((issue) => issue.path)).toContain(path);
    }
    const wrongMethod = await call('/api/v1/exchanges', { method: 'DELETE' });
    expect(wrongMethod.headers.get('allow')).toBe('HEAD, GET');
    expect(await problemOf(wrongMethod)).toMatchObject({ status: 405, code: 'method-not-allowed' });
  });

  it('keeps a given request id, tells the limits, and shuts foreign pages out', async () => {
    const answer = await call('/api/v1/exchanges', { headers: { 'x-request-id': 'mine-1' } });
    expect(answer.headers.get('x-request-id')).toBe('mine-1');
    expect(Number(answer.headers.get('ratelimit-limit'))).toBeGreaterThan(0);
    expect(Number(answer.headers.get('ratelimit-remaining'))).toBeGreaterThan(0);
    const foreign = await call('/api/v1/exchanges', { headers: { origin: 'https://evil.example' } });
    expect(await problemOf(foreign)).toMatchObject({ status: 403, code: 'forbidden' });
    const own = await call('/api/v1/exchanges', { headers: { origin: 'http://localhost:5173' } });
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  });

  it('does not answer under a foreign name that points here', async () => {
    const { port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/api/v1/exchanges', headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

describe('health and metrics', () => {
  it('looks at every part', async () => {
    const answer = await call('/api/health');
    const health = HealthView.parse(await answer.json());
    expect([answer.status, health.state]).toEqual([200, 'ok']);
    expect(Object.keys(health.parts)).toEqual(['database', 'disk', 'memory', 'jobs', 'exchange scripted']);
    expect((await call('/api/health/live')).status).toBe(200);
    exchange.emit({ kind: 'status', state: 'down', sinceMs: 1, lastMessageMs: 1, reason: 'gone' });
    const degraded = HealthView.parse(await (await call('/api/health/ready')).json());
    expect(degraded.parts['exchange scripted']).toEqual({ state: 'degraded', detail: 'down: gone' });
    exchange.emit({ kind: 'status', state: 'live', sinceMs: 1, lastMessageMs: 1, reason: '' });
  });

  it('tells Prometheus', async () => {
    const text = await (await call('/metrics')).text();
    for (const name of [
      'wick_ws_clients 0',
      'wick_ws_messages_total',
      'wick_ws_fanout_seconds_bucket',
      'wick_ws_coalesced_total',
      'wick_upstream_lag_seconds{exchange="scripted"}',
      '# TYPE wick_candles_healed_total counter',
      'wick_candles_healed_total{exchange="scripted"} 0',
      '# TYPE wick_store_failures_total counter',
      'wick_store_failures_total 0',
      'nodejs_eventloop_lag_seconds',
    ])
      expect(text).toContain(name);
  });
});

describe('the web app', () => {
  it('says so when it is not built', async () => {
    const answer = await call('/');
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
  });

  it('is served with its assets, its paths and a strict policy', async () => {
    const web = join(server.dataDir, 'web');
    mkdirSync(join(web, 'assets'), { recursive: true });
    writeFileSync(join(web, 'index.html'), '<!doctype html><title>W</title>');
    writeFileSync(join(web, 'assets', 'app-1.js'), 'export {};');
    const page = await call('/chart/local');
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>W</title>']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    const asset = await call('/assets/app-1.js');
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(asset.headers.get('content-security-policy')).toBe(policy);
    writeFileSync(join(web, 'assets', 'engine-worker-A1_b-c.js'), 'export {};');
    const engine = (await call('/assets/engine-worker-A1_b-c.js')).headers.get('content-security-policy') ?? '';
    expect(engine).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
    expect((await call('/assets/none.js')).status).toBe(404);
    expect((await call('/', { method: 'POST' })).status).toBe(404);
  });
});
