import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Waits before a mail is tried again, ms; after the last it is given up. */
const RETRY_AFTER_MS = [2_000, 20_000];
/** Mails under way and waiting; more than that is a flood. */
const WAITING_MAX = 200;
const CONNECT_WITHIN_MS = 10_000;

/** One mail, in plain text. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What a connection to a mail server can do. */
interface Transport {
  sendMail(mail: Mail & { from: string }): Promise<unknown>;
  close(): void;
}

/**
 * Sends mail by the operator's SMTP server, in the background: nobody waits for it, and how long an answer takes does
 * not tell whether there was anything to send. The server is the operator's own choice, so it may stand on a private
 * network; addresses that people give are only ever recipients.
 */
export class Mailer {
  readonly #smtpUrl: string | null;
  readonly #from: () => string | null;
  readonly #log: Pick<Logger, 'warn'>;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #transport: Promise<Transport> | undefined;

  /** `from` names the sender at the moment of sending, `null` while there is none. */
  constructor(input: { smtpUrl: string | null; from: () => string | null; log: Pick<Logger, 'warn'> }) {
    this.#smtpUrl = input.smtpUrl;
    this.#from = input.from;
    this.#log = input.log;
  }

  /** True when a server and a sender are named. */
  get isReady(): boolean {
    return this.#smtpUrl !== null && this.#from() !== null;
  }

  /** Begins to send; false when mail cannot be sent, or too much waits already. */
  post(mail: Mail): boolean {
    if (!this.isReady || this.#stop.signal.aborted || this.#underWay.size >= WAITING_MAX) return false;
    const work = this.#deliver(mail).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
    return true;
  }

  /** Resolves when nothing is under way any more; what waits for another try is given up. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#underWay);
    (await this.#transport?.catch(() => undefined))?.close();
  }

  async #deliver(mail: Mail): Promise<void> {
    for (const waitMs of [...RETRY_AFTER_MS, null]) {
      try {
        const transport = await this.#connect();
        await transport.sendMail({ ...mail, from: this.#from() ?? '' });
        return;
      } catch (error) {
        // Not the recipient, and nothing of the text: logs are read by others than mail.
        this.#log.warn({ err: error, mail: mail.subject, isLast: waitMs === null }, 'a mail was not taken');
        if (waitMs === null) return;
        await pause(waitMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
        if (this.#stop.signal.aborted) return;
      }
    }
  }

  #connect(): Promise<Transport> {
    return (this.#transport ??= openTransport(this.#smtpUrl ?? ''));
  }
}

async function openTransport(smtpUrl: string): Promise<Transport> {
  const { createTransport } = await import('nodemailer');
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const hasUser = url.username !== '';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return createTransport({
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password never travels in the clear; a relay without one takes TLS when it offers it.
    requireTLS: !secure && hasUser,
    ...(hasUser && { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: 3 * CONNECT_WITHIN_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
