import { expect, it } from 'vitest';
import * as z from 'zod';
import { ENDPOINTS, EventsClientMessage, hasBody, OhlcvClientMessage } from './index.js';

/** Paths of the objects within a JSON Schema that name their fields and take others too. */
function laxObjects(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const isLax = 'properties' in schema && !('additionalProperties' in schema && schema.additionalProperties === false);
  const within = Object.entries(schema).flatMap(([name, part]) => laxObjects(part, `${path}/${name}`));
  return isLax ? [path, ...within] : within;
}

it('no endpoint takes a field that it does not know: what is misspelt is refused, never ignored', () => {
  const lax = ENDPOINTS.flatMap((endpoint) => {
    const { method, path, role, query, body, bodyMedia } = endpoint;
    // Probes and caches may add to such an address; there is nothing that could be misspelt.
    if (method === 'GET' && role === 'public') return [];
    const isJson = hasBody(endpoint) && bodyMedia.length === 0;
    const taken = { query, ...(isJson ? { body } : {}) };
    return Object.entries(taken).flatMap(([place, schema]) =>
      laxObjects(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), `${method} ${path} ${place}`),
    );
  });
  // What a browser's authenticator answers is its own affair; the standard adds to it.
  expect(lax.filter((path) => !path.includes('/properties/credential'))).toEqual([]);
});

it('an endpoint that asks for no body takes none or an empty one, and refuses a field by its name', () => {
  const bodies = ENDPOINTS.filter((endpoint) => !hasBody(endpoint)).map(({ body }) => body);
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of bodies) {
    for (const empty of [undefined, {}]) expect(body.safeParse(empty)).toEqual({ success: true, data: undefined });
    expect(body.safeParse({ version: 1 }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: ['version'] },
    ]);
  }
});

it.each([
  ['/ws/ohlcv', OhlcvClientMessage],
  ['/ws/events', EventsClientMessage],
])('no message to %s has a field that is not known', (path, message) => {
  expect(laxObjects(z.toJSONSchema(message, { io: 'input' }), path)).toEqual([]);
});
