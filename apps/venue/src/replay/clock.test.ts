import { expect, it } from 'vitest';
import { SimulatedClock } from './clock.js';

it('runs at its speed, jumps on request and never goes back', () => {
  let wallMs = 1_000;
  const clock = new SimulatedClock({ wallNowMs: () => wallMs, startMs: 50_000, speed: 60 });
  expect(clock.nowMs()).toBe(50_000);
  wallMs += 500;
  expect(clock.nowMs()).toBe(80_000);
  expect(clock.advance(1_000)).toBe(81_000);
  wallMs -= 400;
  expect(clock.nowMs()).toBe(81_000);
  wallMs += 500;
  expect(clock.nowMs()).toBe(50_000 + 600 * 60 + 1_000);
});

it('stands still at speed 0 until it is advanced', () => {
  let wallMs = 0;
  const clock = new SimulatedClock({ wallNowMs: () => wallMs, startMs: 7, speed: 0 });
  wallMs = 1e9;
  expect(clock.nowMs()).toBe(7);
  expect(clock.advance(3)).toBe(10);
});
