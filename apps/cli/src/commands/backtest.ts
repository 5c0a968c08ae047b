import { Option } from 'commander';
import type { BacktestResult } from '@wickworks/contracts';
import { err, ok, spanOfAll, timeSpanOf, type CandleColumns, type Result, type Timeframe } from '@wickworks/core';
import {
  proveShared,
  proveStrategy,
  runBacktest,
  runFileOf,
  runSharedBacktest,
  type Funding,
  type RunInput,
  type RunMarket,
  type RunMarketTerms,
  type SharedRunInput,
  type SharedRunMarket,
} from '@wickworks/engine';
import { FILE_EXCHANGE, loadCandles, priceDecimals } from '../backtest/load-candles.js';
import { configOf, feesOf, withAccountOptions, type AccountOptions } from '../backtest/account-options.js';
import { FUNDING_HEADER, loadFunding } from '../backtest/load-funding.js';
import { loadSeries } from '../backtest/load-series.js';
import { loadStrategy } from '../backtest/load-strategy.js';
import { loadTradesIf } from '../backtest/load-trades.js';
import { proofOf, ranOf, type ReadyRun } from '../backtest/ready-run.js';
import { resultText } from '../backtest/result-text.js';
import { loadStrategies, parseAllocation, parseMarketsOf, type SharedOptions } from '../backtest/shared-options.js';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { CSV_HEADER, TRADE_CSV_HEADER } from '@wickworks/db';
import { outFault, writeOut } from '../csv/write-file.js';
import { wrongUsage, type CommandFailure } from '../failure.js';
import {
  collect,
  parseExchange,
  parseNumber,
  parsePairs,
  parseStep,
  parseSymbol,
  parseTime,
  parseTimeframe,
} from '../options.js';

interface BacktestOptions extends AccountOptions, SharedOptions {
  readonly in: readonly string[];
  readonly exchange?: string;
  readonly detailIn: readonly string[];
  readonly detailTimeframe?: Timeframe;
  readonly detail?: 'trades';
  readonly tradesIn: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly tick?: number;
  readonly lot?: number;
  readonly minNotional?: number;
  readonly funding: readonly string[];
  readonly proof: boolean;
  readonly out?: string;
}

/** `wick backtest STRATEGY …`: what a strategy would have done. */
export const backtest: RegisterCommand = (parent, world, done) => {
  withAccountOptions(parent.command('backtest'))
    .description('run a strategy, or several on one account, over stored candles or a file of them')
    .argument('<strategy...>', 'a strategy as a JSON file or in code (.ts, .js), or the id of a built-in example')
    .option(
      '--in <file>',
      `candles: gzip or plain CSV, ${CSV_HEADER}, time in ms UTC; - reads standard input; longer ones of other strategies are made of them`,
      collect,
      [],
    )
    .option('--exchange <id>', 'exchange whose stored candles are used instead', parseExchange)
    .requiredOption(
      '--symbol <symbol>',
      'market, such as BTC/USDT; again, with its --in, for more on one account',
      symbols,
    )
    .option('--timeframe <timeframe>', 'candle width; default: the strategy’s own', parseTimeframe)
    .option('--detail-timeframe <timeframe>', 'finer candles decide what happened inside a candle', parseTimeframe)
    .option('--detail-in <file>', 'file of the finer candles; with --exchange they come from the store', collect, [])
    .addOption(
      new Option('--detail <trades>', 'stored trades decide what happened inside a candle').choices(['trades']),
    )
    .option(
      '--trades-in <file>',
      `file of the trades: ${TRADE_CSV_HEADER}; with --exchange they come from the store`,
      collect,
      [],
    )
    .option('--from <time>', 'first open time used (ms, date or time, UTC)', parseTime)
    .option('--to <time>', 'open time to stop before', parseTime)
    .option('--tick <size>', 'price step; default: as fine as the prices are written', parseStep)
    .option('--lot <size>', 'quantity step; default: 0.00000001', parseStep)
    .option(
      '--min-notional <amount>',
      'smallest order in quote; default: 0',
      parseNumber({ what: 'an amount', min: 0, max: 1e9 }),
    )
    .option(
      '--funding <share or file>',
      `what longs pay to shorts: a share every 8 hours, or a file of ${FUNDING_HEADER}; once for each --symbol`,
      collect,
      [],
    )
    .option('--param <name=value>', 'parameter of the strategy, of several ID.name=value; may be repeated', collect, [])
    .option(
      '--allocation <shares>',
      'shares of the deposit reserved for each strategy, such as 0.5,0.5; - is none',
      parseAllocation,
    )
    .option('--markets-of <id=symbols>', 'markets that one of several strategies trades; default: all', parseMarketsOf)
    .option('--no-proof', 'leave the look-ahead and warm-up checks out')
    .option('--out <file>', 'write the result as JSON, to be shared and verified')
    .action((names: readonly string[], options: BacktestOptions) => done(run(world, names, options)));
};

/** A further `--symbol`. */
const symbols = (text: string, known: readonly string[] | undefined): readonly string[] => [
  ...(known ?? []),
  parseSymbol(text),
];

/** What options contradict each other, or lack; null when nothing is. */
function usageFault(options: BacktestOptions): string | null {
  const { in: files, exchange, symbol, detailIn, detailTimeframe } = options;
  const isFromFile = files.length > 0;
  if (isFromFile === (exchange !== undefined))
    return 'either --in FILE or --exchange ID says where the candles come from';
  if (isFromFile && files.length !== symbol.length) return 'each --symbol needs one --in, in the same order';
  if (detailIn.length > 0 && detailTimeframe === undefined) return '--detail-in needs --detail-timeframe';
  if (isFromFile && detailTimeframe !== undefined && detailIn.length !== symbol.length)
    return '--detail-timeframe needs --detail-in when candles come from a file, one for each --symbol';
  const { detail, tradesIn } = options;
  if ([...files, ...detailIn, ...tradesIn].filter((file) => file === '-').length > 1)
    return '- is standard input, which can be read once: one file alone may come from it';
  if (tradesIn.length > 0 && detail === undefined) return '--trades-in needs --detail trades';
  if (isFromFile && detail !== undefined && tradesIn.length !== symbol.length)
    return '--detail trades needs --trades-in when candles come from a file, one for each --symbol';
  if (options.funding.length > 0 && options.funding.length !== symbol.length)
    return 'each --symbol needs one --funding, in the same order; 0 is none';
  const named = [...(options.feeOf?.keys() ?? []), ...(options.makerFeeOf?.keys() ?? [])];
  const other = named.find((one) => !symbol.includes(one));
  return other === undefined ? null : `a fee is given for ${other}, which is no --symbol of this run`;
}

async function run(world: World, names: readonly string[], options: BacktestOptions): Promise<CommandResult> {
  const fault = usageFault(options);
  if (fault !== null) return err(wrongUsage(fault));
  const unwritable = options.out === undefined ? null : await outFault(world, options.out);
  if (unwritable !== null) return err(unwritable);
  const isShared = names.length > 1 || options.allocation !== undefined || options.marketsOf !== undefined;
  const ready = isShared ? await prepareSeveral(world, names, options) : await prepareOne(world, names[0]!, options);
  if (!ready.ok) return ready;
  const ran = ranOf(world, ready.value);
  if (!ran.ok) return ran;
  const proof = options.proof ? proofOf(world, ready.value) : ok(null);
  if (!proof.ok) return proof;
  const json = { ...runFileOf(ran.value, proof.value), ...filesOf(options) };
  if (options.out !== undefined) {
    const written = await writeOut(world, options.out, `${JSON.stringify(json)}\n`);
    if (!written.ok) return written;
  }
  return ok({ json, text: resultText(json) });
}

async function prepareOne(
  world: World,
  name: string,
  options: BacktestOptions,
): Promise<Result<ReadyRun, CommandFailure>> {
  const params = parsePairs(options.param);
  if (!params.ok) return params;
  const strategy = await loadStrategy(world, name, options.timeframe);
  if (!strategy.ok) return strategy;
  const { definition, document } = strategy.value;
  const { timeframe } = document;
  const markets: RunMarket[] = [];
  for (const index of options.symbol.keys()) {
    const market = await marketOf(world, options, timeframe, index);
    if (!market.ok) return market;
    markets.push(market.value);
  }
  const input: RunInput = {
    strategy: definition,
    document,
    params: params.value,
    markets,
    timeframe,
    detailTimeframe: options.detailTimeframe ?? null,
    config: configOf(options),
  };
  return ok({ run: (control) => runBacktest(input, control), prove: () => proveStrategy(input) });
}

async function prepareSeveral(
  world: World,
  names: readonly string[],
  options: BacktestOptions,
): Promise<Result<ReadyRun, CommandFailure>> {
  const strategies = await loadStrategies(world, names, options);
  if (!strategies.ok) return strategies;
  const markets: SharedRunMarket[] = [];
  for (const [index, symbol] of options.symbol.entries()) {
    const trading = strategies.value.filter(({ symbols: own }) => own.includes(symbol));
    if (trading.length === 0) return err(wrongUsage(`no strategy trades ${symbol}`));
    const timeframes = [...new Set(trading.map(({ timeframe }) => timeframe))];
    const market = await sharedMarketOf(world, options, { index, symbol, timeframes });
    if (!market.ok) return market;
    markets.push(market.value);
  }
  const detailTimeframe = options.detailTimeframe ?? null;
  const input: SharedRunInput = { strategies: strategies.value, markets, detailTimeframe, config: configOf(options) };
  return ok({ run: (control) => runSharedBacktest(input, control), prove: () => proveShared(input) });
}

/** Which files the candles came from, so that `wick verify` finds them; standard input is gone by then. */
function filesOf({ in: files, detailIn: details, tradesIn: trades }: BacktestOptions): Pick<BacktestResult, 'files'> {
  if (files.length === 0 || [...files, ...details, ...trades].includes('-')) return {};
  return {
    files: files.map((file, index) => ({
      in: file,
      ...(details[index] !== undefined && { detailIn: details[index] }),
      ...(trades[index] !== undefined && { tradesIn: trades[index] }),
    })),
  };
}

/** The `index`-th market, with its candles. */
async function marketOf(world: World, options: BacktestOptions, timeframe: Timeframe, index: number) {
  const symbol = options.symbol[index]!;
  const { exchange = FILE_EXCHANGE, from: fromMs = 0, to: toMs = Infinity } = options;
  const range = { fromMs, toMs };
  const candles = await loadCandles(world, { ...range, file: options.in[index], key: { exchange, symbol, timeframe } });
  if (!candles.ok) return candles;
  const within = timeSpanOf(candles.value, timeframe);
  const funding = await loadFunding(world, options.funding[index], within);
  if (!funding.ok) return funding;
  const terms = termsOf(options, { exchange, symbol, candles: candles.value, funding: funding.value });
  const wish = { ...within, file: options.tradesIn[index], key: { exchange, symbol } };
  const trades = await loadTradesIf(options.detail !== undefined, world, wish);
  if (!trades.ok) return trades;
  const market: RunMarket = { ...terms, candles: candles.value, ...trades.value };
  if (options.detailTimeframe === undefined) return ok(market);
  const key = { exchange, symbol, timeframe: options.detailTimeframe };
  // What lies outside the candles decides nothing and would only change the data's hash.
  const detail = await loadCandles(world, { ...within, file: options.detailIn[index], key });
  return detail.ok ? ok({ ...market, detail: detail.value }) : detail;
}

/** A market of several strategies, with its candles of every timeframe that one of them trades it on. */
async function sharedMarketOf(
  world: World,
  options: BacktestOptions,
  { index, symbol, timeframes }: { index: number; symbol: string; timeframes: readonly Timeframe[] },
): Promise<Result<SharedRunMarket, CommandFailure>> {
  const { exchange = FILE_EXCHANGE, from: fromMs = 0, to: toMs = Infinity } = options;
  const series = await loadSeries(world, {
    ...{ exchange, symbol, timeframes },
    file: options.in[index],
    detailFile: options.detailIn[index],
    detailTimeframe: options.detailTimeframe ?? null,
    rangeOf: () => ({ fromMs, toMs }),
  });
  if (!series.ok) return series;
  const within = spanOfAll(series.value.map(({ timeframe, candles }) => timeSpanOf(candles, timeframe)));
  const funding = await loadFunding(world, options.funding[index], within);
  if (!funding.ok) return funding;
  const terms = termsOf(options, { exchange, symbol, candles: series.value[0]!.candles, funding: funding.value });
  const wish = { ...within, file: options.tradesIn[index], key: { exchange, symbol } };
  const trades = await loadTradesIf(options.detail !== undefined, world, wish);
  return trades.ok ? ok({ ...terms, series: series.value, ...trades.value }) : trades;
}

/** A market without its candles: what the options say of it, and the tick that its prices show. */
function termsOf(
  options: BacktestOptions,
  of: { exchange: string; symbol: string; candles: CandleColumns; funding: Funding | null },
): RunMarketTerms {
  return {
    exchange: of.exchange,
    symbol: of.symbol,
    tickSize: options.tick ?? Number(`1e-${priceDecimals(of.candles)}`),
    lotSize: options.lot ?? 1e-8,
    minNotional: options.minNotional ?? 0,
    ...feesOf(options, of.symbol),
    ...(of.funding !== null && { funding: of.funding }),
  };
}
