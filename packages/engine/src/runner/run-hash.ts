import { Sha256, type CandleColumns, type TradeTape } from '@wickworks/core';
import type { Fill } from '../messages.js';
import type { RunMarket, RunSetup } from './run-types.js';

/**
 * SHA-256 (hex) of the data of a run: for each market the number of candles and the six columns as little-endian
 * float64, then the detail candles, the funding and the trades (where there are any) likewise. Names do not count: the same candles from a file and
 * from a store have the same hash.
 */
export function dataHashOf(markets: readonly RunMarket[]): string {
  const hash = new Sha256().text('wickworks-data-1');
  for (const { candles, detail, funding, trades } of markets) {
    addCandles(hash, candles);
    addCandles(hash, detail ?? null);
    // A constant ratio is a setting, not data.
    const paid = typeof funding === 'object' ? funding : [];
    hash.floats(Float64Array.of(paid.length));
    hash.floats(Float64Array.from(paid, ([timeMs]) => timeMs)).floats(Float64Array.from(paid, ([, ratio]) => ratio));
    if (trades) addTrades(hash, trades);
  }
  return hash.hex();
}

function addCandles(hash: Sha256, candles: CandleColumns | null): void {
  const length = candles?.length ?? 0;
  hash.floats(Float64Array.of(length));
  if (candles === null) return;
  const { time, open, high, low, close, volume } = candles;
  for (const column of [time, open, high, low, close, volume]) hash.floats(column.subarray(0, length));
}

function addTrades(hash: Sha256, { trades, covered }: TradeTape): void {
  const { length, time, price, quantity } = trades;
  hash.text('trades').floats(Float64Array.of(length));
  for (const column of [time, price, quantity]) hash.floats(column.subarray(0, length));
  hash.floats(Float64Array.of(covered.length)).floats(Float64Array.from(covered.flat()));
}

/**
 * SHA-256 (hex) of a run: its setup as canonical JSON (without the exchange's name and the engine's version, which
 * decide nothing), the data's hash, every fill in integer units, and the equity curve as little-endian float64.
 */
export function resultHashOf(run: {
  setup: RunSetup;
  dataHash: string;
  fills: readonly Fill[];
  equityTimesMs: Float64Array;
  equity: Float64Array;
}): string {
  const { markets, engineVersion: _version, ...setup } = run.setup;
  const named = markets.map(({ exchange: _exchange, ...rules }) => rules);
  const hash = new Sha256().text(
    `wickworks-result-1\n${canonicalJson({ ...setup, markets: named })}\n${run.dataHash}\n`,
  );
  const numbers = new Float64Array(FILL_NUMBERS);
  hash.floats(Float64Array.of(run.fills.length));
  for (const fill of run.fills) {
    numbers[0] = fill.orderId;
    numbers[1] = fill.market;
    numbers[2] = fill.side === 'buy' ? fill.quantityUnits : -fill.quantityUnits;
    numbers[3] = fill.priceUnits;
    numbers[4] = fill.feeE8;
    numbers[5] = fill.timeMs;
    numbers[6] = fill.liquidity === 'maker' ? 1 : 0;
    hash.floats(numbers).text(`${fill.tag}\n`);
  }
  hash.floats(Float64Array.of(run.equity.length)).floats(run.equityTimesMs).floats(run.equity);
  return hash.hex();
}

const FILL_NUMBERS = 7;

/** JSON with the fields of every object in code unit order and none that is undefined; numbers as JSON writes them. */
export function canonicalJson(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
