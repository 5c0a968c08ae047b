import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { hasReply, TextStream, type Endpoint } from '@wickworks/contracts';
import type { Authenticate } from '../auth/authenticate.js';
import { ANONYMOUS, refusalOf, type Principal } from '../auth/principal.js';
import { faultOfJson } from '../wire/json-shape.js';
import { refuse } from '../wire/problem.js';
import { CallHeaders, type Call, type Handler } from './call.js';
import type { Idempotency } from './idempotency.js';
import type { RateLimits } from './rate-limits.js';
import { granted, onlyMethods, parsed, RefusedError, requestIdOf, TOO_LARGE } from './problems.js';

/** What every endpoint is guarded by. */
export interface ApiGuards {
  readonly authenticate: Authenticate;
  readonly isMarketDataPublic: boolean;
  readonly limits: RateLimits;
  readonly idempotency: Idempotency;
}

/**
 * The endpoints of the contract joined to what answers them. Of each request it is found out who asks, whether they
 * may, and whether they ask too often; only then its body is read, and only what fits the contract reaches a handler.
 */
export class ApiRouter {
  readonly #guards: ApiGuards;
  readonly #routes: { readonly endpoint: Endpoint; readonly handlers: readonly RequestHandler[] }[] = [];

  constructor(guards: ApiGuards) {
    this.#guards = guards;
  }

  /** Every endpoint that is answered. */
  get endpoints(): readonly Endpoint[] {
    return this.#routes.map(({ endpoint }) => endpoint);
  }

  /** Answers `endpoint` with what `handler` returns; it may throw a {@link RefusedError}. */
  route<E extends Endpoint>(endpoint: E, handler: Handler<E>): void {
    const answer = async (request: Request, response: Response): Promise<void> => {
      const principal = principalOf(response);
      response.status(endpoint.status);
      const call: Call<E> = {
        principal,
        // The schemas are the endpoint's own: what they return has its types.
        params: parsed(endpoint.params, request.params) as never,
        query: parsed(endpoint.query, request.query) as never,
        body: (endpoint.bodyMedia.length > 0
          ? piecesOf(request, endpoint.bodyBytesMax)
          : parsed(endpoint.body, request.body)) as never,
        requestId: requestIdOf(request),
        address: addressOf(request),
        agent: request.get('user-agent')?.slice(0, 256) ?? '',
        http: new CallHeaders(response),
      };
      const work = async (): Promise<unknown> => {
        const reply: unknown = await handler(call);
        return hasReply(endpoint) ? reply : undefined;
      };
      if (endpoint.media.length > 0) await sendText(response, await handler(call));
      else if (endpoint.isIdempotent) await this.#guards.idempotency.answer(request, response, principal.userId, work);
      else if (hasReply(endpoint)) response.json(await work());
      else {
        await work();
        response.end();
      }
    };
    const handlers = [this.#admit(endpoint), noNulInAddress, noStore, ...bodyReaders(endpoint), answer];
    this.#routes.push({ endpoint, handlers });
  }

  /** The router of all of it; fixed parts of a path win over parameters, other methods are answered with 405. */
  build(): Router {
    const router = Router();
    const paths = [...new Set(this.endpoints.map(({ path }) => path))].sort(byPrecedence);
    for (const path of paths) {
      const routes = this.#routes.filter(({ endpoint }) => endpoint.path === path);
      for (const { endpoint, handlers } of routes) {
        const method = endpoint.method.toLowerCase() as Lowercase<Endpoint['method']>;
        router[method](path, ...handlers);
      }
      router.all(path, this.countAddress);
      onlyMethods(
        router,
        path,
        routes.map(({ endpoint }) => endpoint.method),
      );
    }
    return router;
  }

  /** Counts requests that no endpoint takes: guessing paths is not free. */
  readonly countAddress: RequestHandler = async (request, response, next) => {
    await this.#guards.limits.count(response, { rate: 'address', subject: addressOf(request) });
    next();
  };

  #admit(endpoint: Endpoint): RequestHandler {
    const { authenticate, isMarketDataPublic, limits } = this.#guards;
    return async (request: Request, response: Response, next: NextFunction) => {
      const address = addressOf(request);
      await limits.count(response, { rate: 'address', subject: address });
      const changesSomething = endpoint.method !== 'GET' && endpoint.role !== 'public';
      const asking = authenticate({ headers: request.headers, address, changesSomething });
      // A database that is away lets nobody be known; health is there to tell of it.
      const found = await (endpoint.path.startsWith('/api/health') ? asking.catch(() => null) : asking);
      const isNobody = found === null || (!found.ok && !endpoint.demandsSoundCredentials);
      const principal = isNobody ? ANONYMOUS : granted(found);
      const subject = principal.grantId ?? (principal.userId === '' ? address : principal.userId);
      await limits.count(response, { rate: endpoint.rate, subject: endpoint.rate === 'auth' ? address : subject });
      response.locals['principal'] = principal;
      const refusal = refusalOf(principal, endpoint, isMarketDataPublic);
      if (refusal) throw new RefusedError(refusal);
      next();
    };
  }
}

/** Sends text as it comes, no faster than it is taken; whoever goes away ends it. */
async function sendText(response: Response, text: unknown): Promise<void> {
  await pipeline(Readable.from(TextStream.parse(text)), response).catch((error: unknown) => {
    // What has begun cannot become a refusal any more: the connection ends before the text does.
    if (!response.headersSent) throw error;
    response.destroy();
  });
}

const principalOf = (response: Response): Principal => response.locals['principal'] as Principal;
const addressOf = (request: Request): string => request.ip ?? request.socket.remoteAddress ?? '';

/** Answers are of the moment and may be for one person only. */
const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** As {@link faultOfJson} of bodies. */
const noNulInAddress: RequestHandler = (request, _response, next) => {
  if (request.url.includes('%00')) throw new RefusedError(refuse('bad-request', 'an address holds no NUL'));
  next();
};

const wellShaped: RequestHandler = (request, _response, next) => {
  const message = faultOfJson(request.body);
  if (message !== null) throw new RefusedError(refuse('invalid-field', message, [{ path: '', message }]));
  next();
};

function bodyReaders(endpoint: Endpoint): RequestHandler[] {
  if (endpoint.method === 'GET') return [];
  const { bodyMedia } = endpoint;
  if (bodyMedia.length > 0) {
    return [
      (request, _response, next) => {
        if (request.is([...bodyMedia]) === false || request.headers['content-type'] === undefined)
          throw new RefusedError(refuse('unsupported-media-type', `send ${bodyMedia.join(' or ')}`));
        next();
      },
    ];
  }
  const onlyJson: RequestHandler = (request, _response, next) => {
    const length = request.headers['content-length'];
    const isSent = request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
    if (isSent && !request.is('application/json'))
      throw new RefusedError(refuse('unsupported-media-type', 'send JSON (content-type: application/json)'));
    // Said before any of it is read; the parser would first wait for the end.
    if (Number(length) > endpoint.bodyBytesMax) throw new RefusedError(TOO_LARGE);
    next();
  };
  return [onlyJson, express.json({ limit: endpoint.bodyBytesMax }), wellShaped];
}

/** The body as it comes, refused when it grows beyond `bytesMax`. */
async function* piecesOf(request: Request, bytesMax: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > bytesMax)
      throw new RefusedError(refuse('payload-too-large', `the body is larger than ${bytesMax} bytes`));
    yield piece;
  }
}

/** `/a/b` before `/a/:id`, so that it is not taken for an id. */
function byPrecedence(a: string, b: string): number {
  const rank = (path: string): string => path.replaceAll(/[^/]+/g, (part) => (part.startsWith(':') ? '1' : '0'));
  return rank(a).localeCompare(rank(b));
}
