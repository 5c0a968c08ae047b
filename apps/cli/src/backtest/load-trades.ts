import { resolve } from 'node:path';
import { cutTape, err, ok, type Result, timeText, type TradeTape } from '@wickworks/core';
import type { MarketKey } from '@wickworks/db';
import { withDatabase, type World } from '../context.js';
import { readTradeFile } from '../csv/read-candles.js';
import { failed, type CommandFailure } from '../failure.js';
import { marketText } from '../text.js';

/** Which trades: of a file when one is given, of the store otherwise; of the times `[fromMs, toMs)` of the candles. */
export interface TradeWish {
  readonly file: string | undefined;
  readonly key: MarketKey;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The trades wished for, some at least. A file is taken to hold all trades of the candles: those it does not make up
 * are decided otherwise by the engine.
 */
async function loadTrades(world: World, wish: TradeWish): Promise<Result<TradeTape, CommandFailure>> {
  const { file, key, fromMs, toMs } = wish;
  const tape = file === undefined ? await fromStore(world, wish) : await fromFile(world, file, wish);
  if (!tape.ok || tape.value.covered.length > 0) return tape;
  return err(
    failed(
      `no trades of ${marketText(key)} are stored between ${timeText(fromMs)} and ${timeText(toMs)}: see \`wick trades\``,
    ),
  );
}

/** As {@link loadTrades}, as part of a market; nothing where no trades are to decide. */
export async function loadTradesIf(
  isWanted: boolean,
  world: World,
  wish: TradeWish,
): Promise<Result<{ readonly trades?: TradeTape }, CommandFailure>> {
  if (!isWanted) return ok({});
  world.doing(`reading the trades of ${marketText(wish.key)}`);
  const trades = await loadTrades(world, wish);
  return trades.ok ? ok({ trades: trades.value }) : trades;
}

async function fromFile(
  world: World,
  file: string,
  { fromMs, toMs }: TradeWish,
): Promise<Result<TradeTape, CommandFailure>> {
  const read = await readTradeFile(world, file === '-' ? file : resolve(world.cwd, file));
  if (read.ok) return ok(cutTape({ trades: read.value, covered: [[fromMs, toMs]] }, fromMs, toMs));
  const { line, reason } = read.error;
  return err(failed(`${line === null ? file : `${file} line ${line}`}: ${reason}`, { file, line, reason }));
}

const fromStore = (world: World, { key, fromMs, toMs }: TradeWish): Promise<Result<TradeTape, CommandFailure>> =>
  withDatabase(world, async ({ trades }) => ok(await trades.read(key, fromMs, toMs)));
