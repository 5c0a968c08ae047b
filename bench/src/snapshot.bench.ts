// A snapshot of 1,000 candles: packed columns beside JSON rows, in bytes and in time until columns can be drawn.
import { Candles, packCandles, unpackCandles, type CandleRow } from '@wickworks/core';
import { inTurn, lessIsBetter, type BenchCase, type BenchResult } from './bench.js';
import { realCandles } from './real-candles.js';

const COUNT = 1_000;
const REPEAT = 200;
const SERIES = {
  'BTC/USDT 2024': 'binance_BTCUSDT_1m_2024-07-26_2024-08-25.csv.gz',
  'AVAX/USDT 2026': 'binanceusdm_AVAXUSDT_1m_2026-06_2026-07.csv.gz',
  'ETH/USD 2019': 'bitfinex_ETHUSD_1m_2019-05-09_2019-07-04.csv.gz',
} as const;

/** Size and decoding time per series; fails when a single bit differs. */
export async function run(): Promise<BenchResult> {
  const cases: BenchCase[] = [];
  for (const [label, file] of Object.entries(SERIES)) {
    const rows = realCandles(file).slice(-COUNT);
    const text = JSON.stringify(rows);
    const packed = packCandles(Candles.fromRows(rows));
    const back = unpackCandles(packed, COUNT);
    if (!back.ok || JSON.stringify(rows) !== JSON.stringify(rows.map((_, index) => back.value.at(index))))
      throw new Error('not lossless');
    const times = await inTurn(
      {
        packed: () => {
          for (let i = 0; i < REPEAT; i++) unpackCandles(packed, COUNT);
        },
        json: () => {
          for (let i = 0; i < REPEAT; i++) Candles.fromRows(JSON.parse(text) as CandleRow[]);
        },
      },
      15,
    );
    cases.push(
      lessIsBetter(`${label}: bytes`, packed.byteLength, 'bytes', 'JSON rows', Buffer.byteLength(text)),
      lessIsBetter(
        `${label}: decode`,
        (times.packed / REPEAT) * 1_000,
        'µs',
        'JSON rows',
        (times.json / REPEAT) * 1_000,
      ),
    );
  }
  return { name: 'snapshot', cases };
}
