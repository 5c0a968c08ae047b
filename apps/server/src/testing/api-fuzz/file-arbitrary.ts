import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

const HEADER = 'time,open,high,low,close,volume';
const MINUTE_MS = 60_000;

/** Files of candles as `media` says they come: good ones, and ones with a byte changed or their end missing. */
export const candleFiles = (media: string): fc.Arbitrary<Buffer> =>
  fc
    .record({
      startMinute: fc.nat(1_000),
      volumes: fc.array(fc.nat(1_000), { maxLength: 20 }),
      spoiled: fc.option(fc.record({ at: fc.nat(2_000), byte: fc.nat(255), isCut: fc.boolean() }), { freq: 1 }),
    })
    .map(({ startMinute, volumes, spoiled }) => {
      const rows = volumes.map((volume, index) => `${(startMinute + index) * MINUTE_MS},1,2,0.5,1.5,${volume}`);
      const text = Buffer.from([HEADER, ...rows, ''].join('\n'));
      const file = media === 'application/gzip' ? gzipSync(text) : text;
      if (!spoiled) return file;
      const at = spoiled.at % file.length;
      if (spoiled.isCut) return file.subarray(0, at);
      file[at] = spoiled.byte;
      return file;
    });
