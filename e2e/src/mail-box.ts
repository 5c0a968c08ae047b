import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';

/** A mail server on this machine that takes everything and keeps it (RFC 5321, without any extension). */
export interface MailBox {
  /** For `WICK_SMTP_URL`. */
  readonly url: string;
  /** Text of the next mail to `address`, taken out of the box. */
  next(address: string): Promise<string>;
  close(): Promise<void>;
}

export async function openMailBox(): Promise<MailBox> {
  const mails: { to: readonly string[]; text: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let to: string[] = [];
    let body: string[] | null = null;
    socket.write('220 here\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      if (body !== null) {
        if (line !== '.') {
          body.push(line.replace(/^\./, ''));
          return;
        }
        mails.push({ to, text: plain(body.join('\r\n')) });
        [to, body] = [[], null];
      }
      const recipient = /^RCPT TO:<(.+)>/i.exec(line)?.[1];
      if (recipient !== undefined) to.push(recipient);
      if (/^DATA/i.test(line)) body = [];
      socket.write(body === null ? '250 done\r\n' : '354 go on\r\n');
      if (/^QUIT/i.test(line)) socket.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const indexOf = (address: string): number => mails.findIndex(({ to }) => to.includes(address));
  return {
    url: `smtp://127.0.0.1:${port}`,
    next: async (address) => {
      await expect.poll(() => indexOf(address)).toBeGreaterThanOrEqual(0);
      return mails.splice(indexOf(address), 1)[0]?.text ?? '';
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Quoted-printable undone: a link may be broken over lines. */
const plain = (raw: string): string =>
  raw
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
