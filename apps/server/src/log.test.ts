import { Writable } from 'node:stream';
import fc from 'fast-check';
import { pino, type Logger } from 'pino';
import { describe, expect, it } from 'vitest';
import { logOptions } from './log.js';

const SECRET = 'exchange-secret-5f0c';

/** What `use` makes a logger of the product's write. */
function written(use: (log: Logger) => void): string {
  let text = '';
  const sink = new Writable({
    write: (piece: Buffer, _encoding, done) => {
      text += piece.toString();
      done();
    },
  });
  use(pino(logOptions('info'), sink));
  return text;
}

const NAMES = [
  'password',
  'apiKey',
  'API_KEY',
  'secret',
  'Authorization',
  'set-cookie',
  'X-MBX-APIKEY',
  'refreshToken',
];

describe('secrets are hidden by the log', () => {
  it('wherever in a line they stand', () => {
    const place = fc.letrec<{ inner: unknown }>((tie) => ({
      inner: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(...NAMES).map((name) => ({ [name]: SECRET })),
        fc.record({ a: tie('inner') }),
        fc.tuple(fc.integer(), tie('inner')),
        tie('inner').map((inner) => Object.assign(new Error('failed'), { config: { headers: inner } })),
      ),
    })).inner;
    fc.assert(
      fc.property(place, (fields) => {
        const line = written((log) => log.info({ fields, err: fields instanceof Error ? fields : undefined }, 'x'));
        expect(line).toContain('[hidden]');
        expect(line).not.toContain(SECRET);
      }),
    );
  });

  it('in the bindings of a child, in a message, in the cause of an error', () => {
    const key = `wk_${'A'.repeat(43)}`;
    const token = `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.${'c'.repeat(40)}`;
    const cause = new Error(`GET https://api.example/v3/order?symbol=X&signature=${SECRET}&timestamp=1 answered 401`);
    const line = written((log) => {
      log.child({ call: `Bearer ${token}` }).info(`with ${key}`);
      log.warn({ err: new Error('refused', { cause }) }, `redis://user:${SECRET}@cache:6379 does not answer`);
      log.error(new Error(`token=${token}`));
    });
    expect(line.trimEnd().split('\n').length).toBe(3);
    for (const secret of [key, token, SECRET, 'c'.repeat(40)]) expect(line).not.toContain(secret);
    for (const kept of ['timestamp=1', 'redis://', 'cache:6379', 'answered 401']) expect(line).toContain(kept);
  });

  it('and nothing else is', () => {
    const facts = { exchange: 'binance', symbol: 'BTC/USDT', key: 'x', tokens: 3, at: new Date(0), rows: [[1, 2]] };
    const line = written((log) => log.info({ ...facts, err: new Error('plain') }, 'a token was not taken'));
    const { err, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
    expect(rest).toMatchObject({ ...facts, at: '1970-01-01T00:00:00.000Z' });
    expect(err).toMatchObject({ type: 'Error', message: 'plain' });
    expect(msg).toBe('a token was not taken');
    expect(line).not.toContain('hidden');
  });
});
