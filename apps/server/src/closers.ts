import type { Logger } from 'pino';

const CLOSE_WITHIN_MS = 9_000;

/** Things to be closed in reverse order of their start. */
export class Closers {
  readonly #closers: { name: string; close: () => Promise<void> | void }[] = [];
  readonly #openLog: () => Promise<Pick<Logger, 'error'>>;

  /** `openLog` is asked for when something goes wrong. */
  constructor(openLog: () => Promise<Pick<Logger, 'error'>>) {
    this.#openLog = openLog;
  }

  add(name: string, close: () => Promise<void> | void): void {
    this.#closers.push({ name, close });
  }

  /** Closes everything, whatever fails on the way, within the time a stop may take. */
  async closeAll(): Promise<void> {
    const all = async (): Promise<void> => {
      for (const { name, close } of this.#closers.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          (await this.#openLog()).error({ err: error, part: name }, 'could not be stopped cleanly');
        }
      }
    };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), CLOSE_WITHIN_MS);
    });
    if ((await Promise.race([all(), late])) === 'late')
      (await this.#openLog()).error({}, 'stopping took too long; the rest is abandoned');
    clearTimeout(timer);
  }
}
