import { randomUUID } from 'node:crypto';
import compression from 'compression';
import cors from 'cors';
import express, { Router, type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { HealthView } from '@wickworks/contracts';
import type { ReadReplay } from '../app/exchanges.js';
import type { Feed } from '../feed/feed.js';
import type { JobBoard } from '../jobs/job-board.js';
import { refuse } from '../wire/problem.js';
import { datasetsRouter, type DatasetUseCases } from './datasets-router.js';
import { exchangesRouter } from './exchanges-router.js';
import { healthRouter } from './health-router.js';
import { indicatorsRouter } from './indicators-router.js';
import { jobsRouter } from './jobs-router.js';
import type { Metrics } from './metrics.js';
import { isHostAllowed, isOriginAllowed, type OriginRules } from './origin.js';
import { notFound, onlyMethods, problemHandler, sendProblem } from './problems.js';
import { spaRouter } from './spa.js';

const BODY_LIMIT = '1mb';
const REQUESTS_PER_MINUTE = 1_200;
const REQUEST_ID = /^[\w.-]{1,64}$/;

export interface HttpAppInput {
  readonly log: Logger;
  readonly origins: OriginRules;
  /** Market data is readable without signing in. */
  readonly isOpenToAll: boolean;
  readonly webFolder: string;
  readonly metrics: Metrics;
  readonly feed: Feed;
  readonly jobs: JobBoard;
  readonly datasets: DatasetUseCases;
  readonly readReplay: ReadReplay;
  readonly checkHealth: () => Promise<HealthView>;
}

/** Everything the server answers over HTTP. */
export function httpApp(input: HttpAppInput): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(requestLog(input.log));
  app.use(securityHeaders());
  app.use((request, response, next) => {
    const { origin, host } = request.headers;
    if (isHostAllowed(host, input.origins) && isOriginAllowed(origin, host, input.origins)) next();
    else sendProblem(request, response, refuse('forbidden', 'this server does not serve pages of that origin'));
  });
  app.use(cors({ origin: true, credentials: true, exposedHeaders: ['X-Request-Id', 'Location', 'Retry-After'] }));
  app.use(compression());
  app.use('/api', healthRouter(input.checkHealth));
  app.use('/api/v1', apiV1(input));
  app.use('/api', notFound);
  app.get('/metrics', async (_request, response) => {
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

function apiV1(input: HttpAppInput): Router {
  const router = Router();
  router.use(
    rateLimit({
      windowMs: 60_000,
      limit: REQUESTS_PER_MINUTE,
      standardHeaders: 'draft-6',
      legacyHeaders: false,
      // Behind a proxy all clients share its address; the limit is generous enough for that.
      validate: { xForwardedForHeader: false },
      handler: (request, response) =>
        sendProblem(request, response, refuse('rate-limited', 'too many requests; Retry-After says when to go on')),
    }),
  );
  if (!input.isOpenToAll) {
    router.use((request, response) =>
      sendProblem(request, response, refuse('unauthenticated', 'sign in to use this server')),
    );
  }
  // Before the general limit on bodies: candles come in numbers.
  router.use(indicatorsRouter(input.feed));
  router.use(express.json({ limit: BODY_LIMIT }));
  router.use((request, response, next) => {
    const hasBody = request.headers['content-length'] !== undefined && request.headers['content-length'] !== '0';
    if (hasBody && !request.is('application/json'))
      sendProblem(request, response, refuse('unsupported-media-type', 'send JSON (content-type: application/json)'));
    else next();
  });
  router.use(exchangesRouter(input.feed, input.readReplay));
  router.use(datasetsRouter(input.datasets, input.jobs));
  router.use(jobsRouter(input.jobs));
  return router;
}

function requestLog(log: Logger) {
  return pinoHttp({
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
    },
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return 'debug';
    },
  });
}

/** Strict enough that injected markup can neither run nor talk to anyone; plain HTTP at home keeps working. */
function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Positioned popovers and virtual rows carry style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: 'same-site' },
  });
}
