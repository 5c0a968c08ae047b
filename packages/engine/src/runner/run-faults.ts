import { tiles, unreachable, type Timeframe } from '@wickworks/core';
import type { StrategyIssue } from '../strategies/document.js';
import { DEFAULT_RULES, faultOfRules, type BacktestFault } from './backtest.js';
import type { RunConfig } from './run-types.js';
import type { StrategyDefinition } from './strategy.js';

/** What is known of a run before its candles are there. */
export interface RunWish {
  readonly symbols: readonly string[];
  readonly timeframe: Timeframe;
  readonly detailTimeframe: Timeframe | null;
  readonly config: RunConfig;
  /** Markets the strategy asks for by name. */
  readonly needs?: StrategyDefinition['needs'];
}

/** The first thing that is wrong with a run, as far as that shows without candles; null when nothing is. */
export function faultOfWish({ symbols, timeframe, detailTimeframe, config, needs }: RunWish): BacktestFault | null {
  const { cash, makerFeeBps: _maker, takerFeeBps: _taker, ...rules } = config;
  const ruleFault = faultOfRules({ ...DEFAULT_RULES, ...rules, cash: Number(cash) });
  if (ruleFault) return ruleFault;
  const [first] = symbols;
  if (first === undefined) return { kind: 'no-markets' };
  if (detailTimeframe !== null && (detailTimeframe === timeframe || !tiles(detailTimeframe, timeframe)))
    return { kind: 'bad-detail', symbol: first, reason: `${detailTimeframe} candles do not tile ${timeframe} candles` };
  const currency = currencyOf(first);
  for (const symbol of symbols) {
    const other = currencyOf(symbol);
    if (other !== currency && other !== null && currency !== null)
      return { kind: 'mixed-currencies', symbol, reason: `settles in ${other}, the account is kept in ${currency}` };
  }
  const missing = needs?.find(({ symbol }) => !symbols.includes(symbol));
  return missing ? { kind: 'missing-market', ...missing } : null;
}

/** What `BASE/QUOTE` or `BASE/QUOTE:SETTLE` is paid in; null for names of another form. */
function currencyOf(symbol: string): string | null {
  const quote = symbol.split('/')[1];
  return quote === undefined ? null : (quote.split(':')[1] ?? quote);
}

/** What is wrong, each with the field of a request that it belongs to. */
export function issuesOfFault(fault: BacktestFault): readonly StrategyIssue[] {
  switch (fault.kind) {
    case 'no-markets':
      return [{ path: 'markets', message: 'no market was given' }];
    case 'no-candles':
      return [{ path: 'markets', message: `${fault.symbol} has no candles` }];
    case 'bad-candle':
      return [{ path: 'candles', message: `${fault.symbol} candle ${fault.index}: ${fault.reason}` }];
    case 'duplicate-symbol':
      return [{ path: 'markets', message: `${fault.symbol} was given twice` }];
    case 'mixed-currencies':
      return [{ path: 'markets', message: `${fault.symbol} ${fault.reason}` }];
    case 'missing-market':
      return [
        { path: `strategy.document.${fault.path}`, message: `${fault.symbol} is not among the markets of the run` },
      ];
    case 'bad-detail':
      return [{ path: 'detailTimeframe', message: `detail candles of ${fault.symbol}: ${fault.reason}` }];
    case 'bad-trades':
      return [{ path: 'detailTrades', message: `trades of ${fault.symbol}: ${fault.reason}` }];
    case 'bad-funding':
      return [{ path: 'funding', message: `funding of ${fault.symbol}: ${fault.reason}` }];
    case 'bad-instrument':
      return [{ path: `markets`, message: `${fault.symbol} ${fault.field} ${fault.reason}` }];
    case 'bad-rule':
      return [{ path: `config.${fault.field}`, message: fault.reason }];
    case 'bad-params':
      return fault.issues.map(({ field, message }) => ({ path: `params.${field}`, message }));
    case 'bad-strategy':
      return [{ path: `strategies.${fault.at}.${fault.field}`, message: fault.reason }];
    case 'of-strategy':
      return issuesOfFault(fault.fault).map(({ path, ...issue }) => ({
        ...issue,
        path: `strategies.${fault.at}.${path}`,
      }));
    default:
      return unreachable(fault);
  }
}

/** Why there is no result, for people: one line for each thing that is wrong, `field: what`. */
export const faultText = (fault: BacktestFault | { readonly kind: 'cancelled' }): string =>
  fault.kind === 'cancelled'
    ? 'cancelled'
    : issuesOfFault(fault)
        .map(({ path, message }) => `${path}: ${message}`)
        .join('\n');
