import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { BacktestResult, issuesOf, type BacktestSetup, type BacktestSetupStrategy } from '@wickworks/contracts';
import { err, ok, spanOfAll, timeSpanOf, type Result } from '@wickworks/core';
import {
  canonicalJson,
  ENGINE_VERSION,
  proveShared,
  proveStrategy,
  runBacktest,
  runFileOf,
  runSharedBacktest,
  type RunFile,
  type RunMarket,
  type SharedRunInput,
  type SharedRunMarket,
} from '@wickworks/engine';
import { FILE_EXCHANGE, loadCandles } from '../backtest/load-candles.js';
import { loadSeries } from '../backtest/load-series.js';
import { loadTradesIf } from '../backtest/load-trades.js';
import { compile, parseJson } from '../backtest/load-strategy.js';
import { proofOf, ranOf, type ReadyRun } from '../backtest/ready-run.js';
import type { CommandResult, RegisterCommand, World } from '../context.js';
import { failed, wrongUsage, type CommandFailure } from '../failure.js';
import { collect } from '../options.js';

interface VerifyOptions {
  readonly in: readonly string[];
  readonly detailIn: readonly string[];
  readonly tradesIn: readonly string[];
}

/** What a result states besides its hashes and its curve: each must come out again. */
const STATED = ['metrics', 'breakdowns', 'trades', 'orders', 'candles', 'config', 'intrabar'] as const;

/** `wick verify RESULT.json`: runs a result again. */
export const verify: RegisterCommand = (parent, world, done) => {
  parent
    .command('verify')
    .description('run a backtest result again and compare; exit 1 when anything differs')
    .argument('<result>', 'a result as `wick backtest --out` and the testing page write it')
    .option(
      '--in <file>',
      'candles of a result made from a file that lies elsewhere now; once for each market',
      collect,
      [],
    )
    .option('--detail-in <file>', 'its detail candles, likewise', collect, [])
    .option('--trades-in <file>', 'its trades, likewise', collect, [])
    .action((file: string, options: VerifyOptions) => done(run(world, file, options)));
};

async function run(world: World, file: string, options: VerifyOptions): Promise<CommandResult> {
  const read = await readResult(world, file);
  if (!read.ok) return read;
  const stated = read.value;
  const { setup } = stated;
  const ready = setup.strategies
    ? await prepareSeveral(world, file, stated, setup.strategies, options)
    : await prepareOne(world, file, stated, options);
  if (!ready.ok) return ready;
  const ran = ranOf(world, ready.value);
  if (!ran.ok) return ran;
  const proof = stated.proof === null ? ok(null) : proofOf(world, ready.value);
  if (!proof.ok) return proof;
  return ok(verdictOf(file, stated, runFileOf(ran.value, proof.value)));
}

async function prepareOne(
  world: World,
  file: string,
  stated: BacktestResult,
  options: VerifyOptions,
): Promise<Result<ReadyRun, CommandFailure>> {
  const { setup } = stated;
  if (setup.strategy === null) return err(inCode(file, setup.strategyId));
  const strategy = await compile(setup.strategy, `the strategy in ${file}`);
  if (!strategy.ok) return strategy;
  const markets = await marketsOf(world, file, stated, options);
  if (!markets.ok) return markets;
  const input = {
    strategy: strategy.value.definition,
    document: strategy.value.document,
    params: setup.params,
    markets: markets.value,
    timeframe: setup.timeframe,
    detailTimeframe: setup.detailTimeframe,
    config: setup.config,
  };
  return ok({ run: (control) => runBacktest(input, control), prove: () => proveStrategy(input) });
}

async function prepareSeveral(
  world: World,
  file: string,
  stated: BacktestResult,
  shared: readonly BacktestSetupStrategy[],
  options: VerifyOptions,
): Promise<Result<ReadyRun, CommandFailure>> {
  const { setup, files: noted = [] } = stated;
  const strategies: SharedRunInput['strategies'][number][] = [];
  for (const { id, strategy, params, timeframe, symbols, allocation } of shared) {
    if (strategy === null) return err(inCode(file, id));
    const compiled = await compile(strategy, `the strategy ${id} in ${file}`);
    if (!compiled.ok) return compiled;
    const { definition, document } = compiled.value;
    strategies.push({ id, strategy: definition, document, params, timeframe, symbols, allocation });
  }
  const markets: SharedRunMarket[] = [];
  for (const [index, market] of setup.markets.entries()) {
    const { exchange, symbol } = market;
    const trading = shared.filter(({ symbols }) => symbols.includes(symbol));
    if (trading.length === 0) continue;
    const found = filesOf(world, { noted: noted[index], result: file, index, market, setup }, options);
    if (!found.ok) return found;
    const series = await loadSeries(world, {
      ...{ exchange, symbol, file: found.value.file, detailFile: found.value.detailFile },
      detailTimeframe: setup.detailTimeframe,
      timeframes: [...new Set(trading.map(({ timeframe }) => timeframe))],
      rangeOf: (timeframe) => trading.find((one) => one.timeframe === timeframe) ?? setup,
    });
    if (!series.ok) return series;
    const within = spanOfAll(series.value.map(({ timeframe, candles }) => timeSpanOf(candles, timeframe)));
    const wish = { ...within, file: found.value.tradesFile, key: { exchange, symbol } };
    const trades = await loadTradesIf(setup.detailTrades === true, world, wish);
    if (!trades.ok) return trades;
    markets.push({ ...market, series: series.value, ...trades.value });
  }
  const { detailTimeframe, config } = setup;
  const input = { strategies, markets, detailTimeframe, config };
  return ok({ run: (control) => runSharedBacktest(input, control), prove: () => proveShared(input) });
}

const inCode = (file: string, id: string): CommandFailure =>
  failed(`${file} was made by a strategy in code (${id}) that is not in it: it cannot be run again`);

/** A long curve is thinned in the files of the testing page: what is there must be of the curve, from end to end. */
function isCurveOf(stated: BacktestResult['equity'], whole: RunFile['equity']): boolean {
  const points = new Map(whole.map((point) => [point[0], canonicalJson(point)]));
  const isOf = (point: BacktestResult['equity'][number]): boolean => points.get(point[0]) === canonicalJson(point);
  return stated.every(isOf) && stated[0]?.[0] === whole[0]?.[0] && stated.at(-1)?.[0] === whole.at(-1)?.[0];
}

/**
 * What the proof states that another over all candles does not find, or null. The words may differ: the testing page
 * looks at the newest candles of a long run.
 */
function proofDifference(stated: BacktestResult['proof'], again: RunFile['proof']): string | null {
  if (stated === null || again === null || stated.passed === again.passed) return null;
  if (again.passed) return 'proof: stated as failed, but it passes';
  const found = again.checks.flatMap(({ kind, passed, detail }) => (passed ? [] : [`${kind}: ${detail}`]));
  return `proof: stated as passed, but ${found.join('; ')}`;
}

const OTHER_CANDLES = 'these are not the candles the result was made from';
const OTHER_TRADES =
  'these are not the candles and trades the result was made from, or not complete for the same times (a file of trades counts as complete for all candles)';

/** What differs, most telling first. */
function verdictOf(file: string, stated: BacktestResult, again: RunFile) {
  const differences: string[] = [];
  const isSameData = stated.dataHash === again.dataHash;
  if (!isSameData)
    differences.push(`the data has changed: ${stated.setup.detailTrades ? OTHER_TRADES : OTHER_CANDLES}`);
  if (isSameData && stated.resultHash !== again.resultHash) {
    const version = stated.setup.engineVersion;
    const why = version === ENGINE_VERSION ? '' : ` (made by engine ${version}, this is ${ENGINE_VERSION})`;
    differences.push(`the result is another one over the same data${why}`);
  }
  if (differences.length === 0) {
    const isOther = (field: (typeof STATED)[number]): boolean =>
      canonicalJson(stated[field]) !== canonicalJson(again[field]);
    const others = [...STATED.filter(isOther), ...(isCurveOf(stated.equity, again.equity) ? [] : ['equity'])];
    for (const field of others) differences.push(`${field}: not what the run gives, though the hashes agree`);
    const proof = proofDifference(stated.proof, again.proof);
    if (proof !== null) differences.push(proof);
  }
  const sound = differences.length === 0;
  const hashes = {
    dataHash: { stated: stated.dataHash, found: again.dataHash },
    resultHash: { stated: stated.resultHash, found: again.resultHash },
  };
  return {
    json: { verified: sound, differences, ...hashes },
    text: sound
      ? `${file}: verified, result ${again.resultHash}`
      : [
          `${file}: NOT verified`,
          ...differences.map((text) => `  ${text}`),
          `  data   stated ${stated.dataHash}`,
          `         found  ${again.dataHash}`,
          `  result stated ${stated.resultHash}`,
          `         found  ${again.resultHash}`,
        ].join('\n'),
    sound,
  };
}

async function readResult(world: World, file: string): Promise<Result<BacktestResult, CommandFailure>> {
  let text: string;
  try {
    text = await readFile(resolve(world.cwd, file), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return err(failed(`${file} cannot be read: ${error.message}`));
    throw error;
  }
  const parsed = BacktestResult.safeParse(parseJson(text));
  if (parsed.success) return ok(parsed.data);
  const issues = issuesOf(parsed.error);
  const shown = issues.slice(0, 5).map(({ path, message }) => `  ${path || 'file'}: ${message}`);
  return err(failed(`${file} is no backtest result:\n${shown.join('\n')}`, { issues }));
}

/** What `--in` names, else what the result was made from: from here, or from beside the result. */
function candleFile(
  world: World,
  { given, noted, result }: { given: string | undefined; noted: string | undefined; result: string },
): string | undefined {
  if (given !== undefined || noted === undefined) return given;
  const places = [resolve(world.cwd, noted), resolve(world.cwd, dirname(result), noted)];
  return places.find((path) => existsSync(path));
}

/** The files that the candles of a market are in; none where they come from the store. */
function filesOf(
  world: World,
  of: {
    noted: NonNullable<BacktestResult['files']>[number] | undefined;
    result: string;
    index: number;
    market: BacktestSetup['markets'][number];
    setup: BacktestSetup;
  },
  options: VerifyOptions,
): Result<Record<'file' | 'detailFile' | 'tradesFile', string | undefined>, CommandFailure> {
  const { noted, result, index, setup } = of;
  const { exchange, symbol } = of.market;
  const file = candleFile(world, { given: options.in[index], noted: noted?.in, result });
  const detailFile = candleFile(world, { given: options.detailIn[index], noted: noted?.detailIn, result });
  if (exchange === FILE_EXCHANGE && file === undefined)
    return err(wrongUsage(`the candles of ${symbol} came from a file that is not here: name it with --in`));
  if (exchange === FILE_EXCHANGE && setup.detailTimeframe !== null && detailFile === undefined)
    return err(
      wrongUsage(`the detail candles of ${symbol} came from a file that is not here: name it with --detail-in`),
    );
  const tradesFile = candleFile(world, { given: options.tradesIn[index], noted: noted?.tradesIn, result });
  if (exchange === FILE_EXCHANGE && setup.detailTrades && tradesFile === undefined)
    return err(wrongUsage(`the trades of ${symbol} came from a file that is not here: name it with --trades-in`));
  return ok({ file, detailFile, tradesFile });
}

async function marketsOf(
  world: World,
  result: string,
  { setup, files: noted = [] }: BacktestResult,
  files: VerifyOptions,
): Promise<Result<RunMarket[], CommandFailure>> {
  const markets: RunMarket[] = [];
  for (const [index, market] of setup.markets.entries()) {
    const { exchange, symbol } = market;
    const found = filesOf(world, { noted: noted[index], result, index, market, setup }, files);
    if (!found.ok) return found;
    const { file, detailFile, tradesFile } = found.value;
    const range = { fromMs: setup.fromMs, toMs: setup.toMs };
    const key = { exchange, symbol, timeframe: setup.timeframe };
    const candles = await loadCandles(world, { ...range, file, key });
    if (!candles.ok) return candles;
    // Of what lies inside a candle, all that lies inside its market's own candles, and nothing else.
    const within = timeSpanOf(candles.value, setup.timeframe);
    const trades = await loadTradesIf(setup.detailTrades === true, world, { ...within, file: tradesFile, key });
    if (!trades.ok) return trades;
    const whole = { ...market, candles: candles.value, ...trades.value };
    if (setup.detailTimeframe === null) {
      markets.push(whole);
      continue;
    }
    const detailKey = { exchange, symbol, timeframe: setup.detailTimeframe };
    const detail = await loadCandles(world, { ...within, file: detailFile, key: detailKey });
    if (!detail.ok) return detail;
    markets.push({ ...whole, detail: detail.value });
  }
  return ok(markets);
}
