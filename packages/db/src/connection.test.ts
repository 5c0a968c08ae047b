import { createClient } from '@libsql/client';
import { expect, it } from 'vitest';
import { Connection } from './connection.js';

it('lets timers and sockets have a turn while a long queue of calls is worked off', async () => {
  const connection = new Connection(createClient({ url: ':memory:' }), []);
  const order: string[] = [];
  const longCall = () => {
    const until = performance.now() + 15;
    while (performance.now() < until);
    order.push('call');
    return Promise.resolve();
  };
  const calls = Promise.all([connection.raw(longCall), connection.raw(longCall), connection.raw(longCall)]);
  setImmediate(() => order.push('other work'));
  await calls;
  await connection.close();
  expect(order).toEqual(['call', 'other work', 'call', 'call']);
});
