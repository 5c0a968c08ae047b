import { ExchangeView, listOf, MarketView, Problem } from '@wickworks/contracts';
import { err, ok, type Result } from '@wickworks/core';
import { problemFailure, transportFailure, unexpectedReply, type ClientFailure } from '../failure.js';

export interface RestOptions {
  /** Root of the server, without `/api/v1`. */
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly token: (() => string | undefined) | undefined;
  readonly timeoutMs: number;
}

/** One page of a list; pass `nextCursor` back as `cursor` for the next one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What every call resolves to. */
export type Answer<T> = Promise<Result<T, ClientFailure>>;
export interface ListQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

/** The part of a zod schema that is used here. */
export interface Reply<T> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/** One request. */
export interface Call<T> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** Sent as it is, with its own type, instead of a JSON body. */
  readonly file?: Blob;
  /** Longest wait for the answer, when not as usual. */
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly reply: Reply<T> | 'none';
  readonly signal?: AbortSignal | undefined;
  /** Answer codes, besides 2xx, whose body is the reply. */
  readonly alsoGood?: readonly number[];
}

const ExchangeList = listOf(ExchangeView);
const MarketList = listOf(MarketView);

/**
 * What a page needs before it draws; {@link RestClient} has the rest. Every answer is parsed; nothing is thrown for what
 * the network or the server does.
 */
export class RestCore {
  readonly options: RestOptions;

  constructor(options: RestOptions) {
    this.options = options;
  }

  exchanges(signal?: AbortSignal): Answer<Page<ExchangeView>> {
    return this.ask({ method: 'GET', path: '/api/v1/exchanges', reply: ExchangeList, signal });
  }

  /** `q` matches symbols; the server says which `limit` it accepts. */
  markets(exchange: string, query: ListQuery & { q?: string } = {}, signal?: AbortSignal): Answer<Page<MarketView>> {
    const path = `/api/v1/exchanges/${encodeURIComponent(exchange)}/markets`;
    return this.ask({ method: 'GET', path, query: { ...query }, reply: MarketList, signal });
  }

  /** Any request, for what has no method of its own. */
  ask(call: Omit<Call<never>, 'reply'> & { reply: 'none' }): Answer<null>;
  ask<T>(call: Omit<Call<T>, 'reply'> & { reply: Reply<T> }): Answer<T>;
  async ask<T>(call: Call<T>): Answer<T | null> {
    const answer = await this.#fetch(call);
    if (!answer.ok) return answer;
    const { status, text } = answer.value;
    const isGood = (status >= 200 && status < 300) || call.alsoGood?.includes(status) === true;
    if (isGood && call.reply === 'none') return ok(null);
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return err(isGood ? unexpectedReply('answer is not JSON') : notAProblem(status));
    }
    if (isGood && call.reply !== 'none') {
      const parsed = call.reply.safeParse(json);
      if (parsed.success) return ok(parsed.data);
      const issue = parsed.error.issues[0];
      return err(
        unexpectedReply(`answer breaks the contract at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`),
      );
    }
    const problem = Problem.safeParse(json);
    return err(problem.success ? problemFailure(problem.data) : notAProblem(status));
  }

  async #fetch<T>(call: Call<T>): Answer<{ status: number; text: string }> {
    const { origin, fetch, token, timeoutMs } = this.options;
    const url = new URL(origin + call.path);
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const bearer = token?.();
    const timeout = AbortSignal.timeout(call.timeoutMs ?? timeoutMs);
    try {
      const response = await fetch(url, {
        method: call.method,
        headers: {
          accept: 'application/json',
          ...(call.body !== undefined && { 'content-type': 'application/json' }),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
          ...call.headers,
        },
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
        ...(call.file && { body: call.file }),
        credentials: 'same-origin',
        signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
      });
      return ok({ status: response.status, text: await response.text() });
    } catch (cause) {
      return err(transportFailure(cause instanceof Error ? cause.message : 'no answer'));
    }
  }
}

/** Something between us and the server answered: worth another try only when it says so by its status. */
const notAProblem = (status: number): ClientFailure =>
  status >= 500
    ? transportFailure(`answered ${status} without a problem body`)
    : unexpectedReply(`answered ${status} without a problem body`);
