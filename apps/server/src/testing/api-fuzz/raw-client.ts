import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** An answer, as it came over the line. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends requests just as they are told: no header and no character of the address is put right. */
export class RawClient {
  readonly #agent: Agent;
  readonly #port: number;

  constructor(url: string, socketsMax: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: socketsMax });
    this.#port = Number(new URL(url).port);
  }

  /** Rejects when the connection ends without an answer. */
  send(sent: {
    method: string;
    path: string;
    headers: Readonly<Record<string, string>>;
    body: Buffer | null;
  }): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      let isAnswered = false;
      const length = sent.body === null ? {} : { 'content-length': String(sent.body.length) };
      const call = request({
        ...{ agent: this.#agent, host: '127.0.0.1', port: this.#port, method: sent.method, path: sent.path },
        headers: { ...sent.headers, ...length },
      });
      call.on('response', (response) => {
        isAnswered = true;
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
        );
      });
      // A server that has refused a body need not read the rest of it.
      call.on('error', (error) => {
        if (!isAnswered) reject(error);
      });
      call.end(sent.body ?? undefined);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
