import type { Problem, ProblemCode, ProblemIssue } from '@wickworks/contracts';
import type { ExchangeFailure } from '../feed/failure.js';

interface Kind {
  readonly status: number;
  readonly title: string;
  readonly retryable: boolean;
}

const refused = (status: number, title: string): Kind => ({ status, title, retryable: false });
const later = (status: number, title: string): Kind => ({ status, title, retryable: true });

const KINDS: Readonly<Record<ProblemCode, Kind>> = {
  'bad-request': refused(400, 'Bad request'),
  'invalid-field': refused(400, 'Invalid field'),
  'malformed-message': refused(400, 'Malformed message'),
  'unknown-operation': refused(400, 'Unknown operation'),
  'unknown-exchange': refused(404, 'Unknown exchange'),
  'unknown-symbol': refused(404, 'Unknown symbol'),
  'unknown-timeframe': refused(400, 'Unknown timeframe'),
  'unknown-indicator': refused(400, 'Unknown indicator'),
  'unknown-strategy': refused(404, 'Unknown strategy'),
  'unknown-subscription': refused(404, 'Unknown subscription'),
  'unknown-resume-token': refused(404, 'Unknown resume token'),
  'too-many-subscriptions': refused(429, 'Too many subscriptions'),
  'not-found': refused(404, 'Not found'),
  'method-not-allowed': refused(405, 'Method not allowed'),
  conflict: refused(409, 'Conflict'),
  'precondition-failed': refused(412, 'Precondition failed'),
  'precondition-required': refused(428, 'Precondition required'),
  'payload-too-large': refused(413, 'Payload too large'),
  'unsupported-media-type': refused(415, 'Unsupported media type'),
  unauthenticated: refused(401, 'Not signed in'),
  'second-factor-required': refused(401, 'Second factor required'),
  forbidden: refused(403, 'Forbidden'),
  'rate-limited': later(429, 'Too many requests'),
  'exchange-unavailable': later(503, 'Exchange unavailable'),
  'exchange-rejected': refused(502, 'Exchange refused'),
  'not-supported': refused(501, 'Not supported'),
  unavailable: later(503, 'Unavailable'),
  internal: later(500, 'Internal error'),
};

/** The HTTP status of a refusal. */
export const statusOf = (code: ProblemCode): number => KINDS[code].status;

/** Why a request is refused, before it is tied to one request; what use-cases and parsers answer with. */
export interface Refusal {
  readonly code: ProblemCode;
  /** One sentence for a person: what was wrong and what would be accepted. */
  readonly detail: string;
  readonly issues?: readonly ProblemIssue[];
  /** Where it is not what its code usually is. */
  readonly retryable?: boolean;
  /** Told as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** A {@link Refusal}. */
export const refuse = (code: ProblemCode, detail: string, issues?: readonly ProblemIssue[]): Refusal => ({
  code,
  detail,
  ...(issues && { issues }),
});

/** The RFC 9457 body of `refusal`, as answer to the request `requestId`. */
export function problemOf(refusal: Refusal, requestId: string): Problem {
  const kind = KINDS[refusal.code];
  return {
    type: `urn:wickworks:problem:${refusal.code}`,
    title: kind.title,
    status: kind.status,
    detail: refusal.detail,
    code: refusal.code,
    retryable: refusal.retryable ?? kind.retryable,
    requestId,
    ...(refusal.issues && { issues: [...refusal.issues] }),
  };
}

/** The answer while the database is busy, full or away. */
export const AWAY: Refusal = {
  ...refuse('unavailable', 'the database does not answer now; try again'),
  retryAfterSeconds: 2,
};

/** The answer to a bug of ours. */
export const FAILED: Refusal = refuse('internal', 'the server could not do this; its log says why');

/** Whether an adapter marked `error` as worth another try, such as a busy database or one that cannot be reached. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'retryable' in error && error.retryable === true;

/** What an outside failure of an exchange means for the one who asked. */
export function refusalOfFailure(failure: ExchangeFailure): Refusal {
  switch (failure.kind) {
    case 'unknown-symbol':
      return refuse('unknown-symbol', failure.message);
    case 'unsupported':
      return refuse('not-supported', failure.message);
    case 'rejected':
    case 'authentication':
      return refuse('exchange-rejected', failure.message);
    case 'rate-limited':
    case 'unavailable':
    case 'timeout':
    case 'closed':
      return refuse('exchange-unavailable', failure.message);
  }
}

/** Why a market's candles cannot be had, with the field of the request that asks for them: `at` is the market's. */
export function atMarket(refusal: Refusal, at: string, timeframe: string): Refusal {
  const paths: Readonly<Partial<Record<ProblemCode, string>>> = {
    'unknown-exchange': `${at}.exchange`,
    'unknown-symbol': `${at}.symbol`,
    'unknown-timeframe': timeframe,
  };
  const path = paths[refusal.code];
  return path === undefined ? refusal : { ...refusal, issues: [{ path, message: refusal.detail }] };
}
