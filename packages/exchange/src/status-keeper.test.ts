import { describe, expect, it } from 'vitest';
import { StatusKeeper, type WatchState } from './status-keeper.js';

const CALM: WatchState = { watching: true, healed: true, mute: null };

/** A keeper with a cadence of 2 s that is live at 0. */
function live(): StatusKeeper {
  const keeper = new StatusKeeper(2_000);
  keeper.loaded();
  keeper.heard(0);
  keeper.judge(CALM, 0);
  expect(keeper.verdict.state).toBe('live');
  return keeper;
}

describe('the status of a connection', () => {
  it('is connecting until markets are loaded, down while they cannot be, live without wishes after', () => {
    const keeper = new StatusKeeper(2_000);
    const idle = { ...CALM, watching: false };
    expect(keeper.judge(idle, 0)).toBeNull();
    expect(keeper.verdict.state).toBe('connecting');
    keeper.lost('refused', 1);
    expect(keeper.judge(idle, 1)).toEqual({ state: 'down', reason: 'refused' });
    keeper.loaded();
    expect(keeper.judge(idle, 2)?.state).toBe('live');
  });

  it('turns stale after three silent cadences, not before, and live with news', () => {
    const keeper = live();
    expect(keeper.judge(CALM, 6_000)).toBeNull();
    expect(keeper.judge(CALM, 6_001)?.state).toBe('stale');
    keeper.heard(7_000);
    expect(keeper.judge(CALM, 7_001)?.state).toBe('live');
  });

  it('counts silence from when something was first watched', () => {
    const keeper = new StatusKeeper(2_000);
    keeper.loaded();
    keeper.judge({ ...CALM, watching: false }, 0);
    keeper.judge(CALM, 50_000);
    expect(keeper.verdict.state).toBe('live');
    expect(keeper.judge(CALM, 56_001)?.state).toBe('stale');
  });

  it('comes back from a loss only with fresh news and nothing missing', () => {
    const keeper = live();
    keeper.lost('closed', 1_000);
    expect(keeper.judge(CALM, 1_000)).toEqual({ state: 'down', reason: 'closed' });
    keeper.connected();
    expect(keeper.judge({ ...CALM, healed: false }, 1_100)).toBeNull();
    keeper.heard(1_200);
    expect(keeper.judge({ ...CALM, healed: false }, 1_200)).toBeNull();
    expect(keeper.judge(CALM, 1_300)?.state).toBe('live');
  });

  it('does not take news from before the loss for a recovery', () => {
    const keeper = live();
    keeper.heard(900);
    keeper.lost('closed', 1_000);
    keeper.judge(CALM, 1_000);
    keeper.connected();
    expect(keeper.judge(CALM, 1_100)).toBeNull();
  });

  it('turns stale when healing takes too long though news arrives, or a series is mute', () => {
    const keeper = live();
    const healing = { ...CALM, healed: false };
    keeper.judge(healing, 1_000);
    keeper.heard(7_000);
    expect(keeper.judge(healing, 7_001)?.state).toBe('stale');
    expect(keeper.judge(CALM, 7_100)?.state).toBe('live');
    expect(keeper.judge({ ...CALM, mute: 'BTC/USDT 1m' }, 7_200)?.reason).toContain('BTC/USDT 1m');
  });
});
