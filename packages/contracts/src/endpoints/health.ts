import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import { HealthView } from '../health.js';

const common = { method: 'GET', tag: 'Health', role: 'public', scope: null } as const;

/** The whole: answers 503 with the same body when a part has failed. */
export const getHealth = endpoint({
  ...common,
  path: '/api/health',
  summary: 'Health of every part',
  reply: HealthView,
  alsoStatus: [503],
  example: {
    reply: { state: 'ok', version: '0.1.0', uptimeMs: 60_000, parts: { database: { state: 'ok', detail: 'answers' } } },
  },
});

export const getReadiness = endpoint({
  ...common,
  path: '/api/health/ready',
  summary: 'Whether the server can do its work',
  reply: HealthView,
  alsoStatus: [503],
});

export const getLiveness = endpoint({
  ...common,
  path: '/api/health/live',
  summary: 'Whether the process answers',
  reply: z.object({ state: z.literal('ok') }),
  example: { reply: { state: 'ok' } },
});
