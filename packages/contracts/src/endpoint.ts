import type { Scope } from '@wickworks/core';
import * as z from 'zod';
import type { ProblemCode } from './problem.js';

/**
 * Who may call an endpoint: everybody; those who may read market data (everybody or, when the installation says so,
 * whoever signed in); or a person or key of at least this role.
 */
export const ACCESS_LEVELS = ['public', 'market-data', 'viewer', 'trader', 'admin'] as const;
export type Access = (typeof ACCESS_LEVELS)[number];

/** Requests of one class share a limit: `auth` tries secrets, `heavy` costs seconds of work. */
export const RATE_CLASSES = ['read', 'write', 'heavy', 'auth'] as const;
export type RateClass = (typeof RATE_CLASSES)[number];

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Reply of endpoints with {@link Endpoint.media}: text, piece by piece. */
export const TextStream = z.custom<AsyncIterable<string>>();

/** Body of endpoints with {@link Endpoint.bodyMedia}: bytes, piece by piece. */
export const ByteStream = z.custom<AsyncIterable<Uint8Array>>();

const NOTHING = z.strictObject({});
/** Probes and caches may hang a number of theirs on an address that asks nothing and is open to all. */
const WHATEVER = z.object({});
/** What HTTP libraries like to send for nothing. */
const EMPTY = z.strictObject({}).optional();
/** Callers send nothing, and handlers get nothing; a field would be ignored and is refused by its name. */
const NO_BODY = z
  .custom<undefined>()
  .superRefine((sent, context) => {
    for (const issue of EMPTY.safeParse(sent).error?.issues ?? []) context.addIssue({ ...issue });
  })
  .transform(() => undefined);
const NO_REPLY = z.void();

/** One line of the API: what is sent, what comes back, who may do it. Server, OpenAPI document and SDK read it. */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  readonly method: HttpMethod;
  /** From the root of the server, parameters as `:name`. */
  readonly path: string;
  /** One line, without a full stop. */
  readonly summary: string;
  readonly description: string;
  /** Heading it stands under in the documentation. */
  readonly tag: string;
  readonly role: Access;
  /** What an API key needs; `null`: keys cannot call it (unless it is public). */
  readonly scope: Scope | null;
  /** Credentials that do not hold are refused; else they count as none: who signs in again may send along what has expired. */
  readonly demandsSoundCredentials: boolean;
  readonly rate: RateClass;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly bodyBytesMax: number;
  /** Types of a body that is taken as it comes ({@link ByteStream}); empty: the body is JSON. */
  readonly bodyMedia: readonly string[];
  readonly reply: R;
  readonly status: 200 | 201 | 202 | 204;
  /** Further statuses whose body is the reply. */
  readonly alsoStatus: readonly number[];
  /** Types of a reply that is text and sent in pieces ({@link TextStream}); empty: the reply is JSON. */
  readonly media: readonly string[];
  /** Refusals of its own; those every endpoint knows (fields, rights, limits) need not be named. */
  readonly errors: readonly ProblemCode[];
  /** Changes a resource that carries a version: `If-Match` is demanded. */
  readonly isVersioned: boolean;
  /** Takes `Idempotency-Key`: the answer is kept for 24 h, sealed. Never where secrets are tried: that is done each time. */
  readonly isIdempotent: boolean;
  readonly example: { readonly body?: unknown; readonly reply?: unknown };
}

type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Pick<
  Endpoint<P, Q, B, R>,
  'method' | 'path' | 'summary' | 'tag' | 'role' | 'scope'
> &
  Partial<Endpoint<P, Q, B, R>>;

const BODY_BYTES_MAX = 1_000_000;

/** An {@link Endpoint}, with everything that was left out as usual. */
export function endpoint<
  P extends z.ZodType = typeof NOTHING,
  Q extends z.ZodType = typeof NOTHING,
  B extends z.ZodType = typeof NO_BODY,
  R extends z.ZodType = typeof NO_REPLY,
>(given: Given<P, Q, B, R>): Endpoint<P, Q, B, R> {
  const isRead = given.method === 'GET';
  return {
    description: '',
    rate: isRead ? 'read' : 'write',
    // The defaults of the type parameters: whoever names no schema gets these.
    params: NOTHING as unknown as P,
    query: (isRead && given.role === 'public' ? WHATEVER : NOTHING) as unknown as Q,
    body: NO_BODY as unknown as B,
    reply: NO_REPLY as unknown as R,
    bodyBytesMax: BODY_BYTES_MAX,
    bodyMedia: [],
    status: given.reply === undefined ? 204 : 200,
    alsoStatus: [],
    media: [],
    errors: [],
    isVersioned: false,
    demandsSoundCredentials: given.role !== 'public',
    isIdempotent: !isRead && given.role !== 'public' && given.rate !== 'auth',
    example: {},
    ...given,
  };
}

/** True when requests of `endpoint` carry a body. */
export const hasBody = ({ body }: Endpoint): boolean => body !== NO_BODY;

/** True when answers of `endpoint` carry one. */
export const hasReply = ({ reply }: Endpoint): boolean => !(reply instanceof z.ZodVoid);

/** What a caller of `E` sends, before defaults are filled in. */
export interface SentTo<E extends Endpoint> {
  readonly params: z.input<E['params']>;
  readonly query: z.input<E['query']>;
  readonly body: z.input<E['body']>;
}

/** What `E` answers with; nothing for an answer without a body. */
export type ReplyOf<E extends Endpoint> = z.output<E['reply']>;

const PAGE_ITEMS_MAX = 1_000;

/** `?limit&cursor` of every list. */
export const Paging = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_ITEMS_MAX).default(100),
  cursor: z.string().max(256).optional(),
});
export type Paging = z.infer<typeof Paging>;

/** ms UTC in a query. */
export const Moment = z.coerce.number().int().nonnegative();

/** `:id` of every single resource. */
export const IdParams = z.object({ id: z.string().min(1).max(128) });
