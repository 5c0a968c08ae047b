import type { SignedIn } from '@wickworks/contracts';
import type { Auth } from '../auth/auth.js';
import type { Grant } from '../auth/sessions.js';
import type { CallHeaders } from './call.js';

/** Hands out what signing in gives: cookies to a page, tokens to a program. */
export function handOut(
  { cookies, parts }: Pick<Auth, 'cookies' | 'parts'>,
  http: CallHeaders,
  grant: Grant,
  transport: 'cookie' | 'token',
): SignedIn {
  const { answer, accessToken, refreshToken, sessionEndsMs } = grant;
  if (transport === 'token') return { ...answer, accessToken, refreshToken };
  const values = { access: accessToken, refresh: refreshToken, csrf: answer.csrfToken };
  for (const cookie of cookies.set(values, { nowMs: parts.nowMs(), untilMs: sessionEndsMs }))
    http.set('Set-Cookie', cookie);
  return { ...answer, accessToken: null, refreshToken: null };
}
