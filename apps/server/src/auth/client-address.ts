import type { IncomingMessage } from 'node:http';

/** The address of a client behind `trustedProxies` proxies: each appends the one it saw to `X-Forwarded-For`. */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? '';
  const header = request.headers['x-forwarded-for'];
  const seen = [header ?? []].flat().flatMap((line) => line.split(',').map((address) => address.trim()));
  // Only what trusted proxies appended counts; whatever stands before it the client may have made up.
  return [...seen, direct].at(-1 - trustedProxies) ?? seen[0] ?? direct;
}
