import * as z from 'zod';
import { CandleTuple, ExchangeId, SymbolName, TimeframeName, TimeMs } from './candles.js';

/** Most candles one `POST /indicators/calculate` works on. */
export const INDICATOR_CANDLES_MAX = 100_000;

/** One parameter of an indicator; a number has a range, a choice or source its options. */
export const IndicatorParam = z.object({
  kind: z.enum(['number', 'choice', 'source', 'flag']),
  title: z.string(),
  default: z.union([z.number(), z.string(), z.boolean()]),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().optional(),
  whole: z.boolean().optional(),
  options: z.array(z.string()).optional(),
});

/** `GET /indicators` item. */
export const IndicatorView = z.object({
  id: z.string(),
  title: z.string(),
  group: z.string(),
  params: z.record(z.string(), IndicatorParam),
  outputs: z.record(z.string(), z.object({ title: z.string(), plot: z.string(), role: z.string() })),
  /** Drawn over the candles or in a pane of its own. */
  pane: z.enum(['price', 'own']),
  /** First candles without every value, with default parameters. */
  warmup: z.int().nonnegative(),
  /** Where the formula comes from. */
  source: z.string(),
  /** TA-Lib's name of it, to be used as `talib:NAME`. */
  talib: z.string().nullable(),
});
export type IndicatorView = z.infer<typeof IndicatorView>;

/** A stretch of candles of the server's, open times in `[from, to)`. */
export const CandleRange = z.strictObject({
  exchange: ExchangeId,
  symbol: SymbolName,
  timeframe: TimeframeName,
  from: TimeMs,
  to: TimeMs,
});
export type CandleRange = z.infer<typeof CandleRange>;

/**
 * Body of `POST /indicators/calculate`: candles ascending by open time, or where to take them from, as `candles` or
 * beside the indicator; `rangePath` leads to the range's fields as they were sent.
 */
export const CalculateRequest = z
  .strictObject({
    indicator: z.string().min(1).max(64),
    params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).default({}),
    candles: z.union([z.array(CandleTuple).max(INDICATOR_CANDLES_MAX), CandleRange]).optional(),
    ...CandleRange.partial().shape,
  })
  .transform(({ indicator, params, candles, ...beside }, context) => {
    const isRangeMeant = Object.values(beside).some((value) => value !== undefined);
    if (candles !== undefined && !isRangeMeant) return { indicator, params, candles, rangePath: 'candles.' };
    if (candles !== undefined) {
      context.addIssue({ code: 'custom', path: ['candles'], message: 'give candles or a range beside them, not both' });
      return z.NEVER;
    }
    const range = CandleRange.safeParse(beside);
    if (range.success) return { indicator, params, candles: range.data, rangePath: '' };
    for (const { path } of range.error.issues) {
      const message = 'is missing: a range has exchange, symbol, timeframe, from and to';
      if (isRangeMeant) context.addIssue({ code: 'custom', path, message });
    }
    const message = 'give candles, or exchange, symbol, timeframe, from and to';
    if (!isRangeMeant) context.addIssue({ code: 'custom', path: ['candles'], message });
    return z.NEVER;
  });
export type CalculateRequest = z.infer<typeof CalculateRequest>;
export type CalculateInput = z.input<typeof CalculateRequest>;

/** Values by output, one per candle; `null` during warm-up. */
export const CalculateReply = z.object({
  time: z.array(TimeMs),
  outputs: z.record(z.string(), z.array(z.number().nullable())),
});
export type CalculateReply = z.infer<typeof CalculateReply>;
