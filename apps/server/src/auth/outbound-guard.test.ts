import { expect, it } from 'vitest';
import { checkOutbound, isPublicAddress } from './outbound-guard.js';

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
