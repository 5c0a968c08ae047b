import * as z from 'zod';

/** Every way a request can be refused; closed, so that clients can switch on it. */
export const PROBLEM_CODES = [
  'bad-request',
  'invalid-field',
  'malformed-message',
  'unknown-operation',
  'unknown-exchange',
  'unknown-symbol',
  'unknown-timeframe',
  'unknown-indicator',
  'unknown-strategy',
  'unknown-subscription',
  'unknown-resume-token',
  'too-many-subscriptions',
  'not-found',
  'method-not-allowed',
  'conflict',
  'precondition-failed',
  'precondition-required',
  'payload-too-large',
  'unsupported-media-type',
  'unauthenticated',
  'second-factor-required',
  'forbidden',
  'rate-limited',
  'exchange-unavailable',
  'exchange-rejected',
  'not-supported',
  'unavailable',
  'internal',
] as const;

export const ProblemCode = z.enum(PROBLEM_CODES);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** One field at fault: a dotted path into the request and what was expected there. */
export const ProblemIssue = z.object({ path: z.string(), message: z.string() });
export type ProblemIssue = z.infer<typeof ProblemIssue>;

/** RFC 9457 body of every refused request, and the `problem` of every socket error. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: ProblemCode,
    /** True when the same request may succeed later without a change. */
    retryable: z.boolean(),
    requestId: z.string(),
    issues: z.array(ProblemIssue).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
