import * as z from 'zod';
import type { Intent, ParamSpecs } from '@wickworks/engine';

// What comes out of the jail is data from outside: it is parsed like a message from the network.

const title = z.string().min(1).max(80);
const Param = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('number'),
      title,
      default: z.number(),
      min: z.number(),
      max: z.number(),
      step: z.number().positive(),
      whole: z.boolean().default(false),
    })
    .refine(({ min, max, default: value }) => min <= value && value <= max, 'default must lie between min and max'),
  z
    .object({
      kind: z.literal('choice'),
      title,
      default: z.string(),
      options: z.array(z.string()).min(1),
    })
    .refine(({ options, default: value }) => options.includes(value), 'default must be one of options'),
  z.object({ kind: z.literal('flag'), title, default: z.boolean() }),
]);

const Declaration = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case words joined by "-"'),
  title,
  params: z.record(z.string().regex(/^[a-zA-Z]\w{0,39}$/), Param),
});

export interface GuestDeclaration {
  readonly id: string;
  readonly title: string;
  readonly params: ParamSpecs;
}

export const GuestWanted = z.array(
  z.object({ market: z.int(), id: z.string(), params: z.record(z.string(), z.unknown()) }),
);

const positive = z.number().positive();
const ratio = z.number().positive().max(10);
const Level = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('price'), price: positive }),
  z.strictObject({ kind: z.literal('offset'), ratio }),
]);
const Trail = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ratio'), ratio }),
  z.strictObject({ kind: z.literal('distance'), distance: positive }),
]);
const place = {
  kind: z.literal('place'),
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  size: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('quantity'), quantity: positive }),
    z.strictObject({ kind: z.literal('spend'), quote: positive }),
    z.strictObject({ kind: z.literal('position') }),
  ]),
  tag: z.string().max(120).default(''),
  reduceOnly: z.boolean().optional(),
  bracket: z
    .strictObject({
      stop: Level.optional(),
      trail: Trail.optional(),
      targets: z.array(z.strictObject({ at: Level, share: z.number().positive().max(1) })).optional(),
    })
    .optional(),
  ocoGroup: z.string().max(64).optional(),
};
const GuestIntent = z.union([
  z.discriminatedUnion('type', [
    z.strictObject({ ...place, type: z.literal('market') }),
    z.strictObject({ ...place, type: z.literal('limit'), limitPrice: positive }),
    z.strictObject({ ...place, type: z.literal('stop'), stopPrice: positive }),
    z.strictObject({ ...place, type: z.literal('stop-limit'), stopPrice: positive, limitPrice: positive }),
    z.strictObject({ ...place, type: z.literal('trailing-stop'), trail: Trail }),
  ]),
  z.strictObject({ kind: z.literal('cancel'), orderId: z.int().positive() }),
  z.strictObject({ kind: z.literal('cancel-all'), symbol: z.string() }),
]);
const GuestIntents = z.array(GuestIntent).max(100);

/** The declaration, or one sentence per wrong field. */
export function parseDeclaration(text: string): { value: GuestDeclaration } | { faults: string[] } {
  const parsed = Declaration.safeParse(JSON.parse(text));
  return parsed.success ? { value: parsed.data } : { faults: faultsOf(parsed.error, '') };
}

/** The wishes of one candle, or one sentence per wrong field. */
export function parseIntents(text: string): { value: readonly Intent[] } | { faults: string[] } {
  const parsed = GuestIntents.safeParse(JSON.parse(text));
  // Zod writes `undefined` where exactOptionalPropertyTypes wants nothing: the same to every reader of these fields.
  return parsed.success ? { value: parsed.data as readonly Intent[] } : { faults: faultsOf(parsed.error, 'intents') };
}

const faultsOf = (error: z.ZodError, prefix: string): string[] =>
  error.issues.map(({ path, message }) => `${[prefix, ...path].filter((part) => part !== '').join('.')}: ${message}`);
