import { AnyStrategyDocument, BacktestConfig, BacktestMarketRef, ParamValue, TimeframeName } from '@wickworks/contracts';
import { MS_PER_DAY } from '@wickworks/core';
import * as z from 'zod';

/** What the testing page was last set to: survives reloads, and other pages hand a strategy over with it. */
export const TestSetup = z.object({
  document: AnyStrategyDocument.nullable(),
  /** Where the document came from, for the title: an example, a stored strategy, or a draft. */
  origin: z.string(),
  params: z.record(z.string(), ParamValue),
  markets: z.array(BacktestMarketRef).min(1).max(20),
  /** Length of the range back from the newest candle in days; `null`: the two times below. */
  days: z.number().positive().nullable(),
  fromMs: z.number(),
  toMs: z.number(),
  /** Finer candles that decide what happened inside a candle; `null`: none. */
  detailTimeframe: TimeframeName.nullable().default(null),
  config: BacktestConfig,
});
export type TestSetup = z.infer<typeof TestSetup>;

const KEY = 'wickworks.testing';

function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null; // blocked by the browser: nothing is remembered
  }
}

/** The setup as it was left in this tab; `null` when there is none or it is from an older version. */
export function loadTestSetup(): TestSetup | null {
  try {
    const parsed = TestSetup.safeParse(JSON.parse(storage()?.getItem(KEY) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Remembers the setup for this tab. */
export function saveTestSetup(setup: TestSetup): void {
  try {
    storage()?.setItem(KEY, JSON.stringify(setup));
  } catch {
    // A full storage costs only the memory of this tab.
  }
}

const DEFAULT_DAYS = 30;

/** What is tested before anyone chose anything. */
export function defaultTestSetup(market: TestSetup['markets'][number]): TestSetup {
  const toMs = Date.now();
  return {
    document: null,
    origin: '',
    params: {},
    markets: [market],
    days: DEFAULT_DAYS,
    fromMs: toMs - DEFAULT_DAYS * MS_PER_DAY,
    toMs,
    detailTimeframe: null,
    config: BacktestConfig.parse({}),
  };
}
