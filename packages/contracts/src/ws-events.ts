import * as z from 'zod';
import { TimeMs } from './candles.js';
import { Problem } from './problem.js';

/** What `/ws/events` can be asked for. */
export const EVENT_TOPICS = [
  'orders',
  'fills',
  'positions',
  'portfolio',
  'bots',
  'jobs',
  'notifications',
  'system',
] as const;
export const EventTopic = z.enum(EVENT_TOPICS);
export type EventTopic = z.infer<typeof EventTopic>;

const MessageId = z.string().min(1).max(64);

/** Everything a client may send to `/ws/events`. */
export const EventsClientMessage = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('auth'), id: MessageId.optional(), token: z.string().min(1).max(4096) }),
  z
    .strictObject({
      op: z.literal('subscribe'),
      id: MessageId,
      topic: EventTopic.optional(),
      /** Several at once: each is answered as if it had been asked for alone. */
      topics: z.array(EventTopic).min(1).max(EVENT_TOPICS.length).optional(),
    })
    .refine(({ topic, topics }) => (topic === undefined) !== (topics === undefined), {
      path: ['topic'],
      message: `name one "topic" or several "topics" of ${EVENT_TOPICS.join(', ')}`,
    }),
  z.strictObject({ op: z.literal('unsubscribe'), id: MessageId, subscription: z.string() }),
  z.strictObject({ op: z.literal('ping'), id: MessageId }),
]);
export type EventsClientMessage = z.infer<typeof EventsClientMessage>;

const stream = { subscription: z.string(), seq: z.int().nonnegative(), topic: EventTopic };

/** Everything the server may send on `/ws/events`. Items are the views of the REST resource of the same name. */
export const EventsServerMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hello'),
    protocol: z.literal(1),
    serverTimeMs: TimeMs,
    heartbeatMs: z.int().positive(),
    signedIn: z.boolean(),
  }),
  z.object({ kind: z.literal('signed-in') }),
  z.object({ kind: z.literal('subscribed'), id: MessageId, subscription: z.string() }),
  z.object({ kind: z.literal('unsubscribed'), id: MessageId, subscription: z.string() }),
  z.object({ kind: z.literal('snapshot'), ...stream, items: z.array(z.unknown()) }),
  /** One item as it now is, or (`removed`) the id of one that is gone. */
  z.object({ kind: z.literal('delta'), ...stream, item: z.unknown().optional(), removed: z.string().optional() }),
  z.object({ kind: z.literal('heartbeat'), serverTimeMs: TimeMs }),
  z.object({ kind: z.literal('pong'), id: MessageId }),
  z.object({ kind: z.literal('error'), id: z.string().optional(), problem: Problem }),
]);
export type EventsServerMessage = z.infer<typeof EventsServerMessage>;
