import { ClerkFailed, ClerkLoaded, ClerkLoading, ClerkProvider, useAuth, useClerk, useUser } from '@clerk/clerk-react';
import { useMutation } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import { signInWithClerk } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { Button } from '../../ui/button.js';

/** Set while somebody is on the way to Clerk's page and back. */
const UNDER_WAY = 'wickworks.clerk';

/** The way in over Clerk. Its script comes from Clerk's host: where that is out of reach, this says so. */
export function ClerkWay({ publishableKey, onSignedIn }: { publishableKey: string; onSignedIn: () => void }) {
  return (
    <ClerkProvider publishableKey={publishableKey} telemetry={false}>
      <ClerkLoading>
        <Button size="lg" busy>
          Reaching Clerk…
        </Button>
      </ClerkLoading>
      <ClerkFailed>
        <div role="alert" className="flex flex-col items-start gap-2 border-2 border-warn p-3 text-sm">
          <p>
            <strong>Clerk is out of reach.</strong> Its script could not be loaded; is this machine on the internet?
            Password and passkey work without it.
          </p>
          <Button onClick={() => globalThis.location.reload()}>
            <RotateCw aria-hidden />
            Try Clerk again
          </Button>
        </div>
      </ClerkFailed>
      <ClerkLoaded>
        <Way onSignedIn={onSignedIn} />
      </ClerkLoaded>
    </ClerkProvider>
  );
}

function Way({ onSignedIn }: { onSignedIn: () => void }) {
  const clerk = useClerk();
  const { isSignedIn = false, getToken } = useAuth();
  const { user } = useUser();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const token = await getToken();
      if (token === null) throw new Error('Clerk gave no token. Sign in there again.');
      return signInWithClerk(token);
    },
    onSuccess: onSignedIn,
  });
  useEffect(() => {
    if (!isSignedIn || sessionStorage.getItem(UNDER_WAY) === null) return;
    sessionStorage.removeItem(UNDER_WAY);
    mutate();
  }, [isSignedIn, mutate]);
  const open = (): void => {
    sessionStorage.setItem(UNDER_WAY, '1');
    // On Clerk's own page: its form needs inline styles, which the policy of ours forbids.
    void clerk.redirectToSignIn({ signInForceRedirectUrl: globalThis.location.href });
  };
  return (
    <div className="flex flex-col gap-3">
      {isSignedIn ? (
        <>
          <Button size="lg" busy={isPending} onClick={() => mutate()}>
            <span className="min-w-0 truncate">
              Continue as {user?.primaryEmailAddress?.emailAddress ?? user?.username ?? 'signed in at Clerk'}
            </span>
          </Button>
          <Button tone="ghost" size="sm" onClick={() => void clerk.signOut()}>
            As somebody else
          </Button>
        </>
      ) : (
        <Button size="lg" busy={isPending} onClick={open}>
          Sign in with Clerk
        </Button>
      )}
      {error === null ? null : (
        <p role="alert" className="border-2 border-down p-3 text-sm font-bold text-down">
          {sentenceOf(error)}
        </p>
      )}
    </div>
  );
}
