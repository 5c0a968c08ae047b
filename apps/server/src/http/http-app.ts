import { randomUUID } from 'node:crypto';
import compression from 'compression';
import cors from 'cors';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { isExposed } from '@wickworks/config';
import type { HealthView } from '@wickworks/contracts';
import type { ReadReplay } from '../app/exchanges.js';
import type { Auth } from '../auth/auth.js';
import { refusalOf, type Principal } from '../auth/principal.js';
import type { Backtests } from '../app/backtests.js';
import type { DocumentCheck } from '../app/document-check.js';
import type { Proofs } from '../app/proofs.js';
import type { Strategies } from '../app/strategies.js';
import type { StrategySignals } from '../app/strategy-signals.js';
import type { Feed } from '../feed/feed.js';
import type { JobBoard } from '../jobs/job-board.js';
import { loggedError } from '../log-secrets.js';
import { refuse } from '../wire/problem.js';
import { apiKeyRoutes } from './api-keys-router.js';
import { ApiRouter } from './api-router.js';
import { auditRoutes } from './audit-router.js';
import { authRoutes } from './auth-router.js';
import { backtestRoutes } from './backtests-router.js';
import { clerkSources } from './clerk-sources.js';
import { credentialRoutes } from './credentials-router.js';
import { datasetRoutes, type DatasetUseCases } from './datasets-router.js';
import { docsPage, docsRoutes } from './docs-router.js';
import { exchangeRoutes } from './exchanges-router.js';
import { healthRoutes } from './health-router.js';
import { Idempotency } from './idempotency.js';
import { indicatorRoutes } from './indicators-router.js';
import { jobRoutes } from './jobs-router.js';
import type { Metrics } from './metrics.js';
import { isHostAllowed, isOriginAllowed, type OriginRules } from './origin.js';
import { granted, notFound, onlyMethods, problemHandler, RefusedError, sendProblem } from './problems.js';
import { RateLimits } from './rate-limits.js';
import type { RequestCounter } from './request-counter.js';
import { secondFactorRoutes } from './second-factors-router.js';
import { perMinute, settingsRoutes } from './settings-router.js';
import { spaRouter } from './spa.js';
import { strategyRoutes } from './strategies-router.js';
import { tradeRoutes, type TradeUseCases } from './trades-router.js';
import { userRoutes } from './users-router.js';

const EXPOSED_HEADERS = [
  ...['X-Request-Id', 'Location', 'Retry-After', 'ETag'],
  ...['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'RateLimit-Policy', 'Idempotency-Replayed'],
];
/** Somebody came who may not, or too often: what an operator wants to see. */
const TELLING_REFUSALS = new Set([401, 403, 429]);
const REQUEST_ID = /^[\w.-]{1,64}$/;

export interface HttpAppInput {
  readonly log: Logger;
  readonly version: string;
  readonly origins: OriginRules;
  readonly auth: Auth;
  readonly isMarketDataPublic: boolean;
  /** How many proxies stand before the server. */
  readonly trustedProxies: number;
  /** People reach the server by HTTPS. */
  readonly isBehindTls: boolean;
  /** Wall clock, ms UTC. */
  readonly nowMs: () => number;
  readonly webFolder: string;
  /** Counts requests, for limits. */
  readonly counter: RequestCounter;
  readonly metrics: Metrics;
  readonly feed: Feed;
  readonly jobs: JobBoard;
  readonly datasets: DatasetUseCases;
  readonly trades: TradeUseCases;
  readonly strategies: Strategies;
  /** Looks at documents that nobody saved. */
  readonly documents: DocumentCheck;
  readonly proofs: Proofs;
  readonly signals: StrategySignals;
  readonly backtests: Backtests;
  readonly readReplay: ReadReplay;
  readonly checkHealth: () => Promise<HealthView>;
}

/** Everything the server answers over HTTP. */
export function httpApp(input: HttpAppInput): Express {
  const app = express();
  app.disable('x-powered-by');
  // Versions of resources are told as ETag where there are any; a hash of each answer would be taken for one.
  app.disable('etag');
  app.set('trust proxy', input.trustedProxies);
  app.use(requestLog(input.log));
  app.use(securityHeaders(input.isBehindTls, clerkSources(input.auth.config.clerk)));
  app.use((request, response, next) => {
    const { origin, host } = request.headers;
    if (isHostAllowed(host, input.origins) && isOriginAllowed(origin, host, input.origins)) next();
    else sendProblem(request, response, refuse('forbidden', 'this server does not serve pages of that origin'));
  });
  app.use(cors({ origin: true, credentials: true, exposedHeaders: EXPOSED_HEADERS }));
  app.use(compression());
  const api = apiRoutes(input);
  app.use(api.build());
  app.use('/api/docs', docsPage());
  app.use('/api', api.countAddress, notFound);
  app.get('/metrics', metricsGuard(input), async (_request, response) => {
    response.type(input.metrics.registry.contentType).send(await input.metrics.registry.metrics());
  });
  onlyMethods(app, '/metrics', ['GET']);
  app.use('/ws', (request, response) => {
    response.set('Upgrade', 'websocket');
    sendProblem(request, response, refuse('bad-request', 'this address speaks WebSocket'));
  });
  app.use(spaRouter(input.webFolder));
  app.use(notFound);
  app.use(problemHandler);
  return app;
}

function apiRoutes(input: HttpAppInput): ApiRouter {
  const { auth, isMarketDataPublic } = input;
  const { authenticate } = auth.authenticator;
  const { nowMs } = input;
  const idempotency = new Idempotency({ store: auth.parts.stores.idempotentAnswers, secret: auth.parts.secret, nowMs });
  const limits = new RateLimits(input.counter, (rate) => perMinute(rate, auth.parts.settings.now));
  const api = new ApiRouter({ authenticate, isMarketDataPublic, limits, idempotency });
  healthRoutes(api, input.checkHealth);
  exchangeRoutes(api, input.feed, input.readReplay);
  indicatorRoutes(api, input.feed);
  const storage = { jobs: input.jobs, audit: auth.parts.audit };
  datasetRoutes(api, input.datasets, storage);
  tradeRoutes(api, input.trades, storage);
  jobRoutes(api, input.jobs);
  strategyRoutes(api, input);
  backtestRoutes(api, input.backtests);
  authRoutes(api, auth);
  secondFactorRoutes(api, auth);
  apiKeyRoutes(api, auth);
  userRoutes(api, auth);
  credentialRoutes(api, auth);
  auditRoutes(api, auth);
  settingsRoutes(api, auth);
  docsRoutes(api, input.version);
  return api;
}

/** Figures about the machine are for those who sit at it, and for admins and their keys. */
const metricsGuard =
  ({ auth }: HttpAppInput): RequestHandler =>
  async ({ headers, ip = '' }, _response, next) => {
    if (isExposed(auth.config)) {
      const caller = await auth.authenticator.authenticate({ headers, address: ip, changesSomething: false });
      const refusal = refusalOf(granted(caller), { role: 'admin', scope: 'admin:read' }, false);
      if (refusal) throw new RefusedError(refusal);
    }
    next();
  };

const nameOf = ({ locals }: Response): string | undefined => (locals['principal'] as Principal | undefined)?.name;

function requestLog(log: Logger) {
  return pinoHttp<Request, Response>({
    logger: log,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    // Headers and bodies may carry secrets: neither is logged.
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      err: loggedError,
    },
    // Who it came from, as far as it is known.
    customProps: (request, response) => ({ address: request.ip, user: nameOf(response) }),
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return TELLING_REFUSALS.has(response.statusCode) ? 'info' : 'debug';
    },
  });
}

/** Strict enough that injected markup can neither run nor talk to anyone; plain HTTP at home keeps working. */
function securityHeaders(isBehindTls: boolean, clerk: readonly string[]) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'", ...clerk],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", ...clerk],
        styleSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    // On plain HTTP it would be ignored; where people come by HTTPS they shall keep to it.
    strictTransportSecurity: isBehindTls ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-site' },
  });
}
