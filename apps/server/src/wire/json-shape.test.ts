import { expect, it } from 'vitest';
import { faultOfJson } from './json-shape.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

it('takes what requests are made of', () => {
  expect(faultOfJson({ a: [1, 'ünï😀', null, { b: true }], c: '' })).toBeNull();
  expect(faultOfJson(undefined)).toBeNull();
  expect(faultOfJson(nested(200))).toBeNull();
});

it('refuses what is too deep to be walked into', () => {
  expect(faultOfJson(nested(202))).toContain('deep');
  expect(faultOfJson(nested(5_000))).toContain('deep');
});

it.each([['BTC\0/USDT'], [{ 'a\0': 1 }], [[{ name: 'x\ud800' }]], ['\udc00x']])(
  'refuses text that would not be kept: %j',
  (value) => {
    expect(faultOfJson(value)).toContain('text');
  },
);
