import {
  AnyStrategyDocument,
  BACKTEST_MARKETS_MAX,
  BACKTEST_STRATEGIES_MAX,
  BacktestConfig,
  BacktestMarketRef,
  ParamValue,
  TimeframeName,
} from '@wickworks/contracts';
import { MS_PER_DAY } from '@wickworks/core';
import * as z from 'zod';

/** One of the strategies that are tested. */
const SetupStrategy = z.object({
  document: AnyStrategyDocument,
  /** Where the document came from, for the title: an example, a stored strategy, or a draft. */
  origin: z.string(),
  params: z.record(z.string(), ParamValue),
  /** Markets of the run that it trades; `null`: all. */
  symbols: z.array(z.string()).min(1).nullable(),
  /** Ratio (0..1) of the deposit that only it may use; `null`: it shares what is reserved for no other. */
  allocation: z.number().gt(0).max(1).nullable(),
});
export type SetupStrategy = z.infer<typeof SetupStrategy>;

/** A strategy as it comes to be tested: with its own parameters, on all markets, without a share of its own. */
export const setupStrategy = (document: AnyStrategyDocument, origin: string): SetupStrategy => ({
  ...{ document, origin, params: {}, symbols: null, allocation: null },
});

/** What the testing page was last set to: survives reloads, and other pages hand a strategy over with it. */
export const TestSetup = z.object({
  /** None: nothing was chosen yet. Several share one account, in this order. */
  strategies: z.array(SetupStrategy).max(BACKTEST_STRATEGIES_MAX),
  markets: z.array(BacktestMarketRef).min(1).max(BACKTEST_MARKETS_MAX),
  /** Length of the range back from the newest candle in days; `null`: the two times below. */
  days: z.number().positive().nullable(),
  fromMs: z.number(),
  toMs: z.number(),
  /** Finer candles that decide what happened inside a candle; `null`: none. */
  detailTimeframe: TimeframeName.nullable().default(null),
  /** Stored trades decide what happened inside a candle, where they are complete: the server runs it then. */
  detailTrades: z.boolean().default(false),
  runsOn: z.enum(['browser', 'server']).default('browser'),
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
    strategies: [],
    markets: [market],
    days: DEFAULT_DAYS,
    fromMs: toMs - DEFAULT_DAYS * MS_PER_DAY,
    toMs,
    detailTimeframe: null,
    detailTrades: false,
    runsOn: 'browser',
    config: BacktestConfig.parse({}),
  };
}
