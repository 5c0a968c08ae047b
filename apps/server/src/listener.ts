import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Config } from '@wickworks/config';
import { answerUnreadable } from './http/unreadable.js';

/** What answers those who connect. */
export interface Handlers {
  readonly request: RequestListener;
  readonly upgrade: (request: IncomingMessage, tcp: Duplex, head: Buffer) => void;
}

/** An HTTP server whose visitors wait until it is told what answers them. */
export interface WaitingListener {
  readonly server: Server;
  /** From now on, and for those who wait, `handlers` answer. */
  serve(handlers: Handlers): void;
  /** Nothing will ever answer: those who wait are let go. */
  giveUp(): void;
}

/** How long clients may take: sockets are few, and such as send drop by drop cost nothing to make. */
export interface Patience {
  /** From the first byte, or from connecting, to the end of the headers. */
  readonly headersMs: number;
  /** To the end of the body. */
  readonly requestMs: number;
  /** Without a byte either way: who does not read an answer is let go too. */
  readonly silenceMs: number;
  /** Between an answer and the next request; longer than proxies keep a connection, or they send into one just closed. */
  readonly keepAliveMs: number;
  /** How often it is looked whose time is up. */
  readonly lookEveryMs: number;
}
const PATIENCE: Patience = {
  ...{ headersMs: 15_000, requestMs: 60_000, silenceMs: 120_000, keepAliveMs: 65_000, lookEveryMs: 5_000 },
};

export function waitingListener(patience: Patience = PATIENCE): WaitingListener {
  let handlers: Handlers | undefined;
  let waiting: (() => void)[] = [];
  const release = (): void => {
    const released = waiting;
    waiting = [];
    for (const go of released) go();
  };
  const answers = new WeakMap<Duplex, ServerResponse>();
  const times = {
    headersTimeout: patience.headersMs,
    requestTimeout: patience.requestMs,
    keepAliveTimeout: patience.keepAliveMs,
    connectionsCheckingInterval: patience.lookEveryMs,
  };
  const server = createServer(times, (request, response) => {
    answers.set(request.socket, response);
    if (handlers) handlers.request(request, response);
    else
      waiting.push(() => {
        if (handlers) handlers.request(request, response);
        else response.destroy();
      });
  });
  server.setTimeout(patience.silenceMs);
  server.on('clientError', (error: Error & { code?: string }, tcp) => {
    const answer = answers.get(tcp);
    // Nothing may be written into an answer that has begun.
    if (answer?.headersSent && !answer.writableFinished) tcp.destroy();
    else answerUnreadable(error, tcp);
  });
  server.on('upgrade', (request, tcp, head) => {
    if (handlers) {
      handlers.upgrade(request, tcp, head);
      return;
    }
    // A client that goes away while it waits is no fault of ours; an `error` nobody hears would end the process.
    const gone = (): void => void tcp.destroy();
    tcp.on('error', gone);
    waiting.push(() => {
      tcp.off('error', gone);
      if (handlers && !tcp.destroyed) handlers.upgrade(request, tcp, head);
      else tcp.destroy();
    });
  });
  return {
    server,
    serve: (found) => {
      handlers = found;
      release();
    },
    giveUp: release,
  };
}

/** Listens and returns `http://host:port`; rejects with the system's error. */
export function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { port: bound } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`);
    });
  });
}

/** Takes no new connections and resolves when the last one has ended; at once when it does not listen. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Idle keep-alive connections go at once, answers under way get a moment.
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 1_000).unref();
  });
}
