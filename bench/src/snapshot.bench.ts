// A snapshot of 1,000 candles: packed columns beside JSON rows and objects, in bytes and in time until they can be drawn:
// by WebAssembly, as in the SDK and in workers, and without it, as on pages, whose policy keeps it out.
import { Candles, packCandles, unpackCandles, type CandleRow } from '@wickworks/core';
import { unpackPlainly, unpackQuickly } from '@wickworks/core/quick-unpack';
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
    const objects = JSON.stringify(rows.map(toObject));
    const packed = packCandles(Candles.fromRows(rows));
    for (const way of [unpackQuickly, unpackPlainly]) {
      way();
      const back = unpackCandles(packed, COUNT);
      if (!back.ok || JSON.stringify(rows) !== JSON.stringify(rows.map((_, index) => back.value.at(index))))
        throw new Error('not lossless');
    }
    const times = await inTurn(
      {
        packed: () => {
          unpackQuickly();
          for (let i = 0; i < REPEAT; i++) unpackCandles(packed, COUNT);
        },
        plain: () => {
          unpackPlainly();
          for (let i = 0; i < REPEAT; i++) unpackCandles(packed, COUNT);
        },
        rows: () => {
          for (let i = 0; i < REPEAT; i++) Candles.fromRows(JSON.parse(text) as CandleRow[]);
        },
        objects: () => {
          for (let i = 0; i < REPEAT; i++) fromObjects(JSON.parse(objects) as CandleObject[]);
        },
      },
      15,
    );
    const micros = (ms: number): number => (ms / REPEAT) * 1_000;
    for (const [peer, its, ms] of [
      ['JSON rows', text, times.rows],
      ['JSON objects', objects, times.objects],
    ] as const)
      cases.push(
        lessIsBetter(`${label}: bytes`, packed.byteLength, 'bytes', peer, Buffer.byteLength(its)),
        lessIsBetter(`${label}: decode`, micros(times.packed), 'µs', peer, micros(ms)),
        lessIsBetter(`${label}: decode on a page`, micros(times.plain), 'µs', peer, micros(ms)),
      );
  }
  return { name: 'snapshot', cases };
}

/** A candle as most REST interfaces send it. */
type CandleObject = ReturnType<typeof toObject>;

function toObject([openTime, open, high, low, close, volume]: CandleRow) {
  return { openTime, open, high, low, close, volume };
}

function fromObjects(objects: readonly CandleObject[]): Candles {
  const candles = new Candles(objects.length);
  for (const { openTime, open, high, low, close, volume } of objects)
    candles.push([openTime, open, high, low, close, volume]);
  return candles;
}
