import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** What an exchange played by a test answers. */
export interface FrameServerScript {
  /** The JSON to answer a GET with, or `undefined` for 404. */
  readonly get: (path: string, query: URLSearchParams) => unknown;
  /** A text frame a client sent. */
  readonly frame: (socket: WebSocket, text: string) => void;
}

export interface FrameServer {
  readonly url: string;
  readonly sockets: () => number;
  /** How many sockets were ever opened. */
  readonly dialled: () => number;
  close(): Promise<void>;
}

/** A tiny exchange on a free port of this machine: answers GETs and plays WebSocket frames as scripted. */
export async function startFrameServer(script: FrameServerScript): Promise<FrameServer> {
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const answer = script.get(url.pathname, url.searchParams);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { code: -1, msg: 'not played' }));
  });
  const sockets = new WebSocketServer({ server });
  let dialled = 0;
  sockets.on('connection', (socket) => {
    dialled++;
    socket.on('message', (data: Buffer) => script.frame(socket, data.toString('utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sockets: () => sockets.clients.size,
    dialled: () => dialled,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
