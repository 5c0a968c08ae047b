/** One renewal at a time, however many requests wait for it. */
let renewal: Promise<boolean> | null = null;

/** Tabs take turns: two that spent the same token at once would look like a thief, and end the session. */
const inTurn = <T>(task: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request('wick-renewal', task) : task();

/** Exchanges the refresh token for a new session; false when it holds no longer. `send` adds what a page must show. */
export const renewSession = (send: (init: RequestInit) => Promise<Response>): Promise<boolean> =>
  (renewal ??= inTurn(() => send({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }))
    .then(({ ok }) => ok)
    .catch(() => false)
    .finally(() => (renewal = null)));
