import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BacktestResult } from '@wickworks/contracts';
import { closeTimeOf, err, ok, type Timeframe } from '@wickworks/core';
import {
  faultText,
  proveStrategy,
  runBacktest,
  runFileOf,
  type RunConfig,
  type RunFile,
  type RunInput,
  type RunMarket,
} from '@wickworks/engine';
import { FILE_EXCHANGE, loadCandles, priceDecimals } from '../backtest/load-candles.js';
import { loadStrategy } from '../backtest/load-strategy.js';
import { resultText } from '../backtest/result-text.js';
import { runGuarded } from '../backtest/run-guarded.js';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { CSV_HEADER } from '@wickworks/db';
import { failed, wrongUsage } from '../failure.js';
import {
  collect,
  parseCash,
  parseExchange,
  parseNumber,
  parsePairs,
  parseShare,
  parseStep,
  parseSymbol,
  parseTime,
  parseTimeframe,
} from '../options.js';

interface BacktestOptions {
  readonly in?: string;
  readonly exchange?: string;
  readonly symbol: string;
  readonly timeframe?: Timeframe;
  readonly detailIn?: string;
  readonly detailTimeframe?: Timeframe;
  readonly from?: number;
  readonly to?: number;
  readonly cash?: string;
  readonly fee?: number;
  readonly makerFee?: number;
  readonly slippage?: number;
  readonly leverage?: number;
  readonly shorting?: boolean;
  readonly latencyMs?: number;
  readonly volumeShare?: number;
  readonly touchFills?: boolean;
  readonly tick?: number;
  readonly lot?: number;
  readonly minNotional?: number;
  readonly param: readonly string[];
  readonly proof: boolean;
  readonly out?: string;
}

/** `wick backtest STRATEGY …`: what a strategy would have done. */
export const backtest: RegisterCommand = (parent, world, done) => {
  parent
    .command('backtest')
    .description('run a strategy over stored candles or a file of them')
    .argument('<strategy>', 'a strategy as a JSON file or in code (.ts, .js), or the id of a built-in example')
    .option('--in <file>', `candles: gzip or plain CSV, ${CSV_HEADER}, time in ms UTC; - reads standard input`)
    .option('--exchange <id>', 'exchange whose stored candles are used instead', parseExchange)
    .requiredOption('--symbol <symbol>', 'market, such as BTC/USDT', parseSymbol)
    .option('--timeframe <timeframe>', 'candle width; default: the strategy’s own', parseTimeframe)
    .option('--detail-timeframe <timeframe>', 'finer candles decide what happened inside a candle', parseTimeframe)
    .option('--detail-in <file>', 'file of the finer candles; with --exchange they come from the store')
    .option('--from <time>', 'first open time used (ms, date or time, UTC)', parseTime)
    .option('--to <time>', 'open time to stop before', parseTime)
    .option('--cash <amount>', 'deposit in quote currency; default: 10000', parseCash)
    .option(
      '--fee <share>',
      'fee of each fill as a share (0.001) or in basis points (10bps); default: 10bps',
      parseShare,
    )
    .option('--maker-fee <share>', 'fee of resting fills, where it differs', parseShare)
    .option('--slippage <share>', 'how much worse market orders fill, as a share or in basis points', parseShare)
    .option(
      '--leverage <factor>',
      'most exposure over equity; default: 1',
      parseNumber({ what: 'a factor', min: 1, max: 200 }),
    )
    .option('--shorting', 'short positions are allowed')
    .option(
      '--latency-ms <ms>',
      'from decision to venue',
      parseNumber({ what: 'ms', min: 0, max: 3_600_000, whole: true }),
    )
    .option('--volume-share <share>', 'most of a candle’s volume that fills may take', parseShare)
    .option('--touch-fills', 'limit orders fill when touched, not only when traded through')
    .option('--tick <size>', 'price step; default: as fine as the prices are written', parseStep)
    .option('--lot <size>', 'quantity step; default: 0.00000001', parseStep)
    .option(
      '--min-notional <amount>',
      'smallest order in quote; default: 0',
      parseNumber({ what: 'an amount', min: 0, max: 1e9 }),
    )
    .option('--param <name=value>', 'parameter of the strategy; may be repeated', collect, [])
    .option('--no-proof', 'leave the look-ahead and warm-up checks out')
    .option('--out <file>', 'write the result as JSON, to be shared and verified')
    .action((name: string, options: BacktestOptions) => done(run(world, name, options)));
};

async function run(world: World, name: string, options: BacktestOptions): Promise<CommandResult> {
  if ((options.in === undefined) === (options.exchange === undefined))
    return err(wrongUsage('either --in FILE or --exchange ID says where the candles come from'));
  if (options.detailIn !== undefined && options.detailTimeframe === undefined)
    return err(wrongUsage('--detail-in needs --detail-timeframe'));
  if (options.in !== undefined && options.detailTimeframe !== undefined && options.detailIn === undefined)
    return err(wrongUsage('--detail-timeframe needs --detail-in when candles come from a file'));
  const params = parsePairs(options.param);
  if (!params.ok) return params;
  const strategy = await loadStrategy(world, name, options.timeframe);
  if (!strategy.ok) return strategy;
  const { definition, document } = strategy.value;
  const { timeframe } = document;
  const market = await marketOf(world, options, timeframe);
  if (!market.ok) return market;
  const input: RunInput = {
    strategy: definition,
    document,
    params: params.value,
    markets: [market.value],
    timeframe,
    detailTimeframe: options.detailTimeframe ?? null,
    config: configOf(options),
  };
  const ran = runGuarded(() => runBacktest(input, { isCancelled: () => world.signal.aborted }));
  if (!ran.ok) return ran;
  const result = ran.value;
  if (!result.ok) return err(failed(faultText(result.error), { fault: result.error }));
  const proved = runGuarded(() => (options.proof ? proveStrategy(input) : null));
  if (!proved.ok) return proved;
  const proof = proved.value;
  if (proof?.ok === false) return err(failed(faultText(proof.error), { fault: proof.error }));
  const json = { ...runFileOf(result.value, proof?.value ?? null), ...filesOf(options) };
  if (options.out !== undefined) {
    const written = await write(resolve(world.cwd, options.out), json);
    if (written !== null) return err(failed(`${options.out} cannot be written: ${written}`));
  }
  return ok({ json, text: resultText(json) });
}

/** Which files the candles came from, so that `wick verify` finds them; standard input is gone by then. */
function filesOf({ in: file, detailIn }: BacktestOptions): Pick<BacktestResult, 'files'> {
  if (file === undefined || file === '-' || detailIn === '-') return {};
  return { files: [{ in: file, ...(detailIn !== undefined && { detailIn }) }] };
}

async function marketOf(world: World, options: BacktestOptions, timeframe: Timeframe) {
  const { symbol, exchange = FILE_EXCHANGE, from: fromMs = 0, to: toMs = Infinity } = options;
  const range = { fromMs, toMs };
  const candles = await loadCandles(world, { ...range, file: options.in, key: { exchange, symbol, timeframe } });
  if (!candles.ok) return candles;
  const market: RunMarket = {
    exchange,
    symbol,
    tickSize: options.tick ?? Number(`1e-${priceDecimals(candles.value)}`),
    lotSize: options.lot ?? 1e-8,
    minNotional: options.minNotional ?? 0,
    candles: candles.value,
  };
  if (options.detailTimeframe === undefined) return ok(market);
  const key = { exchange, symbol, timeframe: options.detailTimeframe };
  // What lies outside the candles decides nothing and would only change the data's hash.
  const { time, length } = candles.value;
  const within = { fromMs: time[0]!, toMs: closeTimeOf(timeframe, time[length - 1]!) };
  const detail = await loadCandles(world, { ...within, file: options.detailIn, key });
  return detail.ok ? ok({ ...market, detail: detail.value }) : detail;
}

function configOf(options: BacktestOptions): Partial<RunConfig> {
  const { fee, makerFee = fee, slippage } = options;
  return {
    ...(options.cash === undefined ? {} : { cash: options.cash }),
    ...(fee === undefined ? {} : { takerFeeBps: bpsOf(fee) }),
    ...(makerFee === undefined ? {} : { makerFeeBps: bpsOf(makerFee) }),
    ...(slippage === undefined ? {} : { slippage: { kind: 'bps', bps: bpsOf(slippage) } }),
    ...(options.leverage === undefined ? {} : { leverage: options.leverage }),
    ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }),
    ...(options.volumeShare === undefined ? {} : { volumeShareMax: options.volumeShare }),
    shorting: options.shorting === true,
    touchFills: options.touchFills === true,
  };
}

/** A share in basis points, to the fourth decimal: 0.001 × 10000 is not exactly 10. */
const bpsOf = (share: number): number => Math.round(share * 1e8) / 1e4;

async function write(path: string, json: RunFile): Promise<string | null> {
  try {
    await writeFile(path, `${JSON.stringify(json)}\n`);
    return null;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return error.message;
    throw error;
  }
}
