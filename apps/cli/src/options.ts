import { InvalidArgumentError, type Command } from 'commander';
import { err, isTimeframe, ok, TIMEFRAMES, type Result, type SeriesKey, type Timeframe } from '@wickworks/core';
import { wrongUsage, type CommandFailure } from './failure.js';

/** An exchange id, however it is written: ids are in lower case. */
export function parseExchange(text: string): string {
  if (/^[a-z0-9_]{2,32}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('Accepted: an exchange id, such as local or binance.');
}

/** A market in CCXT's unified spelling. */
export function parseSymbol(text: string): string {
  if (/^[^\s/]+\/[^\s/]+$/.test(text) && text.length <= 64) return text;
  throw new InvalidArgumentError('Accepted: a market as BASE/QUOTE, such as BTC/USDT.');
}

/** A candle width. */
export function parseTimeframe(text: string): Timeframe {
  if (isTimeframe(text)) return text;
  throw new InvalidArgumentError(`Accepted: ${TIMEFRAMES.join(' ')}.`);
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

/** A moment in ms UTC, from milliseconds, an ISO date or an ISO time; without a zone it is UTC. */
export function parseTime(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const [, date, time = '00:00', zone = 'Z'] = ISO.exec(text) ?? [];
  const timeMs = date === undefined ? NaN : Date.parse(`${date}T${time}${zone}`);
  // Date.parse takes 31 February for 2 March.
  const dayExists = date !== undefined && new Date(Date.parse(`${date}T00:00Z`) || 0).toISOString().startsWith(date);
  if (dayExists && timeMs >= 0) return timeMs;
  throw new InvalidArgumentError(
    'Accepted: milliseconds, a date (2024-07-26) or a time (2024-07-26T14:15, 2024-07-26T14:15:00+02:00); UTC unless it names a zone.',
  );
}

/** A number in a range; `what` names it. */
export const parseNumber =
  ({ what, min, max, whole = false }: { what: string; min: number; max: number; whole?: boolean }) =>
  (text: string): number => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`Accepted: ${what} from ${min} to ${max}.`);
  };

/** A share of 0..1 as a number (0.001) or in basis points (10bps). */
export function parseShare(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(bps)?$/.exec(text) ?? [];
  const value = unit === undefined ? Number(digits) : Number(digits) / 10_000;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Accepted: a share from 0 to 1 (0.001) or basis points (10bps).');
}

/** An amount of money as decimal text. */
export function parseCash(text: string): string {
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0) return text;
  throw new InvalidArgumentError('Accepted: an amount above 0, such as 10000 or 2500.50.');
}

/** A step of prices or quantities. */
export function parseStep(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < Infinity) return value;
  throw new InvalidArgumentError('Accepted: a number above 0, such as 0.01.');
}

/** For commander: collects a repeatable option. */
export const collect = (value: string, values: readonly string[]): readonly string[] => [...values, value];

/** `name=value` pairs of repeated `--param`. */
export function parsePairs(pairs: readonly string[]): Result<Record<string, string>, CommandFailure> {
  const values: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) return err(wrongUsage(`--param ${pair}: expected name=value`));
    values[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return ok(values);
}

/** The two options that name a market at an exchange. */
export const withMarket = (command: Command): Command =>
  command
    .requiredOption('--exchange <id>', 'exchange id, such as local or binance', parseExchange)
    .requiredOption('--symbol <symbol>', 'market, such as BTC/USDT', parseSymbol);

/** The three options that name a series. */
export const withSeries = (command: Command): Command =>
  withMarket(command).requiredOption(
    '--timeframe <timeframe>',
    `candle width: ${TIMEFRAMES.join(' ')}`,
    parseTimeframe,
  );

/** The same two, to choose among what is stored. */
export const withMarketFilter = (command: Command): Command =>
  command
    .option('--exchange <id>', 'only this exchange', parseExchange)
    .option('--symbol <symbol>', 'only this market', parseSymbol);

/** The same three, to choose among what is stored. */
export const withSeriesFilter = (command: Command): Command =>
  withMarketFilter(command).option(
    '--timeframe <timeframe>',
    `only this candle width: ${TIMEFRAMES.join(' ')}`,
    parseTimeframe,
  );

type MarketName = Pick<SeriesKey, 'exchange' | 'symbol'>;

/** True when `key` is what the filter asks for. */
export const matchesMarket = (key: MarketName, filter: Partial<MarketName>): boolean =>
  (filter.exchange ?? key.exchange) === key.exchange && (filter.symbol ?? key.symbol) === key.symbol;

/** True when `key` is what the filter asks for. */
export const matchesSeries = (key: SeriesKey, filter: Partial<SeriesKey>): boolean =>
  matchesMarket(key, filter) && (filter.timeframe ?? key.timeframe) === key.timeframe;
