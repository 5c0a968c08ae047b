import type { ErrorRequestHandler, Request, RequestHandler, Response, Router } from 'express';
import type { ZodType } from 'zod';
import { issuesOf } from '@wickworks/contracts';
import { AWAY, FAILED, isPassing, problemOf, refuse, type Refusal } from '../wire/problem.js';

/** Thrown inside a request handler to answer with a problem; Express 5 carries it to {@link problemHandler}. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

/** The answer to a body beyond what an endpoint takes. */
export const TOO_LARGE = refuse('payload-too-large', 'the body is larger than this server takes');

/** The id this request goes by in answers and logs. */
export const requestIdOf = (request: Request): string => (typeof request.id === 'string' ? request.id : '');

/** Answers with `refusal` as `application/problem+json`. */
export function sendProblem(request: Request, response: Response, refusal: Refusal): void {
  const problem = problemOf(refusal, requestIdOf(request));
  if (refusal.retryAfterSeconds !== undefined) response.set('Retry-After', String(refusal.retryAfterSeconds));
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer realm="wickworks"');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** `value` as `schema` reads it; otherwise the request is refused with one issue per wrong field. */
export function parsed<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = issuesOf(result.error);
  const detail = issues.map((issue) => `${issue.path || 'body'}: ${issue.message}`).join('; ');
  throw new RefusedError(refuse('invalid-field', detail, issues));
}

/** The success inside `result`, or the request is refused. */
export function granted<T>(result: { ok: true; value: T } | { ok: false; error: Refusal }): T {
  if (result.ok) return result.value;
  throw new RefusedError(result.error);
}

/** Answers 405 for every method of `path` that no route of `router` before took. */
export function onlyMethods(router: Router, path: string, methods: readonly string[]): void {
  const allow = methods.includes('GET') ? ['HEAD', ...methods] : methods;
  const refuseMethod: RequestHandler = (request, response) => {
    response.set('Allow', allow.join(', '));
    sendProblem(request, response, refuse('method-not-allowed', `${request.method} is not possible here`));
  };
  router.all(path, refuseMethod);
}

/** Everything below a prefix that no route took. */
export const notFound: RequestHandler = (request, response) => {
  sendProblem(request, response, refuse('not-found', `there is nothing at ${request.originalUrl.split('?')[0] ?? ''}`));
};

/** The one place where errors become answers: never a stack, never a secret. */
export const problemHandler: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const refusal = refusalOf(error);
  if (refusal.code === 'internal') request.log.error({ err: error }, 'request failed');
  if (refusal === AWAY) request.log.warn({ err: error }, 'the database failed a request');
  sendProblem(request, response, refusal);
};

function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusedError) return error.refusal;
  if (isPassing(error)) return AWAY;
  switch (parserFault(error)) {
    case 'entity.too.large':
      return TOO_LARGE;
    case 'entity.parse.failed':
      return refuse('bad-request', 'the body is not JSON');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return refuse('unsupported-media-type', 'send JSON in UTF-8');
    case undefined:
      return FAILED;
    default:
      return refuse('bad-request', 'the request could not be read');
  }
}

/** The `type` that Express's body parser and router put on errors caused by the request. */
function parserFault(error: unknown): string | undefined {
  if (error instanceof URIError) return 'uri';
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status < 400 || error.status >= 500) return undefined;
  return 'type' in error && typeof error.type === 'string' ? error.type : 'request';
}
