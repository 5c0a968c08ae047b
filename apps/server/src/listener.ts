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

/** Who sends a request drop by drop is let go: sockets are few, and such clients cost nothing to make. */
const SLOW_CLIENTS = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 } as const;

export function waitingListener(): WaitingListener {
  let handlers: Handlers | undefined;
  let waiting: (() => void)[] = [];
  const release = (): void => {
    const released = waiting;
    waiting = [];
    for (const go of released) go();
  };
  const answers = new WeakMap<Duplex, ServerResponse>();
  const server = createServer(SLOW_CLIENTS, (request, response) => {
    answers.set(request.socket, response);
    if (handlers) handlers.request(request, response);
    else
      waiting.push(() => {
        if (handlers) handlers.request(request, response);
        else response.destroy();
      });
  });
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
