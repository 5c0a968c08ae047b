import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkOutbound, isPublicAddress, lookupOf } from './outbound-guard.js';

const at =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses);

it.each([
  'http://example.org/',
  'ftp://example.org/',
  'file:///etc/passwd',
  'https://user:secret@example.org/',
  'https://example.org:22/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00::1]/',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.5/',
  'https://100.64.0.1/',
  'not a url',
])('does not call %s', async (url) => {
  expect((await checkOutbound(url, at('93.184.215.14'))).ok).toBe(false);
});

it('does not call a name that leads inside, in part or wholly, or nowhere', async () => {
  for (const addresses of [['127.0.0.1'], ['93.184.215.14', '10.0.0.1'], ['::1'], []])
    expect((await checkOutbound('https://hook.example/', at(...addresses))).ok).toBe(false);
  expect((await checkOutbound('https://hook.example/', () => Promise.reject(new Error('no')))).ok).toBe(false);
});

it('calls public hosts, at the address that was checked', async () => {
  const found = await checkOutbound('https://hook.example/a?b', at('93.184.215.14'));
  expect(found.ok && found.value.address).toBe('93.184.215.14');
  expect(isPublicAddress('2606:2800:21f:cb07:6820:80da:af6b:8b2c')).toBe(true);
});

it('takes no IPv4 address of the inside for a public one, however IPv6 wraps it', () => {
  const byte = fc.nat(255);
  const inside = fc.oneof(
    fc.tuple(fc.constantFrom(10, 127, 0), byte, byte, byte),
    fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
    fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  );
  fc.assert(
    fc.property(inside, (parts) => {
      const dotted = parts.join('.');
      const [a = '', b = ''] = [parts.slice(0, 2), parts.slice(2)].map((pair) =>
        Buffer.from(pair)
          .toString('hex')
          .replace(/^0+(?=.)/, ''),
      );
      const wrapped = [`::ffff:${dotted}`, `::ffff:${a}:${b}`, `::FFFF:${a}:${b}`, `0:0:0:0:0:ffff:${a}:${b}`];
      const elsewhere = [`::${a}:${b}`, `64:ff9b::${a}:${b}`, `2002:${a}:${b}::1`];
      for (const address of [dotted, ...wrapped, ...elsewhere])
        expect([address, isPublicAddress(address)]).toEqual([address, false]);
    }),
  );
});

it('a name that leads inside a moment later (DNS rebinding) is asked once, and called where it was checked', async () => {
  const answers = [['93.184.215.14'], ['127.0.0.1']];
  let asked = 0;
  const found = await checkOutbound('https://hook.example/', () => Promise.resolve(answers[asked++] ?? []));
  if (!found.ok) throw new Error(found.error);
  const lookup = lookupOf(found.value);
  const led: unknown[] = [];
  lookup('hook.example', {}, (_error, address) => void led.push(address));
  lookup('hook.example', { all: true }, (_error, addresses) => void led.push(addresses));
  expect(led).toEqual(['93.184.215.14', [{ address: '93.184.215.14', family: 4 }]]);
  expect(asked).toBe(1);
});

it('a request goes to that address under its name; a redirect inside is not followed and would be refused', async () => {
  const server = createServer((request, response) => {
    response
      .writeHead(302, { location: 'http://169.254.169.254/latest', 'x-host': String(request.headers.host) })
      .end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  // The name leads nowhere by itself; here the checked address stands for a public one.
  const lookup = lookupOf({ url: new URL('https://hook.example/'), address: '127.0.0.1' });
  const [answer] = (await once(get({ host: 'hook.example', port, lookup }), 'response')) as [IncomingMessage];
  answer.resume();
  expect([answer.statusCode, answer.headers['x-host']]).toEqual([302, `hook.example:${port}`]);
  expect((await checkOutbound(answer.headers.location ?? '')).ok).toBe(false);
  server.close();
});
