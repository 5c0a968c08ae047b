import { describe, expect, it } from 'vitest';
import { planFollowing } from './following-plan.js';

const at = (exchange: string, ...symbols: readonly string[]) => symbols.map((symbol) => ({ exchange, symbol }));
const reads = (symbol: string) => ({ symbol, path: 'indicators.leader.symbol' });
const trades = (symbol: string) => ({ symbol, path: 'trade.0' });

describe('planFollowing', () => {
  it('follows each market by itself, with what it reads behind it unless the start lists it before', () => {
    expect(planFollowing([], at('a', 'X', 'Y'))).toMatchObject({ value: [{ symbols: ['X'] }, { symbols: ['Y'] }] });
    expect(planFollowing([reads('L'), reads('L')], at('a', 'X'))).toMatchObject({ value: [{ symbols: ['X', 'L'] }] });
    expect(planFollowing([reads('L')], at('a', 'L', 'X'))).toMatchObject({
      value: [
        { symbol: 'L', symbols: ['L'] },
        { symbol: 'X', symbols: ['L', 'X'] },
      ],
    });
  });

  it('takes a market that is not traded for one to be read, at the same exchange only', () => {
    const needs = [reads('L'), trades('X')];
    expect(planFollowing(needs, at('a', 'L', 'X'))).toEqual({
      ok: true,
      value: [{ path: 'markets.1', exchange: 'a', symbol: 'X', symbols: ['L', 'X'] }],
    });
    expect(planFollowing(needs, [...at('b', 'L'), ...at('a', 'X')])).toMatchObject({
      error: { path: 'markets.0', message: 'it trades X alone' },
    });
    expect(planFollowing(needs, at('a', 'X', 'Z'))).toMatchObject({ error: { path: 'markets.1' } });
  });
});
