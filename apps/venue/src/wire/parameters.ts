import { isTimeframe, MS_PER_HOUR, MS_PER_MINUTE } from '@wickworks/core';
import type { ListedMarket } from './markets.js';
import type { Timeframe } from '@wickworks/core';
import {
  badCombination,
  duplicateParameter,
  emptyParameter,
  illegalCharacters,
  invalidData,
  invalidInterval,
  invalidSymbol,
  missingParameter,
  unreadParameters,
} from './errors.js';
import type { VenueMarkets } from './markets.js';

const NUMBER_RANGE = '^[0-9]{1,20}$';
const SYMBOL_RANGE = '^[A-Z0-9-_.]{1,20}$';

/**
 * The parameters of one request, by name. Every getter throws the {@link ApiError} Binance would answer;
 * {@link Parameters.finish} refuses parameters that nobody asked for.
 */
export class Parameters {
  readonly #values: ReadonlyMap<string, string>;
  readonly #read = new Set<string>();

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** From a query string; a parameter given twice is refused. */
  static fromQuery(query: URLSearchParams): Parameters {
    const values = new Map<string, string>();
    for (const [name, value] of query) {
      if (values.has(name)) throw duplicateParameter();
      values.set(name, value);
    }
    return new Parameters(values);
  }

  text(name: string): string | undefined {
    this.#read.add(name);
    const value = this.#values.get(name);
    if (value === '') throw emptyParameter(name);
    return value;
  }

  /** A whole number of 0 or more. */
  whole(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!/^[0-9]{1,20}$/.test(text)) throw illegalCharacters(name, NUMBER_RANGE);
    return Number(text);
  }

  /** `limit`: at least 1; more than `max` counts as `max`, as on Binance. */
  limit(fallback: number, max: number): number {
    const value = this.whole('limit') ?? fallback;
    if (value < 1) throw invalidData('limit');
    return Math.min(value, max);
  }

  /** The mandatory `symbol`. */
  market(markets: VenueMarkets): ListedMarket {
    const id = this.text('symbol');
    if (id === undefined) throw missingParameter('symbol');
    return findMarket(markets, id);
  }

  /** `symbol`, `symbols` (a JSON list) or neither; the flag tells a list from a single object. */
  chosenMarkets(markets: VenueMarkets): { chosen: readonly ListedMarket[]; kind: 'one' | 'several' | 'all' } {
    const one = this.text('symbol');
    const several = this.text('symbols');
    if (one !== undefined && several !== undefined) throw badCombination();
    if (one !== undefined) return { chosen: [findMarket(markets, one)], kind: 'one' };
    if (several === undefined) return { chosen: markets.all, kind: 'all' };
    const ids = parseList(several);
    if (new Set(ids).size !== ids.length) throw duplicateParameter();
    return { chosen: ids.map((id) => findMarket(markets, id)), kind: 'several' };
  }

  /** The mandatory `interval`, which the market must be able to show. */
  interval(listed: ListedMarket): Timeframe {
    const text = this.text('interval');
    if (text === undefined) throw missingParameter('interval');
    if (!isTimeframe(text) || !listed.market().offers(text)) throw invalidInterval();
    return text;
  }

  /** `timeZone` (`0`, `8`, `-1:00`, `05:45`) as ms ahead of UTC. */
  timeZoneMs(): number {
    const text = this.text('timeZone');
    if (text === undefined) return 0;
    const shiftMs = parseTimeZone(text);
    if (shiftMs === undefined) throw invalidData('timeZone');
    return shiftMs;
  }

  finish(): void {
    if (this.#values.size === 0) return;
    let read = 0;
    for (const name of this.#values.keys()) if (this.#read.has(name)) read++;
    if (read < this.#values.size) throw unreadParameters(read, this.#values.size);
  }
}

/** Ms ahead of UTC of `±h`, `±h:mm` between -12:00 and +14:00; `undefined` for anything else. */
export function parseTimeZone(text: string): number | undefined {
  const parts = /^([+-]?)(\d{1,2})(?::([0-5]\d))?$/.exec(text);
  if (parts === null) return undefined;
  const size = Number(parts[2]) * MS_PER_HOUR + Number(parts[3] ?? 0) * MS_PER_MINUTE;
  const shiftMs = parts[1] === '-' ? -size : size;
  return shiftMs >= -12 * MS_PER_HOUR && shiftMs <= 14 * MS_PER_HOUR ? shiftMs : undefined;
}

function findMarket(markets: VenueMarkets, id: string): ListedMarket {
  if (!/^[A-Z0-9-_.]{1,20}$/.test(id)) throw illegalCharacters('symbol', SYMBOL_RANGE);
  const market = markets.byId(id);
  if (market === undefined) throw invalidSymbol();
  return market;
}

function parseList(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw illegalCharacters('symbols', '^\\["[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}\\]$');
  }
  if (!Array.isArray(value) || value.length === 0) throw invalidData('symbols');
  return value.map((item) => {
    if (typeof item !== 'string') throw invalidData('symbols');
    return item;
  });
}
