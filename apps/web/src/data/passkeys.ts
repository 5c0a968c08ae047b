import { PasskeyStart, PasskeyView, SignedIn } from '@wickworks/contracts';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import * as z from 'zod';
import { ask } from './auth-rest.js';

const isAddress = (host: string): boolean => /^[\d.]+$|^\[/.test(host);

/** Why this page cannot use passkeys, in words; `null` when it can. */
export function passkeyObstacle(): string | null {
  if (!('PublicKeyCredential' in globalThis))
    return globalThis.isSecureContext ? 'This browser has no passkeys.' : 'Passkeys need a page that came by HTTPS.';
  // Browsers bind a passkey to a name; an address is none.
  return isAddress(globalThis.location.hostname)
    ? 'Browsers bind passkeys to a name, and this page was opened by a number.'
    : null;
}

/** This page under the name that passkeys work with on this machine; `null` where that would be another machine. */
export const namedAddress = (): string | null => {
  const { hostname, href } = globalThis.location;
  if (hostname !== '127.0.0.1' && hostname !== '[::1]') return null;
  const named = new URL(href);
  named.hostname = 'localhost';
  return named.href;
};

const Challenged = z.looseObject({ challenge: z.string().min(1) });
const CreationOptions = z.custom<PublicKeyCredentialCreationOptionsJSON>(
  (given) =>
    Challenged.extend({ rp: z.looseObject({}), user: z.looseObject({ id: z.string() }) }).safeParse(given).success,
);
const RequestOptions = z.custom<PublicKeyCredentialRequestOptionsJSON>((given) => Challenged.safeParse(given).success);

/** Has the browser make a passkey called `name`; the password shows that it is the owner who asks. */
export async function addPasskey({ name, password }: { name: string; password: string }): Promise<PasskeyView> {
  const { ceremony, options } = await ask('/auth/passkeys/registration', PasskeyStart, {
    method: 'POST',
    body: { password },
  });
  const { startRegistration } = await import('@simplewebauthn/browser');
  const credential = await startRegistration({ optionsJSON: CreationOptions.parse(options) }).catch(explained);
  return ask('/auth/passkeys', PasskeyView, { method: 'POST', body: { ceremony, name, credential } });
}

export const removePasskey = (id: string): Promise<void> =>
  ask(`/auth/passkeys/${encodeURIComponent(id)}`, null, { method: 'DELETE' });

/** Has the browser show that it holds a passkey of this server. */
async function askForPasskey(): Promise<{ ceremony: string; credential: unknown }> {
  const { ceremony, options } = await ask('/auth/passkeys/sign-in/options', PasskeyStart, { method: 'POST' });
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const credential = await startAuthentication({ optionsJSON: RequestOptions.parse(options) }).catch(explained);
  return { ceremony, credential };
}

/** Signs in whoever the chosen passkey belongs to; cookies carry the session from then on. */
export const signInWithPasskey = async (): Promise<z.infer<typeof SignedIn>> =>
  ask('/auth/passkeys/sign-in', SignedIn, { method: 'POST', body: await askForPasskey() });

/** Shows with a passkey that whoever is signed in sits before the page. */
export const proveWithPasskey = async (): Promise<void> =>
  ask('/auth/proof', null, { method: 'POST', body: await askForPasskey() });

/** The browser's refusal in words a person can act on. */
function explained(cause: unknown): never {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError')
    throw new Error('The browser asked for a passkey and got none. Try again, or use your password.', { cause });
  if (name === 'InvalidStateError') throw new Error('This device already holds a passkey of this account.', { cause });
  if (name === 'SecurityError') throw new Error('The browser allows no passkeys under this address.', { cause });
  throw cause;
}
