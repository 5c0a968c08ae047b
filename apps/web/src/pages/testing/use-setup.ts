import type { BacktestMarketRef } from '@wickworks/contracts';
import { MS_PER_DAY, openTimeAt, tiles, TIMEFRAMES, type Timeframe } from '@wickworks/core';
import { useCallback, useMemo, useState } from 'react';
import { defaultTestSetup, loadTestSetup, saveTestSetup, type TestSetup } from '../../data/backtests-setup.js';
import type { TestRequest } from '../../data/engine-worker-protocol.js';
import { useMarkets } from '../../data/hooks.js';
import { useWorkspace } from '../../data/workspace-slice.js';

/** Timeframes whose candles tile those of `timeframe`. */
export const finerThan = (timeframe: Timeframe): readonly Timeframe[] =>
  TIMEFRAMES.filter((one) => one !== timeframe && tiles(one, timeframe));

/** Where an exchange names no step, prices and quantities are as fine as money: eight decimals. */
const FINEST = 1e-8;

/** The page's settings, remembered for this tab; a preset range ends at the newest candle when the page opens. */
export function useSetup(): { setup: TestSetup; change: (change: Partial<TestSetup>) => void } {
  const workspace = useWorkspace((all) => all);
  const [setup, setSetup] = useState<TestSetup>(() => {
    const nowMs = Date.now();
    const kept = loadTestSetup();
    if (kept) {
      return kept.days === null ? kept : { ...kept, fromMs: nowMs - kept.days * MS_PER_DAY, toMs: nowMs };
    }
    return defaultTestSetup({ exchange: workspace.exchange, symbol: workspace.symbol });
  });
  const change = useCallback((given: Partial<TestSetup>) => {
    setSetup((before) => {
      const next = { ...before, ...given };
      saveTestSetup(next);
      return next;
    });
  }, []);
  return { setup, change };
}

/** A list of funding without what lies outside the range: it decides nothing and would only change the data's hash. */
function paidWithin(market: BacktestMarketRef, { fromMs, toMs }: { fromMs: number; toMs: number }): BacktestMarketRef {
  const { funding, ...rest } = market;
  if (typeof funding !== 'object') return market;
  const within = funding.filter(([timeMs]) => timeMs >= fromMs && timeMs < toMs);
  return within.length === 0 ? rest : { ...rest, funding: within };
}

/** What the engine is asked for; `null` while a strategy or the exchange's word on its markets is missing. */
export function useTestRequest(setup: TestSetup): TestRequest | null {
  const exchange = setup.markets[0]?.exchange ?? '';
  const { data } = useMarkets(exchange, '');
  const { document, params, markets, detailTimeframe, fromMs, toMs, config } = setup;
  return useMemo(() => {
    if (document === null || data === undefined) return null;
    const { timeframe } = document;
    const range = { fromMs: openTimeAt(timeframe, fromMs), toMs: openTimeAt(timeframe, toMs) };
    return {
      document,
      params,
      timeframe,
      detailTimeframe: finerThan(timeframe).some((one) => one === detailTimeframe) ? detailTimeframe : null,
      ...range,
      config,
      markets: markets.map((market) => {
        const rules = data.find(({ symbol }) => symbol === market.symbol);
        return {
          ...paidWithin(market, range),
          tickSize: Number(rules?.priceTick ?? FINEST),
          lotSize: Number(rules?.quantityStep ?? FINEST),
          minNotional: Number(rules?.notionalMin ?? 0),
        };
      }),
    };
  }, [document, params, markets, detailTimeframe, fromMs, toMs, config, data]);
}
