import { err, ok, type Result } from '@wickworks/core';
import { z } from 'zod';

/** How a venue is started; all but `port` have sensible defaults. */
export const VenueSettings = z.strictObject({
  /** Default 127.0.0.1. */
  host: z.string().min(1).optional(),
  /** 0 takes any free port. */
  port: z.int().min(0).max(65_535),
  /** Simulated seconds per second, default 1; 0: time moves only when it is advanced. */
  speed: z.number().min(0).max(100_000).optional(),
  /** Everything random follows from it; default 1. */
  seed: z.int().min(0).max(0xffffffff).optional(),
  /** Folder of further candle files `EXCHANGE_SYMBOL_TIMEFRAME*.csv[.gz]`. */
  dataDir: z.string().min(1).optional(),
  /** Folder of the bundled data; default: `data` beside this package's code. */
  bundledDir: z.string().min(1).optional(),
  /**
   * `redated` (default): each source repeats from its own first date on, so that the newest candle is now.
   * `historical`: each source is shown once, at its own dates.
   */
  clock: z.enum(['redated', 'historical']).optional(),
  /** Simulated time at the start, ms UTC; default: now, or one day into the first market when historical. */
  startMs: z.int().min(0).optional(),
  /** Opens the fault injection API to callers on this machine; default false. */
  faults: z.boolean().optional(),
  /** Request weight per client and minute, default Binance's 6000. */
  weightPerMinute: z.int().min(1).optional(),
});

export type VenueSettings = z.infer<typeof VenueSettings>;

const DEFAULT_PORT = 8_090;

/**
 * The settings of a venue on its own from `WICK_VENUE_HOST`, `_PORT`, `_SPEED`, `_SEED`, `_DATA`, `_CLOCK`
 * and `_FAULTS`. The error names the variable, what was given and what is accepted, one line each.
 */
export function readVenueSettings(env: Readonly<Record<string, string | undefined>>): Result<VenueSettings, string> {
  const problems: string[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>, accepted: string): T | undefined => {
    const given = env[name];
    if (given === undefined || given === '') return undefined;
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data;
    problems.push(`${name} is ${JSON.stringify(given)}; accepted: ${accepted}`);
    return undefined;
  };
  const clock = read('WICK_VENUE_CLOCK', Clock, 'redated, historical or historical:2024-08-08T00:00Z');
  const settings = {
    port: read('WICK_VENUE_PORT', numeric(z.int().min(0).max(65_535)), 'a port, 0 to 65535') ?? DEFAULT_PORT,
    host: read('WICK_VENUE_HOST', z.string(), 'an address to listen on'),
    speed: read('WICK_VENUE_SPEED', numeric(z.number().min(0).max(100_000)), 'a number from 0 to 100000'),
    seed: read('WICK_VENUE_SEED', numeric(z.int().min(0).max(0xffffffff)), 'a whole number from 0 to 4294967295'),
    dataDir: read('WICK_VENUE_DATA', z.string(), 'a folder'),
    faults: read('WICK_VENUE_FAULTS', z.enum(['0', '1']), '0 or 1') === '1',
    clock: clock?.mode,
    startMs: clock?.startMs,
  };
  if (problems.length > 0) return err(problems.join('\n'));
  return ok(VenueSettings.parse(settings));
}

const numeric = (schema: z.ZodNumber | z.ZodInt): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(schema);

const Clock = z.string().transform((text, context): { mode: 'redated' | 'historical'; startMs?: number } => {
  if (text === 'redated' || text === 'historical') return { mode: text };
  const startMs = Date.parse(/^historical:(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?)$/.exec(text)?.[1] ?? '');
  if (Number.isNaN(startMs)) {
    context.addIssue('not a clock');
    return z.NEVER;
  }
  return { mode: 'historical', startMs };
});
