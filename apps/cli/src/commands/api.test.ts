import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../run-cli.js';

const cwd = mkdtempSync(join(tmpdir(), 'wick-cli-api-'));
let server: Server;
let url: string;

/** Answers with what it was sent; `/api/v1/no` with a refusal, `/api/v1/lines` with text. */
beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method, url: path = '', headers } = request;
      if (path === '/api/v1/no') {
        const problem = { type: 'x', title: 'Not found', status: 404, detail: 'no such thing', code: 'not-found' };
        response.statusCode = 404;
        response.end(JSON.stringify({ ...problem, retryable: false, requestId: 'r' }));
      } else if (path === '/api/v1/lines') response.end('{"a":1}\n{"a":2}\n');
      else if (path === '/api/v1/nothing') response.writeHead(204).end();
      else response.end(JSON.stringify({ method, path, body, key: headers.authorization, match: headers['if-match'] }));
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
  let out = '';
  const world = {
    ...{ env: { WICK_SERVER: url, WICK_API_KEY: 'wk_k' }, cwd, projectDir: cwd, nowMs: Date.now },
    signal: new AbortController().signal,
    out: (piece: string) => (out += piece),
    progress: () => undefined,
  };
  const code = await runCli(['api', ...argv], world, { err: () => undefined });
  return { code, out };
}

it('sends method, path, query, body, version and key, and prints the answer', async () => {
  writeFileSync(join(cwd, 'body.json'), '{"theme":"dark"}');
  const sent = ['PATCH', '/me/settings', '--query', 'a=1', '--query', 'b=x y', '--body', 'body.json'];
  const { code, out } = await wick(...sent, '--if-match', '"v3"', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    ...{ method: 'PATCH', path: '/api/v1/me/settings?a=1&b=x+y', body: '{"theme":"dark"}' },
    ...{ key: 'Bearer wk_k', match: '"v3"' },
  });
});

it('prints lines as they are, and nothing for nothing', async () => {
  expect(await wick('GET', '/lines')).toEqual({ code: 0, out: '{"a":1}\n{"a":2}\n\n' });
  expect(await wick('DELETE', '/nothing', '--json')).toEqual({ code: 0, out: 'null\n' });
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
