import { describe, expect, it } from 'vitest';
import { ExchangeClock } from './exchange-clock.js';

const MINUTE = 60_000;

describe('the exchange clock', () => {
  it('is the server clock before the first close, when that lies inside the forming candle', () => {
    const clock = new ExchangeClock('1m');
    expect(clock.now(0, 5 * MINUTE)).toBeNull();
    clock.forming(5 * MINUTE);
    expect(clock.now(0, 5 * MINUTE + 7)).toBe(5 * MINUTE + 7);
    expect(clock.now(0, 6 * MINUTE)).toBeNull();
    expect(clock.now(0, null)).toBeNull();
  });

  it('goes on from a close and stops at the end of the forming candle', () => {
    const clock = new ExchangeClock('1m');
    clock.closed(4 * MINUTE, 1_000);
    clock.forming(5 * MINUTE);
    expect(clock.now(11_000, null)).toBe(5 * MINUTE + 10_000);
    expect(clock.now(1_000_000, null)).toBe(6 * MINUTE);
  });

  it('runs as fast as a replay does', () => {
    const clock = new ExchangeClock('1m');
    clock.closed(4 * MINUTE, 1_000);
    clock.closed(5 * MINUTE, 2_000);
    clock.forming(6 * MINUTE);
    expect(clock.now(2_500, null)).toBe(6 * MINUTE + 30_000);
  });

  it('takes jitter of arrival for jitter', () => {
    const clock = new ExchangeClock('1m');
    clock.closed(4 * MINUTE, 1_000);
    clock.closed(5 * MINUTE, 61_900);
    clock.forming(6 * MINUTE);
    expect(clock.now(62_900, null)).toBe(6 * MINUTE + 1_000);
  });
});
