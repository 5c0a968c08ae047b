import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { expect } from 'vitest';

interface Received {
  readonly from: string;
  readonly to: string;
  /** Head and body, as sent. */
  readonly text: string;
}

/** A real SMTP server on this machine that keeps what it is given. */
export class MailBox {
  readonly url: string;
  readonly #server: SMTPServer;
  readonly #mails: Received[];

  private constructor(server: SMTPServer, url: string, mails: Received[]) {
    this.#server = server;
    this.url = url;
    this.#mails = mails;
  }

  /** Opens one on a free port; `refuseFirst` mails are refused for now before one is taken. */
  static async open({ refuseFirst = 0 }: { refuseFirst?: number } = {}): Promise<MailBox> {
    const mails: Received[] = [];
    let refusals = refuseFirst;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData(stream, session, done) {
        void text(stream).then((raw) => {
          if (refusals-- > 0) {
            done(Object.assign(new Error('come back later'), { responseCode: 451 }));
            return;
          }
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false ? '' : mailFrom.address;
          for (const { address } of rcptTo) mails.push({ from, to: address, text: plain(raw) });
          done();
        });
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const { port } = server.server.address() as AddressInfo;
    return new MailBox(server, `smtp://127.0.0.1:${port}`, mails);
  }

  get recipients(): string[] {
    return this.#mails.map(({ to }) => to);
  }

  /** The next mail to `address`, taken out of the box. */
  async next(address: string): Promise<Received> {
    await expect.poll(() => this.recipients, { timeout: 10_000 }).toContain(address);
    const index = this.#mails.findIndex(({ to }) => to === address);
    const [mail] = this.#mails.splice(index, 1);
    if (!mail) throw new Error('it was there a moment ago');
    return mail;
  }

  clear(): void {
    this.#mails.length = 0;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Quoted-printable undone: a link may be broken over lines. */
const plain = (raw: string): string =>
  raw
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
