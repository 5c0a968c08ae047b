import type { WebSocket } from 'ws';
import type { FaultBox } from './fault-box.js';

/** A reordered event waits for its successor at most this long. */
const HELD_FOR_MS = 250;

/** What a socket still owes its client because of faults. */
interface Debt {
  /** Frames that are late, in order. */
  readonly late: { text: string; dueMs: number }[];
  timer: NodeJS.Timeout | undefined;
  /** The event that lets its successor pass. */
  held: { text: string; timer: NodeJS.Timeout } | undefined;
}

/** Sends frames to sockets, subject to the faults in force. */
export class FrameFaults {
  readonly #faults: FaultBox;
  readonly #wallNowMs: () => number;
  readonly #debts = new WeakMap<WebSocket, Debt>();

  constructor(faults: FaultBox, wallNowMs: () => number) {
    this.#faults = faults;
    this.#wallNowMs = wallNowMs;
  }

  /** True unless the venue plays dead towards all sockets. */
  alive(): boolean {
    return this.#faults.strikes('silence', null, 'sockets') === undefined;
  }

  /** Sends `text`, an event of `stream` or (null) an answer, or does what the faults want done with it. */
  send(socket: WebSocket, stream: string | null, text: string): void {
    const faults = this.#faults;
    if (faults.active().length === 0) {
      this.#pass(socket, text);
      return;
    }
    if (faults.strikes('silence', stream, 'sockets')) return;
    if (stream === null) {
      this.#pass(socket, text);
      return;
    }
    if (faults.strikes('gap', stream, 'sockets')) return;
    const skewMs = faults.skewMs();
    let frame =
      skewMs === 0 ? text : text.replace(/"E":(\d+)/, (_, timeMs: string) => `"E":${Number(timeMs) + skewMs}`);
    if (faults.strikes('malformed', stream, 'sockets')) frame = breakOff(frame, faults);
    const debt = this.#debtOf(socket);
    if (debt.held === undefined && faults.strikes('reorder', stream, 'sockets')) {
      const timer = setTimeout(() => this.#releaseHeld(socket, debt), HELD_FOR_MS);
      debt.held = { text: frame, timer };
      return;
    }
    this.#pass(socket, frame, stream);
    if (faults.strikes('duplicate', stream, 'sockets')) this.#pass(socket, frame, stream);
    this.#releaseHeld(socket, debt);
  }

  #releaseHeld(socket: WebSocket, debt: Debt): void {
    if (debt.held === undefined) return;
    clearTimeout(debt.held.timer);
    const { text } = debt.held;
    debt.held = undefined;
    this.#pass(socket, text);
  }

  /** Sends at once or, while a delay lasts or earlier frames still wait, later. */
  #pass(socket: WebSocket, text: string, stream: string | null = null): void {
    const delayMs = this.#faults.strikes('delay', stream, 'sockets')?.delayMs ?? 0;
    const debt = this.#debts.get(socket);
    const lastDueMs = debt?.late.at(-1)?.dueMs ?? 0;
    if (delayMs === 0 && lastDueMs === 0) {
      socket.send(text);
      return;
    }
    const late = this.#debtOf(socket);
    late.late.push({ text, dueMs: Math.max(lastDueMs, this.#wallNowMs() + delayMs) });
    this.#payLater(socket, late);
  }

  #payLater(socket: WebSocket, debt: Debt): void {
    const next = debt.late[0];
    if (debt.timer !== undefined || next === undefined) return;
    debt.timer = setTimeout(
      () => {
        debt.timer = undefined;
        while (debt.late[0] !== undefined && debt.late[0].dueMs <= this.#wallNowMs()) {
          const due = debt.late.shift();
          if (due && socket.readyState === socket.OPEN) socket.send(due.text);
        }
        this.#payLater(socket, debt);
      },
      Math.max(1, next.dueMs - this.#wallNowMs()),
    );
  }

  #debtOf(socket: WebSocket): Debt {
    const known = this.#debts.get(socket);
    if (known) return known;
    const debt: Debt = { late: [], timer: undefined, held: undefined };
    this.#debts.set(socket, debt);
    socket.once('close', () => {
      clearTimeout(debt.timer);
      clearTimeout(debt.held?.timer);
      debt.late.length = 0;
      debt.held = undefined;
    });
    return debt;
  }
}

/** JSON that ends too early: never whole, never empty. */
export function breakOff(text: string, faults: FaultBox): string {
  return text.slice(0, 1 + faults.roll(Math.max(1, text.length - 2)));
}
