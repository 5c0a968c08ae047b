import { ENDPOINTS } from '@wickworks/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';
import { openApiPath } from './openapi.js';

const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
});
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

let server: TestServer;
let document: z.infer<typeof Document>;
beforeAll(async () => {
  server = await startTestServer([new ScriptedExchange()]);
  document = Document.parse(await (await fetch(`${server.url}/api/v1/openapi.json`)).json());
});
afterAll(() => server.dispose());

const documented = (): string[] =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );

describe('the OpenAPI document', () => {
  it('holds every endpoint of the contract, and nothing else', () => {
    expect(documented().sort()).toEqual(ENDPOINTS.map(({ method, path }) => `${method} ${openApiPath(path)}`).sort());
  });

  it('names nothing the server does not answer', async () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      const url = `${server.url}${path.replaceAll(/\{\w+\}/g, 'none')}`;
      // A method that is not of this path is answered with those that are.
      const probe = await fetch(url, {
        method: unusedMethod(operations),
        headers: { 'content-type': 'application/json' },
      });
      await probe.body?.cancel();
      expect([path, probe.status]).toEqual([path, 405]);
      const allowed = (probe.headers.get('allow') ?? '').split(', ').filter((method) => method !== 'HEAD');
      expect([path, allowed.sort()]).toEqual([
        path,
        Object.keys(operations)
          .map((method) => method.toUpperCase())
          .sort(),
      ]);
    }
  });

  it('gives each operation a name of its own, a summary, and its refusals', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, responses } of operations) {
      expect(summary).not.toBe('');
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '403', '429', '500']));
    }
  });

  it('its examples are what the endpoints take and give', () => {
    for (const { body, reply, example, path } of ENDPOINTS) {
      if (example.body !== undefined) expect([path, body.safeParse(example.body).success]).toEqual([path, true]);
      if (example.reply !== undefined) expect([path, reply.safeParse(example.reply).success]).toEqual([path, true]);
    }
  });
});

describe('/api/docs', () => {
  it('is a page whose every part this server has', async () => {
    const page = await (await fetch(`${server.url}/api/docs`)).text();
    const parts = [...page.matchAll(/(?:src|href)="(docs[^"]+)"/g)].map(([, part = '']) => part);
    expect(parts.length).toBe(5);
    const style = await (await fetch(`${server.url}/api/docs/style.css`)).text();
    parts.push(...[...style.matchAll(/url\('([^']+)'\)/g)].map(([, part = '']) => `docs/${part}`));
    expect(parts).toContain('docs/swagger-ui.css');
    for (const part of parts) {
      expect(part).not.toContain('//');
      const answer = await fetch(new URL(part, `${server.url}/api/docs`));
      await answer.body?.cancel();
      expect([part, answer.status]).toEqual([part, 200]);
    }
    expect(page).not.toMatch(/<script>|style=|<style/);
    expect((await fetch(`${server.url}/api/docs/../../../package.json`)).status).not.toBe(200);
    expect((await fetch(`${server.url}/api/docs/package.json`)).status).toBe(404);
  });
});

const unusedMethod = (operations: Record<string, unknown>): string =>
  ['PUT', 'PATCH', 'DELETE', 'POST'].find((method) => !(method.toLowerCase() in operations)) ?? 'PUT';
