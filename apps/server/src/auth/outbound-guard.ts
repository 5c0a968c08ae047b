import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { err, ok, type Result } from '@wickworks/core';

/** Where a request of ours may go: the address it was checked to be at, to be connected to as it is. */
export interface OutboundTarget {
  readonly url: URL;
  /** Connect to this ({@link lookupOf}), with the URL's host name for TLS and `Host`. */
  readonly address: string;
}

/**
 * `lookup` for a request to `target`: whatever its name leads to by now (DNS rebinding), the address that was checked is
 * what is connected to.
 */
export const lookupOf =
  ({ address }: OutboundTarget): LookupFunction =>
  (_host, { all = false }, done) => {
    const family = isIP(address);
    if (all) done(null, [{ address, family }]);
    else done(null, address, family);
  };

const NETWORKS_V4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
];
const NETWORKS_V6 = [
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

const listOf = (networks: readonly string[], type: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/');
    list.addSubnet(base, Number(bits), type);
  }
  return list;
};
// Two lists: in one, the network of mapped addresses would hold every IPv4 address.
const FORBIDDEN_V4 = listOf(NETWORKS_V4, 'ipv4');
const FORBIDDEN_V6 = listOf(NETWORKS_V6, 'ipv6');

/** False for addresses of this machine, its networks, and everything that is not the public internet. */
export function isPublicAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIP(mapped) === 4) return !FORBIDDEN_V4.check(mapped, 'ipv4');
  return isIP(mapped) === 6 && !FORBIDDEN_V6.check(mapped, 'ipv6');
}

/** Every address of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const resolveHost: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * Whether somebody's address (a webhook, a notification) may be called from here (SSRF guard): https, no user name, a
 * usual port, and a host all of whose addresses are public. Redirects must be looked at in the same way, one by one.
 */
export async function checkOutbound(
  text: string,
  resolve: Resolve = resolveHost,
): Promise<Result<OutboundTarget, string>> {
  if (!URL.canParse(text)) return err('this is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:') return err('only https addresses are called');
  if (url.username !== '' || url.password !== '') return err('a URL with a user name is not called');
  if (url.port !== '' && url.port !== '8443') return err('only ports 443 and 8443 are called');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
  const [address] = addresses;
  if (address === undefined) return err('this host has no address');
  return addresses.every(isPublicAddress) ? ok({ url, address }) : err('this host is not on the public internet');
}
