import * as z from 'zod';
import type { CandleRow } from '@wickworks/core';

const Klines = z.array(z.tuple([z.number(), z.string(), z.string(), z.string(), z.string(), z.string()], z.unknown()));

/** What the venue's REST says about 1m candles opening in `[fromMs, toMs]`: the truth the streams must match. */
export async function venueKlines(
  venueUrl: string,
  symbol: string,
  fromMs: number,
  toMs: number,
): Promise<CandleRow[]> {
  const rows: CandleRow[] = [];
  for (let from = fromMs; from <= toMs;) {
    const query = `symbol=${symbol.replace('/', '')}&interval=1m&limit=1000&startTime=${from}&endTime=${toMs}`;
    const page = Klines.parse(await (await fetch(`${venueUrl}/api/v3/klines?${query}`)).json());
    if (page.length === 0) break;
    for (const [time, open, high, low, close, volume] of page) {
      rows.push([time, Number(open), Number(high), Number(low), Number(close), Number(volume)]);
    }
    from = rows.at(-1)![0] + 60_000;
  }
  return rows;
}

/** Injects one fault into the venue; throws when the venue refuses it. */
export async function injectFault(venueUrl: string, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const reply = await fetch(`${venueUrl}/_venue/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!reply.ok) throw new Error(`fault ${JSON.stringify(fault)} refused: ${await reply.text()}`);
}
