/** One renewal at a time, however many requests wait for it. */
let renewal: Promise<boolean> | null = null;

/** Exchanges the refresh token for a new session; false when it holds no longer. `send` adds what a page must show. */
export const renewSession = (send: (init: RequestInit) => Promise<Response>): Promise<boolean> =>
  (renewal ??= send({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    .then(({ ok }) => ok)
    .catch(() => false)
    .finally(() => (renewal = null)));
