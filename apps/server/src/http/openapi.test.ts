import { ENDPOINTS, hasBody, hasReply, Problem, PROBLEM_CODES } from '@wickworks/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ScriptedExchange } from '../testing/scripted-exchange.js';
import { startTestServer, type TestServer } from '../testing/test-server.js';
import { openApiPath } from './openapi.js';
import { EXAMPLES } from './openapi-examples.js';

const Content = z.record(
  z.string(),
  z.looseObject({ example: z.unknown().optional(), examples: z.record(z.string(), z.unknown()).optional() }),
);
const Operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), description: z.string() })).default([]),
  requestBody: z.looseObject({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string(), content: Content.optional() })),
});
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

const Components = z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })) });

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

const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

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
    expect(new Set(operations().map(({ operationId }) => operationId)).size).toBe(operations().length);
    for (const { summary, responses } of operations()) {
      expect(summary).not.toBe('');
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '401', '403', '429', '500']));
    }
  });

  it('is OpenAPI 3.1 to others, too', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('describes every operation, parameter and refusal', () => {
    for (const { operationId, description, responses } of operations()) {
      expect([operationId, description]).not.toEqual([operationId, '']);
      for (const [status, response] of Object.entries(responses).filter(([code]) => code >= '400')) {
        const examples = response.content?.['application/problem+json']?.examples ?? {};
        const isUnreadable = status === '408' || status === '431';
        const isHealth = operationId.startsWith('get_health') && status === '503';
        expect([operationId, status, Object.keys(examples).length > 0]).toEqual([
          operationId,
          status,
          !isUnreadable && !isHealth,
        ]);
      }
    }
    const { examples } = Components.parse(document['components']);
    expect(Object.keys(examples).sort()).toEqual([...PROBLEM_CODES].sort());
    for (const [code, { value }] of Object.entries(examples)) expect(Problem.parse(value).code).toBe(code);
  });

  it('holds an example of every body and every answer, which its own schemas and the server’s take', () => {
    const known = new Set(ENDPOINTS.map(({ method, path }) => `${method} ${path}`));
    expect(Object.keys(EXAMPLES).filter((name) => !known.has(name))).toEqual([]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ ...document, $id: 'document' });
    for (const endpoint of ENDPOINTS) {
      const method = endpoint.method.toLowerCase();
      const path = openApiPath(endpoint.path);
      const pointer = `document#/paths/${path.replaceAll('/', '~1').replaceAll(/[{}]/g, encodeURIComponent)}/${method}`;
      const operation = document.paths[path]?.[method];
      const check = (part: 'takes' | 'gives', where: string, content: z.infer<typeof Content> | undefined) => {
        for (const [type, { example }] of Object.entries(content ?? {})) {
          if (!type.includes('json') && type !== 'text/csv') continue; // bytes have none
          if (part === 'gives' && type === 'text/csv') continue; // the same lines, in columns
          expect([pointer, part, type, example !== undefined]).toEqual([pointer, part, type, true]);
          const isValid = ajv.compile({ $ref: `${pointer}/${where}/content/${type.replace('/', '~1')}/schema` });
          expect([pointer, isValid(example), isValid.errors]).toEqual([pointer, true, null]);
          const { bodyMedia, media, body, reply } = endpoint;
          const schema = part === 'takes' ? body : reply;
          if (bodyMedia.length === 0 && media.length === 0) schema.parse(example);
        }
      };
      if (hasBody(endpoint)) check('takes', 'requestBody', operation?.requestBody?.content);
      if (hasReply(endpoint))
        check('gives', `responses/${endpoint.status}`, operation?.responses[endpoint.status]?.content);
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
