import type { ServerResponse } from 'node:http';
import { ApiError } from './errors.js';
import type { VenueContext } from './markets.js';
import { Parameters } from './parameters.js';
import type { Route } from './rest/route.js';
import { ROUTES } from './rest/routes.js';
import type { WeightLimit } from './weight-limit.js';

const PREFIX = '/api/v3/';
const BY_PATH: ReadonlyMap<string, Route> = new Map(ROUTES.map((route) => [PREFIX + route.path, route]));

/** An HTTP answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The weight of a call. */
export function weightOf(route: Route, raw: ReadonlyMap<string, string>): number {
  return typeof route.weight === 'number' ? route.weight : route.weight(raw);
}

/** What the public REST API answers; every refusal in Binance's form. */
export function answerApi(
  request: { method: string; url: URL; client: string },
  { context, weights }: { context: VenueContext; weights: WeightLimit },
): Reply {
  const { method, url, client } = request;
  const route = BY_PATH.get(url.pathname);
  if (route === undefined) {
    return errorReply(new ApiError(404, -1, `This venue has no ${url.pathname}.`), {});
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return errorReply(new ApiError(405, -1, `${url.pathname} answers GET only.`), { allow: 'GET, HEAD' });
  }
  const used = String(weights.use(client, weightOf(route, new Map(url.searchParams))));
  const headers = { 'x-mbx-used-weight': used, 'x-mbx-used-weight-1m': used };
  try {
    const refusal = weights.refusal(Number(used));
    if (refusal) throw refusal;
    const parameters = Parameters.fromQuery(url.searchParams);
    const answer = route.answer(parameters, context);
    parameters.finish();
    return jsonReply(200, answer, headers);
  } catch (error) {
    if (error instanceof ApiError) return errorReply(error, headers);
    throw error;
  }
}

/** `body` as JSON. */
export const jsonReply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  body: JSON.stringify(body),
});

/** A refusal as Binance words it. */
export function errorReply(error: ApiError, headers: Readonly<Record<string, string>>): Reply {
  const retry = error.retryAfterS === undefined ? {} : { 'retry-after': String(error.retryAfterS) };
  return jsonReply(error.status, { code: error.code, msg: error.message }, { ...headers, ...retry });
}

/** Hands a reply to the client. */
export function send(response: ServerResponse, reply: Reply): void {
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': bytes.length,
    ...reply.headers,
  });
  response.end(bytes);
}
