import { expect, it } from 'vitest';
import { ConnectionCaps } from './connection-caps.js';

it('gives one address so many places, others theirs, and takes places back once', () => {
  const caps = new ConnectionCaps();
  const leaves = Array.from({ length: 200 }, () => caps.enter('198.51.100.1'));
  expect(leaves.every((leave) => leave !== null)).toBe(true);
  expect(caps.enter('198.51.100.1')).toBeNull();
  expect(caps.enter('198.51.100.2')).not.toBeNull();
  leaves[0]?.();
  leaves[0]?.();
  expect(caps.enter('198.51.100.1')).not.toBeNull();
  expect(caps.enter('198.51.100.1')).toBeNull();
});

it('counts all together, whoever they are', () => {
  const caps = new ConnectionCaps();
  for (let index = 0; index < 20_000; index++) expect(caps.enter('127.0.0.1')).not.toBeNull();
  expect(caps.enter('198.51.100.1')).toBeNull();
});
