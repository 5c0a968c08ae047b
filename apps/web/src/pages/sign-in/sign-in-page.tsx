import { Suspense, useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { signIn, useAuthSetup, useMe } from '../../data/auth-hooks.js';
import { codeOf, sentenceOf } from '../../data/auth-rest.js';
import { signInWithPasskey } from '../../data/passkeys.js';
import { PasskeyButton } from '../../features/sign-in/passkey-button.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { ErrorBoundary } from '../../ui/error-boundary.js';
import { Entrance } from '../../features/sign-in/entrance.js';
import { later } from '../../ui/later.js';

/** Fetched only where the server is set up for it. */
const ClerkWay = later(async () => (await import('../../features/sign-in/clerk-way.js')).ClerkWay);

const FIELDS: readonly CredentialField[] = [
  { name: 'username', label: 'User name', type: 'text', autoComplete: 'username' },
  { name: 'password', label: 'Password', type: 'password', autoComplete: 'current-password' },
];
const CODE: CredentialField = {
  name: 'code',
  label: 'Code',
  type: 'text',
  autoComplete: 'one-time-code',
  hint: 'Six digits of your authenticator app, or a recovery code.',
};

/** Where a page may send people back to: a path of ours, nothing else. */
const safePath = (path: string | null): string =>
  path !== null && /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in') ? path : '/';

/** Password first; a code when the account asks for one. */
export function SignInPage() {
  const setup = useAuthSetup();
  const me = useMe();
  const [query] = useSearchParams();
  const [first, setFirst] = useState<{ username: string; password: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const clerkKey = setup.data?.clerkPublishableKey ?? null;
  // A fresh page: every socket and question is asked anew by whoever has just come in.
  const enter = (): void => globalThis.location.assign(safePath(query.get('next')));
  const submit = async (values: Readonly<Record<string, string>>): Promise<void> => {
    const known = first ?? { username: values['username'] ?? '', password: values['password'] ?? '' };
    const code = values['code'];
    try {
      await signIn({ ...known, ...(code !== undefined && { code: code.replaceAll(' ', '') }) });
      enter();
    } catch (cause) {
      if (codeOf(cause) === 'second-factor-required' && code === undefined) {
        setFirst(known);
        setError(null);
      } else setError(sentenceOf(cause));
    }
  };
  if (me.isPending) return null;
  if (me.data?.by === 'session') return <Navigate to={safePath(query.get('next'))} replace />;
  if (setup.data?.hasAccounts === false)
    return (
      <Entrance title="Sign in" text="There are no accounts here yet.">
        <p className="text-sm">
          <Link to="/setup" className="font-bold underline">
            Create the first one
          </Link>
          , which becomes the admin.
        </p>
      </Entrance>
    );
  return (
    <Entrance
      title="Sign in"
      text={
        first
          ? `One step more for ${first.username}.`
          : 'Your session stays on this machine and ends when you sign out.'
      }
    >
      <CredentialsForm
        key={first ? 'code' : 'password'}
        fields={first ? [CODE] : FIELDS}
        action={first ? 'Confirm' : 'Sign in'}
        error={error}
        onSubmit={submit}
        focusFirst
      >
        {first ? (
          <button type="button" className="text-sm underline" onClick={() => setFirst(null)}>
            Somebody else
          </button>
        ) : null}
      </CredentialsForm>
      {first ? null : (
        <div className="flex flex-col gap-3 border-t-2 border-hair pt-4">
          <PasskeyButton label="Sign in with a passkey" ask={signInWithPasskey} onDone={enter} />
          {clerkKey === null ? null : (
            <ErrorBoundary subject="Signing in with Clerk">
              <Suspense fallback={null}>
                <ClerkWay publishableKey={clerkKey} onSignedIn={enter} />
              </Suspense>
            </ErrorBoundary>
          )}
        </div>
      )}
      <p className="text-xs text-muted">
        Password lost?{' '}
        {setup.data?.canResetPassword === true ? (
          <Link to="/reset-password" className="font-bold underline">
            Have a link mailed
          </Link>
        ) : (
          <>
            Whoever runs the server can set a new one (<code>wick user reset-password</code>), and so can an admin.
          </>
        )}
      </p>
      {setup.data?.canRegister === true ? (
        <p className="text-xs text-muted">
          No account?{' '}
          <Link to="/setup" className="font-bold underline">
            Create one
          </Link>
        </p>
      ) : null}
    </Entrance>
  );
}
