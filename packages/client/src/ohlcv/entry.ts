import type { OhlcvClientInput, Problem } from '@wickworks/contracts';
import type { SubscriptionState } from './subscription.js';

const REOPEN_MS = { first: 1_000, max: 15_000 } as const;

/** What an entry needs from the connection that carries it. */
export interface Carrier {
  send(message: OhlcvClientInput): boolean;
  /** Opens the entry again, under a new message id. */
  reopen(): void;
}

/** The server's answer to `subscribe`, `resume` and `tickers`. */
export interface Accepted {
  readonly subscription: string;
  readonly resumeToken: string;
  readonly resumed?: boolean | undefined;
  readonly unlisted?: true | undefined;
}

/** One thing subscribed to, kept over any number of connections: opening, refusal with retry, loss. */
export abstract class Entry {
  state: SubscriptionState = { phase: 'waiting' };
  /** The server's name of it on the present connection. */
  subscription: string | undefined;
  protected readonly carrier: Carrier;
  readonly #tell: ((state: SubscriptionState) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #refusals = 0;

  constructor(carrier: Carrier, tell: ((state: SubscriptionState) => void) | undefined) {
    this.carrier = carrier;
    this.#tell = tell;
  }

  /** The message that opens it, to be answered under `id`. */
  protected abstract opening(id: string): OhlcvClientInput;

  /** Asks the server; `false` when there is no connection, which will ask by itself once it is there. */
  open(id: string): boolean {
    clearTimeout(this.#timer);
    return this.carrier.send(this.opening(id));
  }

  accepted(answer: Accepted): void {
    this.subscription = answer.subscription;
  }

  /** The server said no: for good, or to be asked again later. */
  refused(problem: Problem): void {
    if (!problem.retryable) {
      this.enter({ phase: 'failed', problem });
      return;
    }
    this.enter({ phase: 'waiting', problem });
    const delayMs = Math.min(REOPEN_MS.max, REOPEN_MS.first * 2 ** Math.min(this.#refusals++, 10));
    this.#timer = setTimeout(() => this.carrier.reopen(), delayMs);
  }

  /** The server no longer streams it: as if it were refused now. */
  ended(problem: Problem): void {
    this.subscription = undefined;
    this.refused(problem);
  }

  lost(): void {
    clearTimeout(this.#timer);
    this.subscription = undefined;
    this.enter({ phase: 'waiting' });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.state = { phase: 'closed' };
  }

  protected enter(state: SubscriptionState): void {
    if (state.phase === 'live') this.#refusals = 0;
    // A handler may have unsubscribed while it was told the very news that made this live.
    if (this.state.phase === 'closed') return;
    if (state.phase === this.state.phase && state.problem?.detail === this.state.problem?.detail) return;
    this.state = state;
    this.#tell?.(state);
  }
}
