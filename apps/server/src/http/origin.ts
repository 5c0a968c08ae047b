import { isIP } from 'node:net';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Who may talk to the server from a browser. */
export interface OriginRules {
  /** The server listens on the loopback interface only. */
  readonly isLoopback: boolean;
  readonly allowedOrigins: readonly string[];
}

/**
 * Whether a request with these headers may be served. Scripts send no `Origin` and pass. Pages pass from the same
 * host, from an allowed origin, and, on a server that only this machine can reach, from this machine.
 */
export function isOriginAllowed(origin: string | undefined, host: string | undefined, rules: OriginRules): boolean {
  if (origin === undefined) return true;
  if (rules.allowedOrigins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (host !== undefined && url.host === host.toLowerCase()) return true;
  return rules.isLoopback && LOOPBACK_NAMES.has(url.hostname);
}

/**
 * Whether `Host` names this server. On the loopback interface only loopback names do: a page that had its own name
 * re-pointed to 127.0.0.1 (DNS rebinding) is thereby kept out.
 */
export function isHostAllowed(host: string | undefined, rules: OriginRules): boolean {
  if (!rules.isLoopback || host === undefined) return true;
  // A proxy on this machine passes on the name people use.
  if (rules.allowedOrigins.some((origin) => new URL(origin).host === host.toLowerCase())) return true;
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return LOOPBACK_NAMES.has(hostname) || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}
