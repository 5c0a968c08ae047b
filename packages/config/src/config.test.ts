import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeConfigFaults, isExposed, loadConfig, misspeltVariables } from './config.js';
import { readEnvironment, variablesOfFile } from './environment.js';

const faultsOf = (env: Record<string, string>) => {
  const loaded = loadConfig(env, '/srv/wick');
  return loaded.ok ? [] : loaded.error;
};
const configOf = (env: Record<string, string>) => {
  const loaded = loadConfig(env, '/srv/wick');
  if (!loaded.ok) throw new Error(describeConfigFaults(loaded.error));
  return loaded.value;
};

describe('loadConfig', () => {
  it('gives the documented defaults for an empty environment', () => {
    const { environment, ...config } = configOf({});
    expect(environment.every(({ source, value }) => source === 'default' && value === null)).toBe(true);
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 8080,
      dataDir: '/srv/wick/data',
      database: { url: 'file:///srv/wick/data/wickworks.db', authToken: null, syncUrl: null },
      redisUrl: null,
      exchanges: ['local'],
      venue: { mode: { kind: 'embedded' }, port: 8090, speed: 1, dataDir: null, faults: false, clock: 'redated' },
      secret: null,
      publicMarketData: true,
      allowedOrigins: [],
      publicUrl: null,
      trustedProxies: 0,
      logLevel: 'info',
      mail: { smtpUrl: null, from: null },
      clerk: null,
      webApiUrl: null,
    });
  });

  it('reads every setting', () => {
    const config = configOf({
      WICK_HOST: '0.0.0.0',
      WICK_PORT: '0',
      WICK_DATA_DIR: '/var/wick',
      DATABASE_URL: 'libsql://db.example/',
      DATABASE_AUTH_TOKEN: 'token',
      REDIS_URL: 'redis://cache:6379',
      WICK_EXCHANGES: 'local, binance,local',
      WICK_VENUE: 'http://127.0.0.1:9000/',
      WICK_VENUE_SPEED: '2.5',
      WICK_VENUE_DATA: 'files',
      WICK_VENUE_FAULTS: '1',
      WICK_VENUE_CLOCK: 'historical',
      WICK_ALLOWED_ORIGINS: 'https://a.example,http://localhost:5173',
      CLERK_SECRET_KEY: 'sk',
      CLERK_PUBLISHABLE_KEY: 'pk',
    });
    expect(config.exchanges).toEqual(['local', 'binance']);
    expect(config.database.url).toBe('libsql://db.example');
    expect(config.venue).toEqual({
      mode: { kind: 'url', url: 'http://127.0.0.1:9000' },
      port: 8090,
      speed: 2.5,
      dataDir: '/srv/wick/files',
      faults: true,
      clock: 'historical',
    });
    expect(config.clerk).toEqual({ secretKey: 'sk', publishableKey: 'pk', jwtKey: null });
    expect(config.publicMarketData).toBe(false);
    expect(configOf({ WICK_HOST: '0.0.0.0', WICK_PUBLIC_MARKET_DATA: '1' }).publicMarketData).toBe(true);
  });

  it.each([
    ['WICK_PORT', '70000'],
    ['WICK_PORT', '8080x'],
    ['WICK_HOST', 'http://x'],
    ['DATABASE_URL', 'postgres://x'],
    ['DATABASE_SYNC_URL', 'nowhere'],
    ['REDIS_URL', 'http://x'],
    ['WICK_EXCHANGES', 'Binance'],
    ['WICK_EXCHANGES', ','],
    ['WICK_VENUE', 'yes'],
    ['WICK_VENUE_SPEED', '0'],
    ['WICK_VENUE_SPEED', '1e3'],
    ['WICK_VENUE_FAULTS', 'true'],
    ['WICK_VENUE_CLOCK', 'now'],
    ['WICK_PUBLIC_MARKET_DATA', 'yes'],
    ['WICK_ALLOWED_ORIGINS', 'https://a.example/path'],
    ['WICK_SECRET', 'short'],
    ['VITE_API_URL', 'api'],
    ['WICK_SMTP_URL', 'https://mail.example'],
    ['WICK_MAIL_FROM', 'nobody'],
    ['WICK_MAIL_FROM', 'a@b.example\nBcc: c@d.example'],
  ])('names %s when it is "%s"', (variable, given) => {
    const faults = faultsOf({ [variable]: given });
    expect(faults.map((fault) => fault.variable)).toEqual([variable]);
    expect(faults[0]?.accepted).not.toBe('');
  });

  it('tells all faults together and keeps secrets to itself', () => {
    const text = describeConfigFaults(faultsOf({ WICK_PORT: 'x', WICK_SECRET: 'hunter2' }));
    expect(text).toContain('WICK_PORT is "x"; accepted: a port number from 0 to 65535');
    expect(text).toContain('WICK_SECRET');
    expect(text).not.toContain('hunter2');
  });

  it('shows every variable with where it comes from, secrets only as set', () => {
    const env = { WICK_PORT: '9000', WICK_SMTP_URL: 'smtp://u:hunter2@mail.example', WICK_HOST: '127.0.0.1' };
    const loaded = loadConfig(env, '/srv/wick', new Set(['WICK_HOST']));
    const found = loaded.ok ? loaded.value.environment : [];
    expect(found.find(({ name }) => name === 'WICK_PORT')).toMatchObject({ source: 'environment', value: '9000' });
    expect(found.find(({ name }) => name === 'WICK_HOST')).toMatchObject({ source: 'env-file', value: '127.0.0.1' });
    expect(found.find(({ name }) => name === 'WICK_SMTP_URL')).toMatchObject({ source: 'environment', value: null });
    expect(JSON.stringify(found)).not.toContain('hunter2');
    expect(configOf({ ...env, WICK_MAIL_FROM: 'Wick <wick@mail.example>' }).mail).toEqual({
      smtpUrl: env.WICK_SMTP_URL,
      from: 'Wick <wick@mail.example>',
    });
  });

  it('refuses half a pair of Clerk keys, and a replica without a file', () => {
    expect(faultsOf({ CLERK_SECRET_KEY: 'sk' })[0]).toMatchObject({ variable: 'CLERK_PUBLISHABLE_KEY', given: null });
    expect(faultsOf({ DATABASE_URL: 'http://a', DATABASE_SYNC_URL: 'http://b' })[0]?.variable).toBe('DATABASE_URL');
  });

  it('a server behind a proxy is exposed, whatever it listens on, and keeps market data to itself', () => {
    expect(isExposed(configOf({}))).toBe(false);
    expect(isExposed(configOf({ WICK_HOST: '0.0.0.0' }))).toBe(true);
    expect(isExposed(configOf({ WICK_TRUSTED_PROXIES: '1' }))).toBe(true);
    const behindTls = configOf({ WICK_PUBLIC_URL: 'https://wick.example/' });
    expect(isExposed(behindTls)).toBe(true);
    expect(behindTls).toMatchObject({ publicMarketData: false, allowedOrigins: ['https://wick.example'] });
  });

  it('takes an empty variable as not set and freezes what it returns', () => {
    const config = configOf({ WICK_PORT: '', WICK_VENUE: ' ' });
    expect(config.port).toBe(8080);
    expect(Object.isFrozen(config.venue.mode)).toBe(true);
  });
});

describe('misspeltVariables', () => {
  it('names the setting that was meant, and leaves alone what is one or nothing like one', () => {
    expect(
      misspeltVariables({ WICK_PROT: '1', WICK_EXCHANGE: 'x', WICK_PORT: '1', WICK_FUZZ_SEED: '1', PATH: '' }),
    ).toEqual(['WICK_PROT is no setting and changes nothing; did you mean WICK_PORT?']);
    expect(misspeltVariables({ WICK_VENUE_SEED: '1', WICK_VENUE_HOST: '::1', WICK_DATADIR: 'x' })).toEqual([
      'WICK_DATADIR is no setting and changes nothing; did you mean WICK_DATA_DIR?',
    ]);
  });
});

describe('readEnvironment', () => {
  const dir = mkdtempSync(join(tmpdir(), 'wick-config-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('adds .env without replacing the real environment', () => {
    expect(readEnvironment({ A: '1' }, join(dir, 'nowhere'))).toEqual({ A: '1' });
    writeFileSync(join(dir, '.env'), '# settings\nWICK_PORT=9000\nWICK_HOST="0.0.0.0"\n');
    expect([...variablesOfFile({ WICK_PORT: '9100' }, dir)]).toEqual(['WICK_HOST']);
    expect(readEnvironment({ WICK_PORT: '9100' }, dir)).toEqual({ WICK_PORT: '9100', WICK_HOST: '0.0.0.0' });
  });
});
