/** The token that a page must show with every change it makes; the server sets it beside the session's cookie. */
const csrfToken = (): string | undefined => /(?:^|-|; )wick_csrf=([^;]+)/.exec(document.cookie)?.[1];

let told: () => void = () => undefined;

/** Who is told when a request was refused because the session has ended. */
export const onSignedOut = (listener: () => void): void => void (told = listener);

function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = csrfToken();
  if (token !== undefined) headers.set('x-csrf-token', token);
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
  // Whoever was never signed in is told by the page; it may have other things to show.
  if (csrfToken() === undefined) return answer;
  const { renewSession } = await import('./auth-renewal.js');
  if (await renewSession((how) => send(new URL('/api/v1/auth/refresh', url), how))) return send(input, init);
  told();
  return answer;
}
