import { err, ok, type Result } from '@wickworks/core';
import type { StoredTrades } from '../ports.js';
import { TradeBuffer } from '../trades/trade-buffer.js';
import { NUMBER, readCsv, TIME_MAX_MS, type CsvFault } from './csv-rows.js';

/** First line of a file of trades; the id may be left out. */
export const TRADE_CSV_HEADER = 'time,price,quantity,side,id';
const HEADERS = [TRADE_CSV_HEADER, 'time,price,quantity,side'];

const SIDES: Readonly<Record<string, number>> = { buy: 1, sell: -1, '': 0 };

/**
 * All trades of a CSV text that comes as bytes, gzip or plain: ms UTC (not falling), price in quote, quantity in base,
 * `buy`, `sell` or nothing for what the taker did, and a whole number or nothing as id. The first row that is none
 * refuses the whole of it. What the source itself throws is thrown on. More than `rowsMax` rows are refused too.
 */
export async function readTradeCsv(
  source: AsyncIterable<unknown>,
  rowsMax = Infinity,
): Promise<Result<StoredTrades, CsvFault>> {
  const trades = new TradeBuffer();
  const row = (cells: readonly string[], header: number): string | null =>
    trades.length >= rowsMax ? `more than ${rowsMax} trades in one file` : readRow(cells, header, trades);
  const read = await readCsv(source, { headers: HEADERS, row });
  if (!read.ok) return read;
  return trades.length === 0 ? err({ line: null, reason: 'the file holds no trade' }) : ok(trades.columns());
}

function readRow(cells: readonly string[], header: number, trades: TradeBuffer): string | null {
  const columns = header === 0 ? 5 : 4;
  if (cells.length !== columns) return `${cells.length} columns instead of ${columns}`;
  const [time = '', price = '', quantity = '', sideText = '', idText = ''] = cells;
  for (const [name, text] of Object.entries({ time, price, quantity }))
    if (!NUMBER.test(text)) return `${name} "${text.slice(0, 40)}" is not a number of 0 or more`;
  const timeMs = Number(time);
  if (!Number.isSafeInteger(timeMs)) return 'time is not a whole number of milliseconds';
  if (timeMs >= TIME_MAX_MS) return `time ${timeMs} lies beyond the year 2200; milliseconds are expected`;
  if (timeMs < trades.lastMs) return `time ${timeMs} comes after the later ${trades.lastMs}`;
  for (const [name, value] of Object.entries({ price: Number(price), quantity: Number(quantity) }))
    if (!(value > 0 && value < Infinity)) return `${name} is not a positive number`;
  const side = SIDES[sideText];
  if (side === undefined) return `side "${sideText.slice(0, 40)}" is neither buy nor sell`;
  const id = idText === '' ? -1 : /^\d{1,15}$/.test(idText) ? Number(idText) : NaN;
  if (Number.isNaN(id)) return `id "${idText.slice(0, 40)}" is not a whole number of at most 15 digits`;
  trades.push({ timeMs, price: Number(price), quantity: Number(quantity), side, id });
  return null;
}
