import type { Config } from '@wickworks/config';

/**
 * What the content security policy must allow besides ourselves where people sign in with Clerk: the instance that the
 * publishable key names (`pk_test_` + base64 of `host$`). Clerk's own forms are on Clerk's page, so that neither their
 * inline styles nor their frames have to be allowed on ours.
 */
export function clerkSources(clerk: Config['clerk']): readonly string[] {
  const encoded = clerk && /^pk_(?:test|live)_([\w+/=-]+)$/.exec(clerk.publishableKey)?.[1];
  const host = encoded && /^([a-z0-9.-]+(?::\d+)?)\$$/.exec(Buffer.from(encoded, 'base64').toString('latin1'))?.[1];
  return host ? [`https://${host}`] : [];
}
