import { z } from 'zod';

const LONGEST_MS = 3_600_000;

const common = {
  /** How long the fault lasts, wall-clock ms. */
  forMs: z.int().min(1).max(LONGEST_MS),
  /** Share of the messages it strikes, 0..1. */
  probability: z.number().gt(0).max(1).default(1),
  /** Makes its dice repeatable. */
  seed: z.int().min(0).default(1),
  /** Only streams or request paths that contain this text. */
  match: z.string().min(1).optional(),
};
/** Whether a fault strikes sockets, HTTP answers, or both. */
const reach = z.enum(['sockets', 'http', 'all']).default('sockets');

/** A fault as asked for in `POST /_venue/faults`. */
export const FaultRequest = z.discriminatedUnion('kind', [
  /** Ends sockets at once and, for `forMs`, every new one too. */
  z.strictObject({ kind: z.literal('drop-sockets'), ...common, forMs: z.int().min(0).max(LONGEST_MS).default(0) }),
  /** Connected but mute: no events, no answers, no pongs (with `match`: only those streams keep quiet). */
  z.strictObject({ kind: z.literal('silence'), ...common, to: reach }),
  /** Everything arrives `delayMs` late, in order. */
  z.strictObject({
    kind: z.literal('delay'),
    ...common,
    to: reach,
    delayMs: z.int().min(1).max(LONGEST_MS).default(1_000),
  }),
  /** Events come twice. */
  z.strictObject({ kind: z.literal('duplicate'), ...common }),
  /** An event comes after its successor. */
  z.strictObject({ kind: z.literal('reorder'), ...common }),
  /** Events are skipped while the socket lives on. */
  z.strictObject({ kind: z.literal('gap'), ...common }),
  /** HTTP requests are refused. */
  z.strictObject({
    kind: z.literal('http-error'),
    ...common,
    status: z.int().min(400).max(599).default(503),
    code: z.int().optional(),
    message: z.string().optional(),
    retryAfterS: z.int().min(0).optional(),
  }),
  /** Frames or bodies break off in the middle. */
  z.strictObject({ kind: z.literal('malformed'), ...common, to: reach }),
  /** The venue's own time is wrong: `GET time`, `exchangeInfo` and the event times `E`. */
  z.strictObject({
    kind: z.literal('clock-skew'),
    ...common,
    skewMs: z
      .int()
      .min(-LONGEST_MS * 24)
      .max(LONGEST_MS * 24)
      .default(60_000),
  }),
]);

export type FaultRequest = z.infer<typeof FaultRequest>;

/** Kinds of the interface that need order matching, which this venue does not have. */
export const KINDS_OF_MATCHING: readonly string[] = ['reject-orders', 'lose-ack'];
