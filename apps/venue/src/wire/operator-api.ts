import type { IncomingMessage } from 'node:http';
import { MS_PER_DAY } from '@wickworks/core';
import { z } from 'zod';
import type { ListedMarket } from './markets.js';
import { FaultRequest, KINDS_OF_MATCHING } from '../faults/fault.js';
import type { KeyBook } from '../keys/key-book.js';
import type { ActiveFault, FaultBox } from '../faults/fault-box.js';
import { jsonReply, type Reply } from './http-api.js';
import { isTrading, type VenueContext } from './markets.js';
import type { StreamHub } from './stream-hub.js';

const LONGEST_BODY_BYTES = 65_536;
const LONGEST_ADVANCE_MS = 31 * MS_PER_DAY;

const Advance = z.strictObject({ advanceMs: z.int().min(0).max(LONGEST_ADVANCE_MS) });

/** Rights of a new key; by default those of a careful person: it trades, withdraws nothing. */
const KeyRequest = z.strictObject({
  reading: z.boolean().default(true),
  trading: z.boolean().default(true),
  withdrawals: z.boolean().default(false),
  ipRestricted: z.boolean().default(false),
});

/** What the operator's calls work on. */
export interface OperatorContext {
  readonly context: VenueContext;
  readonly hub: StreamHub;
  readonly seed: number;
  /** Jumps ahead in simulated time and tells the new time when all events due are sent. */
  readonly advance: (ms: number) => Promise<number>;
  readonly faults: FaultBox;
  readonly keys: KeyBook;
  /** Wall clock, ms UTC. */
  readonly wallNowMs: () => number;
  /** Whether faults may be injected at all. */
  readonly faultsOpen: boolean;
}

/** Answers `/_venue/…`: what is replayed, the clock, faults, keys. These calls are the venue's own, not Binance's. */
export async function answerOperator(request: IncomingMessage, url: URL, operator: OperatorContext): Promise<Reply> {
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'GET /_venue/state':
      return jsonReply(200, describeVenue(operator));
    case 'POST /_venue/clock':
      return changeOnly(request, (body) => moveClock(body, operator));
    case 'POST /_venue/faults':
      return operator.faultsOpen ? changeOnly(request, (body) => injectFault(body, operator)) : faultsAreOff();
    case 'POST /_venue/keys':
      return changeOnly(request, (body) => issueKey(body, operator));
    case 'DELETE /_venue/faults':
      if (!operator.faultsOpen) return faultsAreOff();
      if (!isLoopback(request)) return strangerRefused();
      operator.faults.clear();
      return jsonReply(200, { active: [] });
    default:
      return jsonReply(404, { error: `there is no ${request.method ?? ''} ${url.pathname}` });
  }
}

const faultsAreOff = (): Reply =>
  jsonReply(403, { error: 'fault injection is off; start the venue with WICK_VENUE_FAULTS=1 to open it' });

const strangerRefused = (): Reply => jsonReply(403, { error: 'only the machine itself may change the venue' });

/** Runs `change` on the JSON body of a request that comes from this machine. */
async function changeOnly(request: IncomingMessage, change: (body: unknown) => Promise<Reply> | Reply): Promise<Reply> {
  if (!isLoopback(request)) return strangerRefused();
  const body = await readJson(request);
  return 'error' in body ? jsonReply(400, body) : change(body.value);
}

async function moveClock(body: unknown, operator: OperatorContext): Promise<Reply> {
  const wanted = Advance.safeParse(body);
  if (!wanted.success) return jsonReply(400, { error: z.prettifyError(wanted.error) });
  return jsonReply(200, { nowMs: await operator.advance(wanted.data.advanceMs) });
}

function issueKey(body: unknown, { keys, wallNowMs }: OperatorContext): Reply {
  const wanted = KeyRequest.safeParse(body);
  if (!wanted.success) return jsonReply(400, { error: z.prettifyError(wanted.error) });
  return jsonReply(201, keys.issue(wanted.data, wallNowMs()));
}

function injectFault(body: unknown, { faults, hub }: OperatorContext): Reply {
  const kind: unknown = typeof body === 'object' && body !== null && 'kind' in body ? body.kind : undefined;
  if (typeof kind === 'string' && KINDS_OF_MATCHING.includes(kind)) {
    return jsonReply(400, { error: `${kind} needs order matching, which this venue does not have yet` });
  }
  const wanted = FaultRequest.safeParse(body);
  if (!wanted.success) return jsonReply(400, { error: z.prettifyError(wanted.error) });
  const fault = faults.add(wanted.data);
  if (wanted.data.kind === 'drop-sockets') {
    hub.terminate((connection) => {
      const streams = [...connection.streams].join(' ');
      return faults.strikes('drop-sockets', streams, 'sockets') !== undefined;
    });
  }
  return jsonReply(201, describeFault(fault));
}

const describeFault = ({ id, request, untilMs, struck }: ActiveFault): object => ({ id, ...request, untilMs, struck });

function describeVenue({ context, hub, seed, faults, faultsOpen }: OperatorContext): object {
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
    faults: { open: faultsOpen, active: faults.active().map(describeFault) },
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
function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/**
 * The JSON body of a request, whatever a script calls it. A browser page names its origin; one from elsewhere cannot
 * send the content type of JSON without asking first.
 */
async function readJson(request: IncomingMessage): Promise<{ value: unknown } | { error: string }> {
  const { origin, 'content-type': type = '' } = request.headers;
  if (origin !== undefined && !/^application\/json\b/i.test(type)) {
    return { error: 'a page must send the body with content-type: application/json' };
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
