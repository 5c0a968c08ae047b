import { z } from 'zod';
import { ApiError } from './errors.js';
import { weightOf } from './http-api.js';
import type { VenueContext } from './markets.js';
import { Parameters } from './parameters.js';
import { rateLimits } from './rest/general.js';
import type { Route } from './rest/route.js';
import { ROUTES } from './rest/routes.js';
import type { WeightLimit } from './weight-limit.js';

const BY_METHOD: ReadonlyMap<string, Route> = new Map(
  ROUTES.flatMap((route) => (route.method === undefined ? [] : [[route.method, route] as const])),
);

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Request = z.object({
  id: z.union([z.string().max(36), z.int(), z.null()]).default(null),
  method: z.string(),
  params: z.record(z.string(), z.union([Scalar, z.array(Scalar)])).default({}),
});

/**
 * Answers one frame of the WebSocket API: `{id,method,params}` → `{id,status,result|error,rateLimits}`.
 * The public methods are those of the REST API; others are refused with -1020.
 */
export function answerWsApi(
  text: string,
  client: string,
  { context, weights }: { context: VenueContext; weights: WeightLimit },
): string {
  const request = Request.safeParse(parseJson(text));
  if (!request.success) {
    return JSON.stringify({ id: null, status: 400, error: { code: -1135, msg: 'Invalid JSON Request' } });
  }
  const { id, method } = request.data;
  const { returnRateLimits, ...params } = request.data.params;
  const raw = new Map(Object.entries(params).map(([name, value]) => [name, toText(value)]));
  const route = BY_METHOD.get(method);
  const used = weights.use(client, route === undefined ? 1 : weightOf(route, raw));
  const limits =
    returnRateLimits === false
      ? {}
      : { rateLimits: rateLimits(context.weightPerMinute).map((limit) => ({ ...limit, count: used })) };
  try {
    const refusal = weights.refusal(used);
    if (refusal) throw refusal;
    if (route === undefined) throw new ApiError(400, -1020, `This venue has no method ${method}.`);
    const parameters = new Parameters(raw);
    const result = route.answer(parameters, context);
    parameters.finish();
    return JSON.stringify({ id, status: 200, result, ...limits });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code, message } = error;
    return JSON.stringify({ id, status, error: { code, msg: message }, ...limits });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Lists travel as JSON text in the REST API, so both are read the same way. */
const toText = (value: string | number | boolean | (string | number | boolean)[]): string =>
  Array.isArray(value) ? JSON.stringify(value) : String(value);
