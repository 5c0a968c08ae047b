import type { Config } from '@wickworks/config';

/** What the content security policy must allow besides ourselves where people sign in with Clerk. */
export interface ClerkSources {
  readonly scripts: readonly string[];
  readonly calls: readonly string[];
  readonly frames: readonly string[];
  readonly pictures: readonly string[];
}

const NONE: ClerkSources = { scripts: [], calls: [], frames: [], pictures: [] };
/** Asked whether a visitor is human, by Clerk's form (https://clerk.com/docs/security/clerk-csp). */
const CHALLENGES = 'https://challenges.cloudflare.com';
const PICTURES = 'https://img.clerk.com';

/** Nothing without Clerk; with it, the instance that the publishable key names (`pk_test_` + base64 of `host$`). */
export function clerkSources(clerk: Config['clerk']): ClerkSources {
  const encoded = clerk && /^pk_(?:test|live)_([\w+/=-]+)$/.exec(clerk.publishableKey)?.[1];
  const host = encoded && /^([a-z0-9.-]+(?::\d+)?)\$$/.exec(Buffer.from(encoded, 'base64').toString('latin1'))?.[1];
  if (!host) return NONE;
  const instance = `https://${host}`;
  return { scripts: [instance, CHALLENGES], calls: [instance], frames: [CHALLENGES], pictures: [PICTURES] };
}
