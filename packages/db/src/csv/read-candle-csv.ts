import { Candles, err, ok, type CandleRow, type Result, type Timeframe } from '@wickworks/core';
import { storableFault } from '../candles/prepare.js';
import { NUMBER, readCsv, TIME_MAX_MS, type CsvFault } from './csv-rows.js';

/** First line of every candle file. */
export const CSV_HEADER = 'time,open,high,low,close,volume';

const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/**
 * All candles of a CSV text that comes as bytes, gzip or plain. The first row that is no closed-candle row of
 * `timeframe` refuses the whole of it: unsound values, times that do not rise or are no open times. What the source
 * itself throws is thrown on. More than `rowsMax` rows are refused too.
 */
export async function readCandleCsv(
  source: AsyncIterable<unknown>,
  timeframe: Timeframe,
  rowsMax = Infinity,
): Promise<Result<Candles, CsvFault>> {
  const candles = new Candles(1_024);
  const row = (cells: readonly string[]): string | null => readRow(cells, { candles, timeframe, rowsMax });
  const read = await readCsv(source, { headers: [CSV_HEADER], row });
  if (!read.ok) return read;
  return candles.length === 0 ? err({ line: null, reason: 'the file holds no candle' }) : ok(candles);
}

function readRow(
  cells: readonly string[],
  { candles, timeframe, rowsMax }: { candles: Candles; timeframe: Timeframe; rowsMax: number },
): string | null {
  if (cells.length !== FIELDS.length) return `${cells.length} columns instead of ${FIELDS.length}`;
  for (let index = 0; index < FIELDS.length; index++)
    if (!NUMBER.test(cells[index]!))
      return `${FIELDS[index]!} "${cells[index]!.slice(0, 40)}" is not a number of 0 or more`;
  const row: CandleRow = [
    Number(cells[0]),
    Number(cells[1]),
    Number(cells[2]),
    Number(cells[3]),
    Number(cells[4]),
    Number(cells[5]),
  ];
  if (row[0] >= TIME_MAX_MS) return `time ${row[0]} lies beyond the year 2200; milliseconds are expected`;
  const fault = storableFault(row, timeframe);
  if (fault !== null) return fault;
  const previous = candles.at(-1)?.[0] ?? -1;
  if (row[0] === previous) return `time ${row[0]} appears twice`;
  if (row[0] < previous) return `time ${row[0]} comes after the later ${previous}`;
  if (candles.length >= rowsMax) return `more than ${rowsMax} candles in one file`;
  candles.push(row);
  return null;
}
