import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PACE_MS, Turn, type FlushableChannel } from './turn.js';

let turn: Turn;
let told: string[];
beforeEach(() => {
  vi.useFakeTimers();
  turn = new Turn();
  told = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const channel = (name: string): FlushableChannel => ({
  flush: (isLast) => told.push(isLast ? `${name}, last` : name),
});
/** What leaves in the turn that ends now (an immediate set by a timer runs a millisecond later on the false clock). */
const endOfTurn = (): string[] => {
  vi.advanceTimersByTime(1);
  return told.splice(0);
};

describe('a turn', () => {
  it('lets what comes after a pause leave at its end, whoever comes last being told so', () => {
    turn.addChannel(channel('a'));
    turn.addChannel(channel('b'));
    expect(told).toEqual([]);
    expect(endOfTurn()).toEqual(['a', 'b, last']);
    vi.advanceTimersByTime(PACE_MS);
    turn.addChannel(channel('c'));
    expect(endOfTurn()).toEqual(['c, last']);
  });

  it('gathers what follows quickly until the pace allows it, all series together', () => {
    turn.addChannel(channel('a'));
    endOfTurn();
    vi.advanceTimersByTime(PACE_MS / 4);
    turn.addChannel(channel('b'));
    vi.advanceTimersByTime(PACE_MS / 2);
    turn.addChannel(channel('c'));
    expect(endOfTurn()).toEqual([]);
    vi.advanceTimersByTime(PACE_MS / 4);
    expect(endOfTurn()).toEqual(['b', 'c, last']);
    vi.advanceTimersByTime(10 * PACE_MS);
    expect(told).toEqual([]);
  });

  it('takes along what waits as soon as something cannot', () => {
    turn.addChannel(channel('a'));
    endOfTurn();
    turn.addChannel(channel('b'));
    expect(endOfTurn()).toEqual([]);
    turn.hurry();
    expect(endOfTurn()).toEqual(['b, last']);
    // The pause counts from then on; nothing is told twice.
    turn.addChannel(channel('c'));
    vi.advanceTimersByTime(PACE_MS / 2);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(PACE_MS / 2);
    expect(endOfTurn()).toEqual(['c, last']);
  });

  it('writes to sockets at its end without disturbing what waits, and after channels that are due', () => {
    const socket = { flush: () => told.push('socket') };
    turn.addChannel(channel('a'));
    turn.addSocket(socket);
    expect(endOfTurn()).toEqual(['a, last', 'socket']);
    turn.addChannel(channel('b'));
    turn.addSocket(socket);
    expect(endOfTurn()).toEqual(['socket']);
  });
});
