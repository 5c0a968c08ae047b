import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wick as wickAt } from '../testing/wick.js';

const cwd = mkdtempSync(join(tmpdir(), 'wick-cli-api-'));
let server: Server;
let url: string;

/** Answers with what it was sent; `/api/v1/no` with a refusal, `/api/v1/lines` with text. */
beforeAll(async () => {
  server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const body = bytes.toString();
      const { method, url: path = '', headers } = request;
      if (path === '/api/v1/no') {
        const problem = { type: 'x', title: 'Not found', status: 404, detail: 'no such thing', code: 'not-found' };
        response.statusCode = 404;
        response.end(JSON.stringify({ ...problem, retryable: false, requestId: 'r' }));
      } else if (path === '/api/v1/lines') response.setHeader('content-type', 'application/x-ndjson').end('{"a":1}\n');
      else if (path === '/api/v1/nothing') response.writeHead(204).end();
      else
        response.end(
          JSON.stringify({
            method,
            path,
            body,
            key: headers.authorization,
            match: headers['if-match'],
            type: headers['content-type'],
            once: headers['idempotency-key'],
            bytes: bytes.length,
          }),
        );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(cwd, { recursive: true, force: true });
});

async function wick(...argv: string[]) {
  const { code, out } = await wickAt({ cwd, env: { WICK_SERVER: url, WICK_API_KEY: 'wk_k' } }, 'api', ...argv);
  return { code, out };
}

it('sends method, path, query, body, version and key, and prints the answer', async () => {
  writeFileSync(join(cwd, 'body.json'), '{"theme":"dark"}');
  const sent = ['PATCH', '/me/settings', '--query', 'a=1', '--query', 'b=x y', '--body', 'body.json'];
  const { code, out } = await wick(...sent, '--if-match', '"v3"', '--idempotency-key', 'k1', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    ...{ method: 'PATCH', path: '/api/v1/me/settings?a=1&b=x+y', body: '{"theme":"dark"}' },
    ...{ key: 'Bearer wk_k', match: '"v3"', type: 'application/json', once: 'k1', bytes: 16 },
  });
});

it('prints lines as they are, and nothing for nothing', async () => {
  expect(await wick('GET', '/lines')).toEqual({ code: 0, out: '{"a":1}\n\n' });
  expect(await wick('DELETE', '/nothing', '--json')).toEqual({ code: 0, out: 'null\n' });
});

it('sends files as they are, under their type', async () => {
  const bytes = gzipSync('time,open,high,low,close,volume\n');
  writeFileSync(join(cwd, 'candles.csv.gz'), bytes);
  const zipped = await wick('POST', '/datasets/import', '--body', 'candles.csv.gz', '--json');
  expect(JSON.parse(zipped.out)).toMatchObject({ type: 'application/gzip', bytes: bytes.length });
  const named = await wick('POST', '/x', '--body', 'candles.csv.gz', '--type', 'text/csv', '--json');
  expect(JSON.parse(named.out)).toMatchObject({ type: 'text/csv', bytes: bytes.length });
});

it('writes an answer to a file, and reaches what lies outside of /api/v1', async () => {
  const saved = await wick('GET', '/lines', '--out', 'lines.ndjson', '--json');
  expect([saved.code, JSON.parse(saved.out)]).toEqual([0, { file: 'lines.ndjson', bytes: 8 }]);
  expect(readFileSync(join(cwd, 'lines.ndjson'), 'utf8')).toBe('{"a":1}\n');
  expect(JSON.parse((await wick('GET', '/api/health', '--json')).out)).toMatchObject({ path: '/api/health' });
  expect((await wick('GET', '/no', '--out', 'none.json')).code).toBe(1);
  expect(existsSync(join(cwd, 'none.json'))).toBe(false);
});

it('tells a refusal, a server that is not there, and a wrong call apart', async () => {
  const refused = await wick('GET', '/no', '--json');
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('not-found: no such thing');
  expect(await wick('GET', '/x', '--server', 'http://127.0.0.1:9')).toMatchObject({ code: 1 });
  for (const wrong of [
    ['FETCH', '/x'],
    ['GET', 'x'],
    ['GET', '/x', '--query', 'a'],
    ['POST', '/x', '--body', 'none'],
  ])
    expect(await wick(...wrong)).toMatchObject({ code: 2 });
});
