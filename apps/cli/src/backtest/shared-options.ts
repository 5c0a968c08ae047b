import { err, ok, type Result, type Timeframe } from '@wickworks/core';
import { strategyIdsOf, type SharedRunInput } from '@wickworks/engine';
import { InvalidArgumentError } from 'commander';
import type { World } from '../context.js';
import { wrongUsage, type CommandFailure } from '../failure.js';
import { parsePairs, parseSymbol } from '../options.js';
import { loadStrategy } from './load-strategy.js';

/** What is said of each of several strategies. */
export interface SharedOptions {
  readonly param: readonly string[];
  readonly timeframe?: Timeframe;
  readonly symbol: readonly string[];
  /** By strategy; null: nothing is reserved for it. */
  readonly allocation?: readonly (number | null)[];
  /** Markets by the strategy's id. */
  readonly marketsOf?: ReadonlyMap<string, readonly string[]>;
}

/** The strategies called `names`, each with what the options say of it. */
export async function loadStrategies(
  world: World,
  names: readonly string[],
  options: SharedOptions,
): Promise<Result<SharedRunInput['strategies'], CommandFailure>> {
  const { allocation } = options;
  if (allocation && allocation.length !== names.length)
    return err(wrongUsage(`--allocation needs one share for each of ${names.length} strategies; - is none`));
  const loaded = [];
  for (const name of names) {
    const strategy = await loadStrategy(world, name, options.timeframe);
    if (!strategy.ok) return strategy;
    loaded.push(strategy.value);
  }
  const ids = strategyIdsOf(loaded.map(({ definition }) => ({ fallback: definition.id })));
  const params = paramsOf(options.param, ids);
  if (!params.ok) return params;
  const odd = [...(options.marketsOf?.keys() ?? [])].find((id) => !ids.includes(id));
  if (odd !== undefined) return err(wrongUsage(`--markets-of ${odd}: ${unknownId(ids)}`));
  return ok(
    loaded.map(({ definition, document }, at) => ({
      ...{ id: ids[at]!, strategy: definition, document, timeframe: document.timeframe },
      params: params.value.get(ids[at]!) ?? {},
      symbols: options.marketsOf?.get(ids[at]!) ?? options.symbol,
      allocation: allocation?.[at] ?? null,
    })),
  );
}

/** Parameters by strategy, from `ID.name=value`. */
function paramsOf(
  pairs: readonly string[],
  ids: readonly string[],
): Result<ReadonlyMap<string, Record<string, string>>, CommandFailure> {
  const parsed = parsePairs(pairs);
  if (!parsed.ok) return parsed;
  const params = new Map<string, Record<string, string>>();
  for (const [key, value] of Object.entries(parsed.value)) {
    const id = ids.find((known) => key.startsWith(`${known}.`));
    if (id === undefined) return err(wrongUsage(`--param ${key}: expected ID.name=value; ${unknownId(ids)}`));
    params.set(id, { ...params.get(id), [key.slice(id.length + 1)]: value });
  }
  return ok(params);
}

const unknownId = (ids: readonly string[]): string => `the strategies are ${ids.join(', ')}`;

/** `0.5,0.25,-`. */
export function parseAllocation(text: string): readonly (number | null)[] {
  return text.split(',').map((part) => {
    if (part.trim() === '-') return null;
    const share = Number(part);
    if (part.trim() !== '' && share > 0 && share <= 1) return share;
    throw new InvalidArgumentError(
      'Accepted: shares above 0 up to 1, one for each strategy, such as 0.5,0.5; - is none.',
    );
  });
}

/** A further `ID=SYMBOL,SYMBOL`. */
export function parseMarketsOf(
  text: string,
  known: ReadonlyMap<string, readonly string[]> | undefined,
): ReadonlyMap<string, readonly string[]> {
  const at = text.indexOf('=');
  if (at < 1)
    throw new InvalidArgumentError('Accepted: a strategy’s id and its markets, such as my-trend=BTC/USDT,ETH/USDT.');
  return new Map([
    ...(known ?? []),
    [
      text.slice(0, at),
      text
        .slice(at + 1)
        .split(',')
        .map(parseSymbol),
    ],
  ]);
}
