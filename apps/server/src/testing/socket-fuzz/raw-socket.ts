import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const CLOSE = 0x8;

/** A WebSocket client that sends any bytes at all, reads away what comes, and notices when it is let go. */
export class RawSocket {
  readonly #tcp: Socket;
  /** What has come of a frame not yet complete. */
  #rest: Buffer = Buffer.alloc(0);
  #isOver = false;
  /** What the server said when it closed the connection: two bytes of a code, and why. */
  goodbye = '';
  #ended: Promise<void>;

  private constructor(tcp: Socket) {
    this.#tcp = tcp;
    this.#ended = new Promise((resolve) => tcp.once('close', () => resolve()));
    void this.#ended.then(() => (this.#isOver = true));
    tcp.on('error', () => tcp.destroy());
  }

  /** Connected and let in. */
  static async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<RawSocket> {
    const { port, pathname } = new URL(url);
    const tcp = connect(Number(port), '127.0.0.1');
    const socket = new RawSocket(tcp);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    tcp.write(
      `GET ${pathname} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ZnV6emluZyBpcyBmdW4hIQ==\r\nSec-WebSocket-Version: 13\r\n${lines.join('')}\r\n`,
    );
    let head = Buffer.alloc(0);
    while (!head.includes('\r\n\r\n')) {
      const [piece] = (await once(tcp, 'data')) as [Buffer];
      head = Buffer.concat([head, piece]);
    }
    if (!head.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(`not let in: ${head.toString('latin1')}`);
    tcp.on('data', (piece) => socket.#read(piece));
    socket.#read(head.subarray(head.indexOf('\r\n\r\n') + 4));
    return socket;
  }

  /** True from the moment on when the server has said goodbye or hung up. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves when there is room for more. */
  async send(bytes: Buffer): Promise<void> {
    if (this.#isOver || this.#tcp.write(bytes)) return;
    await Promise.race([once(this.#tcp, 'drain'), this.#ended]);
  }

  /** Resolves when the server has let go of this client. */
  async untilOver(): Promise<void> {
    await this.#ended;
  }

  destroy(): void {
    this.#tcp.destroy();
  }

  /** Walks over whole frames; the only one that matters is the goodbye. */
  #read(piece: Buffer): void {
    let bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    for (;;) {
      const size = frameBytes(bytes);
      if (size === null || bytes.length < size) break;
      if (((bytes[0] ?? 0) & 0xf) === CLOSE) {
        this.goodbye = bytes.subarray(2, size).toString('latin1');
        this.#isOver = true;
        this.#tcp.destroy();
        return;
      }
      bytes = bytes.subarray(size);
    }
    this.#rest = bytes;
  }
}

/** Length of the frame at the beginning of `bytes`, with its head; `null` when that is not known yet. */
function frameBytes(bytes: Buffer): number | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] ?? 0) & 0x7f;
  if (short < 126) return 2 + short;
  const headBytes = short === 126 ? 4 : 10;
  if (bytes.length < headBytes) return null;
  return headBytes + (short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2)));
}
