/** The series of a watchlist. */
export const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'BNB/USDT', 'XRP/USDT'] as const;

/** What the bench asks of a server under test, and what it answers, over the child's IPC channel. */
export type ToServer =
  | {
      readonly kind: 'broadcast';
      readonly events: number;
      readonly perSecond: number;
      readonly updatesPerEvent: number;
      /** Of so many series, in turn. */
      readonly series: number;
    }
  | { readonly kind: 'stop' };

export type FromServer =
  /** `dataDir` of the product's server: its setup token lies there. */
  | { readonly kind: 'listening'; readonly port: number; readonly dataDir?: string }
  | { readonly kind: 'done'; readonly cpuUs: number; readonly wallMs: number };

/** Orders to the process that holds the client sockets. */
export type ToClients =
  | {
      readonly kind: 'connect';
      readonly port: number;
      readonly clients: number;
      /** How many of {@link SYMBOLS} each client asks for; 0 where it need not ask. */
      readonly subscribe: number;
      readonly deflate: boolean;
    }
  | { readonly kind: 'expect'; readonly messagesPerClient: number }
  | { readonly kind: 'stop' };

export type FromClients =
  | { readonly kind: 'connected' }
  | {
      readonly kind: 'received';
      readonly messages: number;
      readonly bytes: number;
      readonly latenciesMs: readonly number[];
    };

/**
 * Body of update `index`: a candle message whose volume is the moment it was made, so that any receiver on the same
 * machine can tell how long it travelled.
 */
export const candleAt = (index: number): readonly [number, number, number, number, number, number] => [
  1_722_003_300_000,
  67_745.75,
  67_784 + index,
  67_726.01,
  67_768.4 + index / 100,
  clockMs(),
];

/** Milliseconds on the machine-wide clock, with fractions. */
export const clockMs = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000;

/** Runs `emit(index)` for every event at the asked pace and reports the process's own CPU time. */
export async function pace(
  order: ToServer & { kind: 'broadcast' },
  emit: (index: number) => void,
): Promise<FromServer> {
  const before = process.cpuUsage();
  const started = performance.now();
  let made = 0;
  while (made < order.events) {
    const due = Math.min(order.events, Math.floor(((performance.now() - started) / 1_000) * order.perSecond) + 1);
    for (; made < due; made++) {
      for (let update = 0; update < order.updatesPerEvent; update++) emit(made * order.updatesPerEvent + update);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise((resolve) => setTimeout(resolve, 300)); // let the last writes drain; idle time costs no CPU
  const used = process.cpuUsage(before);
  return { kind: 'done', cpuUs: used.user + used.system, wallMs: performance.now() - started };
}
