import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './errors.js';
import type { VenueContext } from './markets.js';
import { Parameters } from './parameters.js';
import type { Route } from './rest/route.js';
import { ROUTES } from './rest/routes.js';
import type { WeightLimit } from './weight-limit.js';

const PREFIX = '/api/v3/';
const BY_PATH: ReadonlyMap<string, Route> = new Map(ROUTES.map((route) => [PREFIX + route.path, route]));

/** The weight of a call. */
export function weightOf(route: Route, raw: ReadonlyMap<string, string>, context: VenueContext): number {
  return typeof route.weight === 'number' ? route.weight : route.weight(raw, context.markets.all.length);
}

/** Answers a request for the public REST API, every error in Binance's form. */
export function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { context, weights }: { context: VenueContext; weights: WeightLimit },
): void {
  try {
    const route = BY_PATH.get(url.pathname);
    if (route === undefined || request.method !== 'GET') {
      throw new ApiError(404, -1, `This venue has no ${request.method ?? ''} ${url.pathname}.`);
    }
    const used = weights.use(request.socket.remoteAddress ?? '', weightOf(route, new Map(url.searchParams), context));
    response.setHeader('x-mbx-used-weight', used);
    response.setHeader('x-mbx-used-weight-1m', used);
    const refusal = weights.refusal(used);
    if (refusal) throw refusal;
    const parameters = Parameters.fromQuery(url.searchParams);
    const answer = route.answer(parameters, context);
    parameters.finish();
    sendJson(response, 200, answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.retryAfterS !== undefined) response.setHeader('retry-after', error.retryAfterS);
    sendJson(response, error.status, { code: error.code, msg: error.message });
  }
}

/** Sends `body` as JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', 'content-length': bytes.length });
  response.end(bytes);
}
