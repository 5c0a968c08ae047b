/*
 * A process of its own that appends to a store and says on standard output what was acknowledged, one line each:
 * `appender.ts URL FROM COUNT STEP BATCH` appends minutes FROM, FROM+STEP, … COUNT of them, BATCH per call.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../open-database.js';
import { candleAt, KEY, MINUTE_MS, START_MS } from './candles.js';

const [url = '', ...numbers] = process.argv.slice(2);
const [from = 0, count = 0, step = 1, batch = 1] = numbers.map(Number);
const database = await openDatabase({ url });
await database.migrate();
writeSync(1, 'open\n');
for (let done = 0; done < count;) {
  const size = Math.min(batch, count - done);
  const rows = Array.from({ length: size }, (_, index) =>
    candleAt(START_MS + (from + (done + index) * step) * MINUTE_MS),
  );
  await database.candles.append(KEY, rows, 'stream', START_MS);
  done += size;
  writeSync(1, `${done}\n`);
}
await database.close();
