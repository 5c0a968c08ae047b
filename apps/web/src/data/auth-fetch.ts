/** The token that a page must show with every change it makes; the server sets it beside the session's cookie. */
function csrfToken(): string | undefined {
  const cookie = globalThis.document.cookie
    .split('; ')
    .find((pair) => pair.startsWith('wick_csrf=') || pair.startsWith('__Host-wick_csrf='));
  return cookie?.slice(cookie.indexOf('=') + 1);
}

const listeners = new Set<() => void>();

/** Tells when a request was refused because nobody is signed in (any more); returns the unsubscribe. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One renewal at a time, however many requests wait for it. */
let renewal: Promise<boolean> | null = null;
const renewed = (origin: string): Promise<boolean> =>
  (renewal ??= send(new URL('/api/v1/auth/refresh', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
    .then(({ ok }) => ok)
    .catch(() => false)
    .finally(() => (renewal = null)));

function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = csrfToken();
  if (token !== undefined && init.method !== undefined && init.method !== 'GET') headers.set('x-csrf-token', token);
  return globalThis.fetch(input, { credentials: 'same-origin', ...init, headers });
}

/**
 * `fetch` for everything a page asks of the server: shows the CSRF token, and renews a session whose access token has
 * run out, once, before it gives up. Requests that sign in or out speak for themselves.
 */
export async function authFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await send(input, init);
  const url = new URL(input instanceof Request ? input.url : input, globalThis.location.href);
  if (answer.status !== 401 || /\/auth\/(login|register|refresh|logout)$/.test(url.pathname)) return answer;
  if (csrfToken() !== undefined && (await renewed(url.origin))) return send(input, init);
  for (const listener of listeners) listener();
  return answer;
}
