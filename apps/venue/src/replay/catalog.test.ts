import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MS_PER_DAY } from '@wickworks/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalog, parseFileName } from './catalog.js';
import { HOLE } from './candle-grid.js';

const bundledDir = fileURLToPath(new URL('../../data', import.meta.url));
const CSV = 'time,open,high,low,close,volume\n0,1.5,1.5,1.5,1.5,2.25\n60000,1.5,1.5,1.5,1.5,1\n';

describe('the bundled markets', () => {
  const catalog = loadCatalog({ bundledDir, extraDir: undefined, seed: 1, repeats: true });
  const markets = catalog.ok ? catalog.value : [];

  it('are eight, none of them under a copyleft licence', () => {
    expect(markets.map(({ symbol }) => symbol)).toEqual([
      'BTC/USDT',
      'ETH/USDT',
      'XRP/USDT',
      'AVAX/USDT',
      'LINK/USDT',
      'DOT/USDT',
      'LTC/USDT',
      'BTC/USD',
    ]);
    for (const { licence } of markets) expect(licence).not.toMatch(/gpl/i);
  });

  it.each(markets.map((listed) => [listed.symbol, listed] as const))('%s is what the manifest says', (_, listed) => {
    const { grid } = listed.market();
    expect(grid.firstMs).toBe(listed.sourceFromMs);
    expect(grid.firstMs + grid.slots * grid.slotMs).toBe(listed.sourceToMs);
    expect((grid.slots * grid.slotMs) % MS_PER_DAY).toBe(0);
    for (let slot = 0; slot < grid.slots; slot++) {
      if (grid.volume[slot] === HOLE) continue;
      // Whole units only: tick and step of the manifest are those of the file.
      if (!Number.isInteger(grid.close[slot]) || !Number.isInteger(grid.volume[slot])) throw new Error(`slot ${slot}`);
    }
  });

  it('keep the outages of their source but fill its minutes without trades', () => {
    const grid = markets.find(({ symbol }) => symbol === 'BTC/USD')?.market().grid;
    let holes = 0;
    let run = 0;
    let shortest = Infinity;
    for (let slot = 0; slot < (grid?.slots ?? 0); slot++) {
      if (grid?.volume[slot] === HOLE) {
        holes++;
        run++;
      } else {
        if (run > 0) shortest = Math.min(shortest, run);
        run = 0;
      }
    }
    expect(holes).toBeGreaterThan(0);
    expect(shortest).toBeGreaterThan(15);
  });
});

describe('a folder of further files', () => {
  let extraDir = '';
  beforeEach(() => {
    extraDir = mkdtempSync(join(tmpdir(), 'venue-'));
  });
  afterEach(() => rmSync(extraDir, { recursive: true }));
  const load = () => loadCatalog({ bundledDir, extraDir, seed: 1, repeats: true });
  const errorOf = () => {
    const catalog = load();
    return catalog.ok ? 'no error' : catalog.error;
  };

  it('adds markets and replaces bundled ones, with tick and step as written', () => {
    writeFileSync(join(extraDir, 'binance_SOLUSDT_1m_x.csv'), CSV);
    writeFileSync(join(extraDir, 'kraken_BTC-USDT_1m.csv'), CSV);
    const catalog = load();
    if (!catalog.ok) throw new Error(catalog.error);
    expect(catalog.value).toHaveLength(9);
    expect(catalog.value.find(({ symbol }) => symbol === 'BTC/USDT')?.what).toContain('kraken BTC/USDT');
    expect(catalog.value.at(-1)).toMatchObject({
      symbol: 'SOL/USDT',
      id: 'SOLUSDT',
      priceDecimals: 1,
      quantityDecimals: 2,
    });
  });

  it('stops the start for a bad file, naming file, line and reason', () => {
    writeFileSync(join(extraDir, 'binance_SOLUSDT_1m.csv'), `${CSV}60000,1,1,1,1,1\n`);
    expect(errorOf()).toBe('binance_SOLUSDT_1m.csv:4: time 60000 does not lie after the row before');
  });

  it('stops the start for two files of one symbol', () => {
    writeFileSync(join(extraDir, 'a_SOLUSDT_1m.csv'), CSV);
    writeFileSync(join(extraDir, 'b_SOLUSDT_1m.csv'), CSV);
    expect(errorOf()).toContain('a_SOLUSDT_1m.csv is also a file for SOL/USDT');
  });

  it('must exist', () => {
    rmSync(extraDir, { recursive: true });
    expect(errorOf()).toContain(extraDir);
    extraDir = mkdtempSync(join(tmpdir(), 'venue-'));
  });
});

describe('a file name', () => {
  it.each([
    ['binance_SOLUSDT_1m_x.csv.gz', 'SOL/USDT', '1m'],
    ['x_ETHBTC_1h.csv', 'ETH/BTC', '1h'],
    ['x_BTCFDUSD_15m-2024.csv', 'BTC/FDUSD', '15m'],
    ['x_btcusd_1d.csv', 'BTC/USD', '1d'],
    ['x_DOGE-TRY_5m.csv', 'DOGE/TRY', '5m'],
  ])('%s means %s %s', (name, symbol, timeframe) => {
    expect(parseFileName(name)).toMatchObject({ ok: true, value: { symbol, timeframe } });
  });

  it.each([
    ['SOLUSDT.csv', 'must look like'],
    ['x_SOLUSDT_7m.csv', '7m is no timeframe'],
    ['x_SOLUSDT_1w.csv', 'wider than a day'],
    ['x_SOLXYZ_1m.csv', 'must end in one of'],
    ['x_USDT_1m.csv', 'must end in one of'],
  ])('%s is refused: %s', (name, reason) => {
    const parsed = parseFileName(name);
    expect(parsed.ok ? '' : parsed.error).toContain(reason);
  });
});
