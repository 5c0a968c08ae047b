import type { BacktestMarketRef, TradesView } from '@wickworks/contracts';
import { MS_PER_DAY, openTimeAt, tiles, timeframeMs, TIMEFRAMES, type Timeframe } from '@wickworks/core';
import { useCallback, useMemo, useState } from 'react';
import { defaultTestSetup, loadTestSetup, saveTestSetup, type TestSetup } from '../../data/backtests-setup.js';
import type { TestRequest } from '../../data/engine-worker-protocol.js';
import { useMarkets } from '../../data/hooks.js';
import { useWorkspace } from '../../data/workspace-slice.js';

/** Timeframes whose candles tile those of every strategy; none while there is none. */
export const finerThanAll = (strategies: TestSetup['strategies']): readonly Timeframe[] =>
  strategies.length === 0
    ? []
    : TIMEFRAMES.filter((one) =>
        strategies.every(({ document }) => one !== document.timeframe && tiles(one, document.timeframe)),
      );

const widestOf = (timeframes: readonly Timeframe[]): Timeframe =>
  timeframes.reduce((widest, one) => (timeframeMs(one) > timeframeMs(widest) ? one : widest));

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

/** What is to be run, decided by stored trades or not; `null` while a strategy or the exchange's word on its markets is missing. */
export function useTestRequest(setup: TestSetup, detailTrades: boolean): TestRequest | null {
  const exchange = setup.markets[0]?.exchange ?? '';
  const { data } = useMarkets(exchange, '');
  const { strategies, markets, detailTimeframe, fromMs, toMs, config } = setup;
  return useMemo(() => {
    if (strategies.length === 0 || data === undefined) return null;
    const widest = widestOf(strategies.map(({ document }) => document.timeframe));
    // All begin and end together: with candles of the widest timeframe that lie in the range as a whole.
    const range = { fromMs: openTimeAt(widest, fromMs), toMs: openTimeAt(widest, toMs) };
    const known = markets.map(({ symbol }) => symbol);
    const isShared = strategies.length > 1;
    return {
      strategies: strategies.map(({ document, params, symbols, allocation }) => {
        const { timeframe } = document;
        const own = known.filter((symbol) => !isShared || (symbols?.includes(symbol) ?? true));
        return {
          ...{ document, params, timeframe, allocation: isShared ? allocation : null },
          symbols: own.length === 0 ? known : own,
          fromMs: openTimeAt(timeframe, range.fromMs),
          toMs: openTimeAt(timeframe, range.toMs),
        };
      }),
      isShared,
      detailTimeframe: finerThanAll(strategies).some((one) => one === detailTimeframe) ? detailTimeframe : null,
      detailTrades,
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
  }, [strategies, markets, detailTimeframe, detailTrades, fromMs, toMs, config, data]);
}

/** How much of the range stored trades cover in the market that has least of them, 0..1. */
export function coverOf({ markets, fromMs, toMs }: TestSetup, stored: readonly TradesView[]): number {
  const shares = markets.map(({ exchange, symbol }) => {
    const covered = stored.find((one) => one.exchange === exchange && one.symbol === symbol)?.covered ?? [];
    const coveredMs = covered.reduce(
      (sum, [from, to]) => sum + Math.max(0, Math.min(to, toMs) - Math.max(from, fromMs)),
      0,
    );
    return coveredMs / (toMs - fromMs);
  });
  return Math.min(...shares);
}

/** Stored trades were asked for, and there are some. */
export const canUseTrades = ({ detailTrades }: TestSetup, tradesCover: number): boolean =>
  detailTrades && tradesCover > 0;
