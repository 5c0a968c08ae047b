import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSecret } from './root-secret.js';
import { beginRotation, endRotation } from './rotation.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wick-root-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it('is made once, for its owner alone', async () => {
  const both = await Promise.all([loadSecret(null, dataDir), loadSecret(null, dataDir)]);
  expect(both[0]).toBe(both[1]);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  expect(await loadSecret('as configured', dataDir)).toBe('as configured');
});

it.each(['', '\n', 'x'.repeat(31)])('a file of %j is no secret: nothing is sealed with it', async (text) => {
  writeFileSync(join(dataDir, 'secret'), text);
  await expect(loadSecret(null, dataDir)).rejects.toThrow('holds no usable secret');
});

it('is not handed out while a change of it is half done, but to whoever goes on with that', async () => {
  const from = await loadSecret(null, dataDir);
  const asked = { from, isConfigured: false, given: undefined };
  const begun = await beginRotation(dataDir, asked);
  await expect(loadSecret(null, dataDir)).rejects.toThrow('secret rotate');
  await expect(loadSecret(from, dataDir)).rejects.toThrow('secret rotate');
  expect(await loadSecret(null, dataDir, { evenHalfRotated: true })).toBe(from);
  // The second run takes up the very secret the first one made.
  const again = await beginRotation(dataDir, asked);
  expect(begun).toMatchObject({ ok: true, value: { isResumed: false } });
  expect(again).toEqual({ ok: true, value: { to: begun.ok && begun.value.to, isResumed: true } });
  expect(statSync(join(dataDir, 'secret.new')).mode & 0o777).toBe(0o600);
  await endRotation(dataDir, { isConfigured: false });
  expect(await loadSecret(null, dataDir)).toBe(begun.ok && begun.value.to);
  expect(readFileSync(join(dataDir, 'secret'), 'utf8')).not.toContain(from);
});
