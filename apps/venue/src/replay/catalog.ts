import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { err, isTimeframe, MS_PER_DAY, ok, timeframeMs, type Result, type Timeframe } from '@wickworks/core';
import { z } from 'zod';
import { readCandleFile, type CandleFile } from './candle-file.js';
import { buildGrid, wholeDaySlots } from './candle-grid.js';
import { Market } from './market.js';
import { readRealTrades } from './real-trades.js';

const Manifest = z.object({
  markets: z.array(
    z.object({
      symbol: z.string().regex(/^[A-Z0-9]+\/[A-Z0-9]+$/),
      file: z.string(),
      timeframe: z.string().refine(isTimeframe),
      priceDecimals: z.int().min(0).max(8),
      quantityDecimals: z.int().min(0).max(8),
      firstOpenTimeMs: z.int(),
      lastOpenTimeMs: z.int(),
      fillHolesUpToMs: z.int().min(0),
      what: z.string(),
      source: z.string(),
      licence: z.string(),
      trades: z.object({ file: z.string(), what: z.string(), source: z.string(), licence: z.string() }).optional(),
    }),
  ),
});

/** What is known of a market before its candles are read. */
interface MarketFacts {
  /** CCXT's spelling, `BTC/USDT`. */
  readonly symbol: string;
  /** Binance's spelling, `BTCUSDT`. */
  readonly id: string;
  readonly base: string;
  readonly quote: string;
  readonly timeframe: Timeframe;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  /** Dates of the source as replayed: open time of the first candle and end of the last, ms UTC. */
  readonly sourceFromMs: number;
  readonly sourceToMs: number;
  /** Text for people: what these numbers are, where they come from, under which licence. */
  readonly what: string;
  readonly source: string;
  readonly licence: string;
}

/** A market of the catalogue; its candles are read when first asked for. */
export interface CatalogMarket extends MarketFacts {
  readonly market: () => Market;
}

export interface CatalogOptions {
  /** Folder with manifest.json and the bundled files. */
  readonly bundledDir: string;
  /** Folder with further candle files, all of which are checked at once. */
  readonly extraDir: string | undefined;
  readonly seed: number;
  readonly repeats: boolean;
}

/** All markets, bundled ones first; a file in `extraDir` replaces a bundled market of its symbol. */
export function loadCatalog(options: CatalogOptions): Result<CatalogMarket[], string> {
  const markets = new Map<string, CatalogMarket>();
  for (const market of bundledMarkets(options)) markets.set(market.symbol, market);
  if (options.extraDir !== undefined) {
    const extra = extraMarkets(options.extraDir, options);
    if (!extra.ok) return extra;
    for (const market of extra.value) markets.set(market.symbol, market);
  }
  return ok([...markets.values()]);
}

function bundledMarkets(options: CatalogOptions): CatalogMarket[] {
  const text = readFileSync(join(options.bundledDir, 'manifest.json'), 'utf8');
  const manifest = Manifest.parse(JSON.parse(text));
  return manifest.markets.map((entry) => {
    const slotMs = timeframeMs(entry.timeframe);
    const allSlots = (entry.lastOpenTimeMs - entry.firstOpenTimeMs) / slotMs + 1;
    const slots = options.repeats ? wholeDaySlots(allSlots, slotMs) : allSlots;
    return {
      ...naming(entry.symbol),
      timeframe: entry.timeframe,
      priceDecimals: entry.priceDecimals,
      quantityDecimals: entry.quantityDecimals,
      sourceFromMs: entry.firstOpenTimeMs,
      sourceToMs: entry.firstOpenTimeMs + slots * slotMs,
      what: entry.trades === undefined ? entry.what : `${entry.what}; ${entry.trades.what}`,
      source: entry.source,
      licence: entry.licence,
      market: once(() => {
        const file = readCandleFile(join(options.bundledDir, entry.file), entry.timeframe);
        if (!file.ok) throw new Error(`bundled data: ${file.error}`);
        const grid = buildGrid(file.value, { ...entry, wholeDays: options.repeats });
        const tradeFile = entry.trades === undefined ? undefined : join(options.bundledDir, entry.trades.file);
        const realTrades = tradeFile === undefined ? new Map() : readRealTrades(tradeFile, grid);
        return new Market({ symbol: entry.symbol, seed: options.seed, repeats: options.repeats, grid, realTrades });
      }),
    };
  });
}

function extraMarkets(dir: string, options: CatalogOptions): Result<CatalogMarket[], string> {
  let names: string[];
  try {
    names = readdirSync(dir)
      .filter((name) => /\.csv(\.gz)?$/i.test(name))
      .sort();
  } catch (error) {
    return err(`${dir}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const markets = new Map<string, { name: string; market: CatalogMarket }>();
  for (const name of names) {
    const market = extraMarket(join(dir, name), options);
    if (!market.ok) return market;
    const other = markets.get(market.value.symbol);
    if (other) return err(`${name}: ${other.name} is also a file for ${market.value.symbol}; keep one of them`);
    markets.set(market.value.symbol, { name, market: market.value });
  }
  return ok([...markets.values()].map(({ market }) => market));
}

function extraMarket(path: string, options: CatalogOptions): Result<CatalogMarket, string> {
  const named = parseFileName(basename(path));
  if (!named.ok) return named;
  const file = readCandleFile(path, named.value.timeframe);
  if (!file.ok) return file;
  const { symbol, timeframe, exchange } = named.value;
  const { candles } = file.value;
  const decimals = marketDecimals(file.value);
  const grid = buildGrid(file.value, { ...decimals, timeframe, fillHolesUpToMs: 0, wholeDays: options.repeats });
  const market = new Market({ symbol, seed: options.seed, repeats: options.repeats, grid, realTrades: new Map() });
  return ok({
    ...naming(symbol),
    timeframe,
    ...decimals,
    sourceFromMs: candles.time[0]!,
    sourceToMs: candles.time[0]! + grid.slots * grid.slotMs,
    what: `${exchange} ${symbol}, candles of ${timeframe} from ${basename(path)}`,
    source: basename(path),
    licence: 'supplied by the operator of this venue',
    market: () => market,
  });
}

/** Tick and step as written in the file; digits beyond Binance's eighth decimal are float noise. */
function marketDecimals(file: CandleFile): { priceDecimals: number; quantityDecimals: number } {
  return {
    priceDecimals: Math.min(8, file.priceDecimals),
    quantityDecimals: Math.min(8, file.volumeDecimals),
  };
}

const QUOTES = ['FDUSD', 'USDT', 'USDC', 'BUSD', 'USD', 'EUR', 'BTC', 'ETH', 'BNB'];
const FILE_NAME = /^([^_]+)_([A-Za-z0-9]+[-/]?[A-Za-z0-9]+)_(\d+[smhdwM])(?![A-Za-z0-9]).*\.csv(\.gz)?$/i;

/** Reads `EXCHANGE_SYMBOL_TIMEFRAME*.csv[.gz]`; the error names the file and what was expected. */
export function parseFileName(
  name: string,
): Result<{ exchange: string; symbol: string; timeframe: Timeframe }, string> {
  const parts = FILE_NAME.exec(name);
  if (parts === null) return err(`${name}: the name must look like EXCHANGE_SYMBOL_TIMEFRAME.csv.gz`);
  const [, exchange = '', pair = '', timeframe = ''] = parts;
  if (!isTimeframe(timeframe)) return err(`${name}: ${timeframe} is no timeframe`);
  if (timeframeMs(timeframe) > MS_PER_DAY) return err(`${name}: candles wider than a day cannot be replayed`);
  const upper = pair.toUpperCase();
  const split = /^([A-Z0-9]+)-([A-Z0-9]+)$/.exec(upper);
  const quote = split?.[2] ?? QUOTES.find((text) => upper.endsWith(text) && upper.length > text.length);
  if (quote === undefined) return err(`${name}: ${pair} must end in one of ${QUOTES.join(' ')}, or be BASE-QUOTE`);
  const base = split?.[1] ?? upper.slice(0, -quote.length);
  return ok({ exchange, symbol: `${base}/${quote}`, timeframe });
}

function naming(symbol: string): { symbol: string; id: string; base: string; quote: string } {
  const [base = '', quote = ''] = symbol.split('/');
  return { symbol, id: base + quote, base, quote };
}

/** `make` run at most once, when first asked. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
