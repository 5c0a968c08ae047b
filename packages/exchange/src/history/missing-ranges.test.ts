import { describe, expect, it } from 'vitest';
import { missingRanges } from './missing-ranges.js';

const MINUTE = 60_000;
const at = (minute: number): number => minute * MINUTE;
const range = { fromMs: at(10), toMs: at(100), timeframe: '1m' } as const;

describe('missingRanges', () => {
  it('is everything when nothing is stored', () => {
    expect(missingRanges({ ...range, stored: null, absent: [] })).toEqual([[at(10), at(100)]]);
  });

  it('leaves out what is stored, before, inside and behind the range', () => {
    const stored = { fromMs: at(20), toMs: at(59), gaps: [[at(30), at(35)] as const] };
    expect(missingRanges({ ...range, stored, absent: [] })).toEqual([[at(10), at(20)], [at(30), at(35)], [at(60), at(100)]]); // prettier-ignore
    expect(missingRanges({ ...range, stored: { fromMs: at(0), toMs: at(99), gaps: [] }, absent: [] })).toEqual([]);
    expect(missingRanges({ ...range, stored: { fromMs: at(200), toMs: at(300), gaps: [] }, absent: [] })).toEqual([[at(10), at(100)]]); // prettier-ignore
    expect(missingRanges({ ...range, stored: { fromMs: at(0), toMs: at(5), gaps: [] }, absent: [] })).toEqual([[at(10), at(100)]]); // prettier-ignore
  });

  it('leaves out what the source lacks', () => {
    const absent = [[at(0), at(12)], [at(15), at(18)], [at(98), at(120)]] as const; // prettier-ignore
    const stored = { fromMs: at(20), toMs: at(89), gaps: [] };
    expect(missingRanges({ ...range, stored, absent })).toEqual([[at(12), at(15)], [at(18), at(20)], [at(90), at(98)]]); // prettier-ignore
  });
});
