import { randomUUID } from 'node:crypto';
import {
  encodeCandleFrame,
  OHLCV_CLOSE,
  OHLCV_LIMITS,
  type CandleFrame,
  type OhlcvClientMessage,
} from '@wickworks/contracts';
import { err, ok, type Result, type SeriesKey } from '@wickworks/core';
import type { Demand } from '../auth/principal.js';
import type { ExchangeStatus } from '../feed/exchange-feed.js';
import { chooseIndicators, type IndicatorChoice } from '../feed/indicator-track.js';
import { AWAY, FAILED, isPassing, problemOf, refuse, refusalOfFailure, type Refusal } from '../wire/problem.js';
import { rowsText } from './candle-blocks.js';
import { CandleSubscription, continuationOf, type Continuation } from './candle-subscription.js';
import type { ClientSocket } from './client-socket.js';
import type { OhlcvContext } from './context.js';
import { subscriptionName } from './follower.js';
import { binaryFrame, textFrame } from './frame.js';
import { parseClientMessage } from './parse-message.js';
import type { ResumeState } from './resume-book.js';
import type { ResumeClaims } from './resume-token.js';
import { TickerStream } from './ticker-stream.js';
import type { Visitor } from './visitor.js';

type Op<Name extends OhlcvClientMessage['op']> = Extract<OhlcvClientMessage, { op: Name }>;
type Outcome = Result<void, Refusal>;

/** What everything on this socket asks of whoever uses it. */
export const MARKET_DATA: Demand = { role: 'market-data', scope: 'market-data:read' };

/** Candles before the snapshot that indicators are calculated over, so that recursive ones have settled. */
const settlingCandles = (choices: readonly IndicatorChoice[]): number =>
  Math.max(0, ...choices.map((choice) => choice.settlingCandles));

/** One client of `/ws/ohlcv`: reads its operations, owns its subscriptions. */
export class Session {
  readonly #context: OhlcvContext;
  readonly #socket: ClientSocket;
  readonly #connectionId: string;
  readonly #visitor: Visitor;
  /** Under way while a token is looked at. */
  #signingIn: Promise<void> | null = null;
  readonly #candles = new Map<string, CandleSubscription>();
  readonly #tickers = new Map<string, TickerStream>();
  readonly #statusOff = new Map<string, () => void>();
  #lastNumber = 0;
  #lastMessage = 0;
  /** Subscriptions asked for and not yet answered. */
  #opening = 0;

  constructor(input: { context: OhlcvContext; socket: ClientSocket; connectionId: string; visitor: Visitor }) {
    this.#context = input.context;
    this.#socket = input.socket;
    this.#connectionId = input.connectionId;
    this.#visitor = input.visitor;
    this.#socket.onDrain(() => {
      for (const subscription of this.#candles.values()) subscription.payOwed();
    });
  }

  get socket(): ClientSocket {
    return this.#socket;
  }

  get subscriptionCount(): number {
    return this.#candles.size + this.#tickers.size;
  }

  /** Greets the client. */
  start(): void {
    const { protocol, heartbeatMs } = OHLCV_LIMITS;
    this.#socket.send({ kind: 'hello', protocol, serverTimeMs: this.#context.nowMs(), heartbeatMs });
  }

  /** Acts on one text frame; whatever it holds, the socket stays open. */
  async onText(text: string): Promise<void> {
    const messageNumber = ++this.#lastMessage;
    const parsed = parseClientMessage(text);
    if (!parsed.ok) {
      this.#refuse(parsed.error.id, parsed.error.refusal, messageNumber);
      return;
    }
    const done = await this.#run(parsed.value);
    if (!done.ok) this.#refuse(parsed.value.id, done.error, messageNumber);
  }

  /** Clients send text only. */
  onBinary(): void {
    const refusal = refuse('malformed-message', 'clients send text frames; this one was binary');
    this.#refuse(undefined, refusal, ++this.#lastMessage);
  }

  /** Sends tickers that changed; called at the pace promised to clients. */
  paceTickers(): void {
    for (const stream of this.#tickers.values()) stream.pace();
  }

  /** The connection is gone: streams stop, what can be resumed is kept. */
  end(): void {
    for (const subscription of this.#candles.values()) {
      subscription.close();
      this.#context.resumes.lost(subscription.claims.uid);
    }
    for (const stream of this.#tickers.values()) stream.close();
    for (const off of this.#statusOff.values()) off();
    this.#candles.clear();
    this.#tickers.clear();
    this.#statusOff.clear();
  }

  async #run(message: OhlcvClientMessage): Promise<Outcome> {
    // What was sent right behind a token waits for it; whoever sent the token hears what came of it.
    if (this.#signingIn) await this.#signingIn.catch(() => undefined);
    const refusal = message.op === 'auth' ? null : this.#visitor.refusal(MARKET_DATA);
    if (refusal) {
      this.#socket.close(OHLCV_CLOSE.unauthenticated, refusal.detail);
      return ok(undefined);
    }
    try {
      switch (message.op) {
        case 'auth':
          this.#signingIn = this.#signIn(message).finally(() => (this.#signingIn = null));
          await this.#signingIn;
          return ok(undefined);
        case 'subscribe':
          return await this.#subscribe(message);
        case 'history':
          return await this.#history(message);
        case 'resume':
          return await this.#resume(message);
        case 'unsubscribe':
          return this.#unsubscribe(message);
        case 'tickers':
          return await this.#followTickers(message);
        case 'ping':
          this.#socket.send({ kind: 'pong', id: message.id });
          return ok(undefined);
      }
    } catch (error) {
      if (isPassing(error)) return err(AWAY);
      this.#context.log.error({ err: error, connection: this.#connectionId, op: message.op }, 'operation failed');
      return err(FAILED);
    }
  }

  async #signIn({ id, token }: Op<'auth'>): Promise<void> {
    const signedIn = await this.#visitor.signIn(token);
    if (!signedIn.ok) this.#socket.close(OHLCV_CLOSE.unauthenticated, signedIn.error.detail);
    else this.#socket.send({ kind: 'signed-in', ...(id !== undefined && { id }) });
  }

  async #subscribe(op: Op<'subscribe'>): Promise<Outcome> {
    const { exchange, symbol, timeframe, limit, encoding, indicators, strategies } = op;
    for (const [index, strategy] of (strategies ?? []).entries()) {
      if (await this.#context.signals.isOwned(strategy, this.#visitor.principal.userId)) continue;
      const message = `there is no strategy "${strategy}"`;
      return err(refuse('unknown-strategy', message, [{ path: `strategies.${index}`, message }]));
    }
    const claims = { uid: randomUUID(), exchange, symbol, timeframe, limit, encoding, indicators, strategies };
    return this.#whileOpening(() => this.#open({ id: op.id, claims }));
  }

  async #resume(op: Op<'resume'>): Promise<Outcome> {
    const { tokens, resumes } = this.#context;
    const read = tokens.read(op.resumeToken);
    if (!read) return err(refuse('unknown-resume-token', 'this server did not issue that resume token'));
    const state = resumes.take(read.uid);
    const claims = state?.claims ?? ('symbol' in read ? read : undefined);
    if (!claims) return err(refuse('unknown-resume-token', 'that subscription is no longer kept; subscribe again'));
    const putBack = (): void => {
      if (state) resumes.putBack(state);
    };
    const opening = this.#whileOpening(() => this.#open({ id: op.id, claims, resume: { state, seq: op.seq } }));
    const opened = await opening.catch((error: unknown) => {
      putBack();
      throw error;
    });
    if (!opened.ok) putBack();
    return opened;
  }

  async #whileOpening(work: () => Promise<Outcome>): Promise<Outcome> {
    if (this.subscriptionCount + this.#opening >= OHLCV_LIMITS.subscriptionsMax) {
      const detail = `one connection holds at most ${OHLCV_LIMITS.subscriptionsMax} subscriptions`;
      return err(refuse('too-many-subscriptions', detail));
    }
    this.#opening++;
    try {
      return await work();
    } finally {
      this.#opening--;
    }
  }

  /** Opens a candle stream, anew or behind what a resuming client already has. */
  async #open(input: {
    id: string;
    claims: ResumeClaims;
    resume?: { state: ResumeState | null; seq: number };
  }): Promise<Outcome> {
    const { id, claims, resume } = input;
    const { feed, channels, blocks, tokens, resumes, nowMs } = this.#context;
    const key: SeriesKey = { exchange: claims.exchange, symbol: claims.symbol, timeframe: claims.timeframe };
    const choices = await chooseIndicators(claims.indicators ?? []);
    if (!choices.ok) return choices;
    const acquired = await feed.acquireStored(key);
    if (!acquired.ok) return acquired;
    const hubLease = acquired.value;
    let continuation: Continuation | null = null;
    try {
      if (resume?.state)
        continuation = await continuationOf({ state: resume.state, seq: resume.seq, key }, hubLease, feed);
      await hubLease.hub.ensureDepth(claims.limit + settlingCandles(choices.value));
      await this.#socket.ready();
    } catch (error) {
      hubLease.release();
      throw error;
    }
    if (!this.#socket.isOpen) {
      hubLease.release();
      if (resume?.state) resumes.putBack(resume.state);
      return ok(undefined);
    }

    // From here to the end nothing waits: no event can slip between what is told now and the stream behind it.
    const lease = channels.acquire(hubLease, choices.value);
    lease.channel.flush();
    lease.channel.track?.deepen();
    const number = ++this.#lastNumber;
    const name = subscriptionName(number);
    const subscription = new CandleSubscription({
      socket: this.#socket,
      number,
      claims,
      lease,
      nowMs,
      signals: this.#context.signals,
      onFailed: (detail) => this.#onFailed(name, detail),
      onHopeless: () => this.#socket.close(OHLCV_CLOSE.slow, 'too far behind; resume when ready'),
    });
    const reaches = continuation !== null && subscription.hub.closedAfter(continuation.closedMs) !== null;
    const goOnFrom = reaches ? continuation : null;
    this.#socket.send({
      kind: 'subscribed',
      id,
      subscription: name,
      resumeToken: tokens.issue(claims),
      ...(resume && { resumed: goOnFrom !== null }),
      ...(!hubLease.isListed && { unlisted: true as const }),
    });
    if (goOnFrom) subscription.goOn(goOnFrom, resume?.seq ?? 0);
    else subscription.startAnew(blocks);
    this.#candles.set(name, subscription);
    resumes.opened({ claims, log: subscription.log }, () => this.#detach(name));
    this.#followStatus(key.exchange);
    return ok(undefined);
  }

  async #history(op: Op<'history'>): Promise<Outcome> {
    const subscription = this.#candles.get(op.subscription);
    if (!subscription) return err(this.#unknownSubscription(op.subscription));
    await this.#socket.ready();
    const page = await subscription.hub.history(op.before, op.limit);
    if (!page.ok) return err(refusalOfFailure(page.error));
    const { candles, gaps, complete } = page.value;
    const encoding = op.encoding ?? subscription.claims.encoding;
    const { id, subscription: name } = op;
    if (encoding === 'json') {
      const head = `{"kind":"history","id":${JSON.stringify(id)},"subscription":"${name}"`;
      const tail = `"gaps":${JSON.stringify(gaps)},"complete":${complete ? 'true' : 'false'}`;
      this.#socket.queue(textFrame(`${head},"candles":[${rowsText(candles)}],${tail}}`, this.#socket.isDeflating));
    } else {
      const frame: CandleFrame = { kind: 'history', id, subscription: name, candles, gaps, complete };
      this.#socket.queue(binaryFrame(encodeCandleFrame(frame, encoding)));
    }
    return ok(undefined);
  }

  #unsubscribe(op: Op<'unsubscribe'>): Outcome {
    const { id, subscription: name } = op;
    const subscription = this.#candles.get(name);
    const stream = this.#tickers.get(name);
    if (!subscription && !stream) return err(this.#unknownSubscription(name));
    if (subscription) this.#context.resumes.ended(subscription.claims.uid);
    this.#detach(name);
    this.#socket.send({ kind: 'unsubscribed', id, subscription: name });
    return ok(undefined);
  }

  async #followTickers(op: Op<'tickers'>): Promise<Outcome> {
    const board = this.#context.tickers.get(op.exchange);
    const exchange = this.#context.feed.exchanges.get(op.exchange);
    if (!board || !exchange) return err(refuse('unknown-exchange', `exchange "${op.exchange}" is not configured`));
    return this.#whileOpening(async () => {
      const markets = await exchange.markets();
      if (!markets.ok) return err(refusalOfFailure(markets.error));
      const index = op.symbols.findIndex((symbol) => !markets.value.has(symbol));
      if (index >= 0) {
        const message = `exchange "${op.exchange}" has no market "${op.symbols[index]!}"`;
        return err(refuse('unknown-symbol', message, [{ path: `symbols.${index}`, message }]));
      }
      if (!this.#socket.isOpen) return ok(undefined);
      const name = subscriptionName(++this.#lastNumber);
      // Prices of the moment are not resumed but asked for again: the token stays empty.
      this.#socket.send({ kind: 'subscribed', id: op.id, subscription: name, resumeToken: '' });
      const stream = new TickerStream({ board, socket: this.#socket, subscription: name, symbols: op.symbols });
      this.#tickers.set(name, stream);
      stream.start();
      this.#followStatus(op.exchange);
      return ok(undefined);
    });
  }

  /** Tells the exchange's status now and at every change. */
  #followStatus(id: string): void {
    const exchange = this.#context.feed.exchanges.get(id);
    if (!exchange) return;
    this.#sendStatus(exchange.status);
    if (this.#statusOff.has(id)) return;
    this.#statusOff.set(
      id,
      exchange.onStatus((status) => this.#sendStatus(status)),
    );
  }

  #sendStatus({ exchange, state, sinceMs, lastMessageMs, reason }: ExchangeStatus): void {
    this.#socket.send({
      kind: 'status',
      exchange,
      state,
      sinceMs,
      lastMessageMs,
      ...(reason !== '' && { reason }),
    });
  }

  #onFailed(name: string, detail: string): void {
    const subscription = this.#candles.get(name);
    if (subscription) this.#context.resumes.ended(subscription.claims.uid);
    this.#detach(name);
    const refusal = refuse('exchange-unavailable', `subscription ${name} ended: ${detail}`);
    this.#refuse(undefined, refusal, this.#lastMessage, name);
  }

  /** Ends a subscription here; whether it can live on elsewhere is the resume book's business. */
  #detach(name: string): void {
    this.#candles.get(name)?.close();
    this.#tickers.get(name)?.close();
    this.#candles.delete(name);
    this.#tickers.delete(name);
  }

  #unknownSubscription(name: string): Refusal {
    return refuse('unknown-subscription', `this connection has no subscription "${name}"`);
  }

  #refuse(id: string | undefined, refusal: Refusal, messageNumber: number, subscription?: string): void {
    this.#socket.send({
      kind: 'error',
      ...(id !== undefined && { id }),
      ...(subscription !== undefined && { subscription }),
      problem: problemOf(refusal, `${this.#connectionId}-${messageNumber}`),
    });
  }
}
