import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemOf, refuse, type Refusal } from '../wire/problem.js';

/** A refusal of what never became a request, with a status of its own. */
interface Unreadable {
  readonly status: 400 | 408 | 413 | 431;
  readonly refusal: Refusal;
}

/** Statuses of {@link answerUnreadable} that any address may be answered with, for the API's description. */
export const UNREADABLE_STATUSES: Readonly<Record<408 | 431, string>> = {
  408: 'the request did not arrive in time; the connection is closed',
  431: 'address and headers are larger than this server takes; the connection is closed',
};

/** Answers what could not be read as a request, as far as somebody still listens, and hangs up. */
export function answerUnreadable(error: Error & { readonly code?: string }, tcp: Duplex): void {
  const { status, refusal } = unreadableOf(error.code);
  if (!tcp.writable || error.code === 'ECONNRESET') {
    tcp.destroy();
    return;
  }
  const requestId = randomUUID();
  const title = STATUS_CODES[status] ?? '';
  const body = JSON.stringify({ ...problemOf(refusal, requestId), status, title });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'Cache-Control: no-store',
    'Connection: close',
  ];
  tcp.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function unreadableOf(code: string | undefined): Unreadable {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, refusal: refuse('payload-too-large', 'the address or the headers are too large') };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, refusal: refuse('payload-too-large', 'the extensions of a chunk are too large') };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, refusal: refuse('bad-request', 'the request did not arrive in time') };
    default:
      return { status: 400, refusal: refuse('bad-request', 'this is not HTTP/1.1') };
  }
}
