import type { OhlcvClient } from './ohlcv-client.js';
import type { StreamNews, SubscribeRequest, Subscription, SubscriptionState } from './subscription.js';

/** What the iterator yields: the stream's messages, and its state when that changes. */
export type StreamItem = StreamNews | { readonly kind: 'state'; readonly state: SubscriptionState };

/**
 * A subscription as an async iterator: `for await (const item of stream(client.ohlcv, request)) …`. Leaving the loop
 * unsubscribes; so does `signal`. It ends after `state.phase` `failed`. A slow reader skips intermediate updates of a
 * forming candle and its indicators, and nothing else.
 */
export async function* stream(
  client: OhlcvClient,
  request: SubscribeRequest,
  signal?: AbortSignal,
): AsyncGenerator<StreamItem, void, undefined> {
  const queue: StreamItem[] = [];
  let wake: (() => void) | undefined;
  const put = (item: StreamItem): void => {
    while (supersedes(queue.at(-1), item)) queue.pop();
    queue.push(item);
    wake?.();
  };
  const onAbort = (): void => wake?.();
  signal?.addEventListener('abort', onAbort);
  const subscription: Subscription = client.subscribe(request, {
    onSnapshot: put,
    onCandle: put,
    onBackfill: put,
    onCorrection: put,
    onIndicator: put,
    onSignal: put,
    onState: (state) => put({ kind: 'state', state }),
  });
  try {
    for (;;) {
      if (isAborted(signal)) return;
      const item = queue.shift();
      if (item) {
        yield item;
        if (item.kind === 'state' && item.state.phase === 'failed') return;
      } else if (subscription.state.phase === 'closed') {
        return;
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    subscription.unsubscribe();
  }
}

// A function, since the compiler would otherwise take the flag for constant inside the loop.
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const supersedes = (last: StreamItem | undefined, item: StreamItem): boolean =>
  item.kind === 'candle' && last !== undefined && formingTimeOf(last) === item.candle[0];

/** Of which forming candle something tells; `null`: it does not. */
function formingTimeOf(item: StreamItem): number | null {
  if (item.kind === 'candle') return item.closed ? null : item.candle[0];
  return item.kind === 'indicator' && !item.closed ? item.openTimeMs : null;
}
