import type { IncomingMessage, ServerResponse } from 'node:http';
import { MS_PER_DAY } from '@wickworks/core';
import { z } from 'zod';
import type { ListedMarket } from '../replay/catalog.js';
import { sendJson } from './http-api.js';
import { isTrading, type VenueContext } from './markets.js';
import type { StreamHub } from './stream-hub.js';

const LONGEST_BODY_BYTES = 65_536;
const LONGEST_ADVANCE_MS = 31 * MS_PER_DAY;

const Advance = z.strictObject({ advanceMs: z.int().min(0).max(LONGEST_ADVANCE_MS) });

/** What the operator's calls work on. */
export interface OperatorContext {
  readonly context: VenueContext;
  readonly hub: StreamHub;
  readonly seed: number;
  /** Jumps ahead in simulated time and tells the new time when all events due are sent. */
  readonly advance: (ms: number) => Promise<number>;
}

/** Answers `/_venue/…`: what is replayed, the clock, faults. These calls are the venue's own, not Binance's. */
export async function answerOperator(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  operator: OperatorContext,
): Promise<void> {
  const call = `${request.method ?? ''} ${url.pathname}`;
  if (call === 'GET /_venue/state') {
    sendJson(response, 200, describeVenue(operator));
    return;
  }
  if (call !== 'POST /_venue/clock') {
    sendJson(response, 404, { error: `there is no ${call}` });
    return;
  }
  if (!isLoopback(request)) {
    sendJson(response, 403, { error: 'only the machine itself may change the venue' });
    return;
  }
  const body = await readJson(request);
  if ('error' in body) {
    sendJson(response, 400, body);
    return;
  }
  const wanted = Advance.safeParse(body.value);
  if (!wanted.success) {
    sendJson(response, 400, { error: z.prettifyError(wanted.error) });
    return;
  }
  sendJson(response, 200, { nowMs: await operator.advance(wanted.data.advanceMs) });
}

function describeVenue({ context, hub, seed }: OperatorContext): object {
  const nowMs = context.clock.nowMs();
  return {
    venue: 'wickworks',
    seed,
    clock: {
      mode: context.repeats ? 'redated' : 'historical',
      nowMs,
      startMs: context.clock.startMs,
      speed: context.clock.speed,
    },
    markets: context.markets.all.map((listed) => describeMarket(listed, context, nowMs)),
    connections: [...hub.connections].map(({ id, streams }) => ({ id, streams: [...streams] })),
  };
}

function describeMarket(listed: ListedMarket, context: VenueContext, nowMs: number): object {
  const trading = isTrading(listed, context.repeats, nowMs);
  const roundMs = listed.sourceToMs - listed.sourceFromMs;
  const sourceNowMs = context.repeats
    ? listed.sourceFromMs + (Math.max(0, nowMs - listed.sourceFromMs) % roundMs)
    : Math.min(Math.max(nowMs, listed.sourceFromMs), listed.sourceToMs);
  const moment = trading ? `; now shows ${minuteText(sourceNowMs)}` : '; not trading at this time';
  return {
    symbol: listed.symbol,
    id: listed.id,
    timeframe: listed.timeframe,
    replaying: `Replay of ${listed.what}${moment}${context.repeats ? ', then starts over' : ''}`,
    source: listed.source,
    licence: listed.licence,
    sourceFromMs: listed.sourceFromMs,
    sourceToMs: listed.sourceToMs,
    sourceNowMs,
    trading,
  };
}

/** `2024-08-08 23:54 UTC`. */
const minuteText = (timeMs: number): string => `${new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** True when the caller is on this machine. */
export function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** The JSON body of a request. A browser page elsewhere cannot send this content type without asking first. */
export async function readJson(request: IncomingMessage): Promise<{ value: unknown } | { error: string }> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return { error: 'the body must be sent with content-type: application/json' };
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_BODY_BYTES) return { error: `the body may have ${LONGEST_BODY_BYTES} bytes` };
    chunks.push(chunk);
  }
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    return { error: 'the body is not JSON' };
  }
}
