import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

const MINUTE_MS = 60_000;

/** What files may hold: their first line, and a row at a time. */
const KINDS = {
  candles: {
    header: 'time,open,high,low,close,volume',
    row: (timeMs: number, volume: number) => `${timeMs},1,2,0.5,1.5,${volume}`,
  },
  trades: {
    header: 'time,price,quantity,side,id',
    row: (timeMs: number, volume: number) =>
      `${timeMs},1.5,${volume + 1},${['buy', 'sell', ''][volume % 3]!},${volume}`,
  },
};

/** Files as `media` says they come: good ones, and ones with a byte changed or their end missing. */
export const csvFiles = (media: string, kind: keyof typeof KINDS): fc.Arbitrary<Buffer> =>
  fc
    .record({
      startMinute: fc.nat(1_000),
      volumes: fc.array(fc.nat(1_000), { maxLength: 20 }),
      spoiled: fc.option(fc.record({ at: fc.nat(2_000), byte: fc.nat(255), isCut: fc.boolean() }), { freq: 1 }),
    })
    .map(({ startMinute, volumes, spoiled }) => {
      const { header, row } = KINDS[kind];
      const rows = volumes.map((volume, index) => row((startMinute + index) * MINUTE_MS, volume));
      const text = Buffer.from([header, ...rows, ''].join('\n'));
      const file = media === 'application/gzip' ? gzipSync(text) : text;
      if (!spoiled) return file;
      const at = spoiled.at % file.length;
      if (spoiled.isCut) return file.subarray(0, at);
      file[at] = spoiled.byte;
      return file;
    });
