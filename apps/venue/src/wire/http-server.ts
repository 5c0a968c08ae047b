import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultBox } from '../faults/fault-box.js';
import { breakOff } from '../faults/frame-faults.js';
import type { KeyBook } from '../keys/key-book.js';
import { ApiError } from './errors.js';
import { answerApi, errorReply, jsonReply, send, type Reply } from './http-api.js';
import type { VenueContext } from './markets.js';
import { answerOperator, type OperatorContext } from './operator-api.js';
import { answerSigned, isSigned } from './signed/signed-api.js';
import type { WeightLimit } from './weight-limit.js';

/** What the HTTP side of the venue works on. */
export interface HttpOptions {
  readonly context: VenueContext;
  readonly weights: WeightLimit;
  readonly faults: FaultBox;
  readonly operator: OperatorContext;
  readonly keys: KeyBook;
  /** Wall clock, ms UTC. */
  readonly wallNowMs: () => number;
}

/** The venue's HTTP server: Binance's REST API under `/api/v3`, its signed calls under `/sapi`, the operator's calls under `/_venue`. */
export function createHttpServer(options: HttpOptions): Server {
  return createServer((request, response) => {
    handle(request, response, options).catch((error: unknown) => {
      // A bug of ours: say so here, tell the client no more than Binance would, and live on.
      console.error(`venue: ${request.url ?? ''}:`, error);
      if (response.headersSent) response.destroy();
      else
        send(response, jsonReply(500, { code: -1000, msg: 'An unknown error occurred while processing the request.' }));
    });
  });
}

async function handle(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  const url = readUrl(request);
  if (url === undefined) send(response, jsonReply(400, { code: -1100, msg: 'The request address is malformed.' }));
  else if (url.pathname.startsWith('/_venue/')) send(response, await answerOperator(request, url, options.operator));
  else await answerThroughFaults(request, response, url, options);
}

async function answerThroughFaults(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { context, weights, faults, keys, wallNowMs }: HttpOptions,
): Promise<void> {
  const subject = url.pathname + url.search;
  // Left open without a word until the client gives up.
  if (faults.strikes('silence', subject, 'http')) return;
  const delay = faults.strikes('delay', subject, 'http');
  if (delay) await sleep(delay.delayMs);
  const call = { method: request.method ?? '', url, client: request.socket.remoteAddress ?? '' };
  const apiKey = request.headers['x-mbx-apikey'];
  const answer = (): Reply =>
    isSigned(url)
      ? answerSigned({ ...call, apiKey: typeof apiKey === 'string' ? apiKey : undefined }, { keys, weights, wallNowMs })
      : answerApi(call, { context, weights });
  const reply = faultReply(subject, faults) ?? answer();
  if (response.destroyed) return;
  const malformed = faults.strikes('malformed', subject, 'http');
  send(response, malformed ? { ...reply, body: breakOff(reply.body, faults) } : reply);
}

function faultReply(subject: string, faults: FaultBox): Reply | undefined {
  const fault = faults.strikes('http-error', subject, 'http');
  if (fault === undefined) return undefined;
  const { status, code = -1000, message = 'Injected fault.', retryAfterS } = fault;
  return errorReply(new ApiError(status, code, message, retryAfterS), {});
}

/** The address of a request; `undefined` when it is none. */
export function readUrl(request: IncomingMessage): URL | undefined {
  try {
    return new URL(request.url ?? '/', 'http://venue');
  } catch {
    return undefined;
  }
}
