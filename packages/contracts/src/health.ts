import * as z from 'zod';

export const HealthPart = z.object({ state: z.enum(['ok', 'degraded', 'failed']), detail: z.string() });
/** `GET /api/health`: the worst part decides `state`. */
export const HealthView = z.object({
  state: z.enum(['ok', 'degraded', 'failed']),
  version: z.string(),
  uptimeMs: z.number(),
  parts: z.record(z.string(), HealthPart),
});
export type HealthView = z.infer<typeof HealthView>;
