import * as z from 'zod';
import { endpoint } from '../endpoint.js';

export const getOpenApi = endpoint({
  method: 'GET',
  path: '/api/v1/openapi.json',
  tag: 'Documentation',
  role: 'public',
  scope: null,
  summary: 'This API as an OpenAPI 3.1 document',
  reply: z.record(z.string(), z.unknown()),
});
