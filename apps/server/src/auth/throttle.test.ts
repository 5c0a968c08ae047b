import { expect, it } from 'vitest';
import { Throttle } from './throttle.js';

const HOUR = 60 * 60_000;

it('waits twice as long with every wrong attempt beyond the free ones, up to a quarter of an hour', () => {
  let nowMs = 0;
  const throttle = new Throttle(() => nowMs);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 20; attempt++) {
    throttle.failed('ada', '1.1.1.1');
    const seconds = throttle.check('ada', '1.1.1.1')?.retryAfterSeconds ?? 0;
    waits.push(seconds);
    nowMs += seconds * 1_000;
    expect(throttle.check('ada', '1.1.1.1')).toBeNull();
  }
  expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16]);
  expect(Math.max(...waits)).toBe(900);
});

it('keeps an account open to its owner while others guess from elsewhere', () => {
  const throttle = new Throttle(() => 0);
  for (let attempt = 0; attempt < 20; attempt++) throttle.failed('ada', '6.6.6.6');
  expect(throttle.check('ada', '6.6.6.6')).not.toBeNull();
  expect(throttle.check('ada', '1.1.1.1')).toBeNull();
});

it('many addresses against one account slow it down, but never for long', () => {
  const throttle = new Throttle(() => 0);
  for (let attempt = 0; attempt < 500; attempt++) throttle.failed('ada', `6.6.${attempt}.6`);
  expect(throttle.check('ada', '1.1.1.1')?.retryAfterSeconds).toBe(30);
});

it('one address against many accounts is slowed down; an own account does not clear it', () => {
  const throttle = new Throttle(() => 0);
  for (let attempt = 0; attempt < 40; attempt++) throttle.failed(`user${attempt}`, '6.6.6.6');
  throttle.succeeded('eve', '6.6.6.6');
  expect(throttle.check('new', '6.6.6.6')).not.toBeNull();
});

it('attempts without an account count for their address only', () => {
  const throttle = new Throttle(() => 0);
  for (let attempt = 0; attempt < 40; attempt++) throttle.failed('', '6.6.6.6');
  expect(throttle.check('', '6.6.6.6')).not.toBeNull();
  expect(throttle.check('', '1.1.1.1')).toBeNull();
});

it('forgets after an hour', () => {
  let nowMs = 0;
  const throttle = new Throttle(() => nowMs);
  for (let attempt = 0; attempt < 10; attempt++) throttle.failed('ada', '1.1.1.1');
  nowMs = HOUR;
  throttle.failed('ada', '1.1.1.1');
  expect(throttle.check('ada', '1.1.1.1')).toBeNull();
});
