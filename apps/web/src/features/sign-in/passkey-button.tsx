import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { sentenceOf } from '../../data/auth-rest.js';
import { namedAddress, passkeyObstacle, signInWithPasskey } from '../../data/passkeys.js';
import { Button } from '../../ui/button.js';

/** The way in by fingerprint, face or PIN; where the browser allows none, why. */
export function PasskeyButton({ onSignedIn }: { onSignedIn: () => void }) {
  const signIn = useMutation({ mutationFn: signInWithPasskey, onSuccess: onSignedIn });
  const obstacle = passkeyObstacle();
  const named = namedAddress();
  if (obstacle !== null)
    return named === null ? null : (
      <p className="text-xs text-muted">
        For passkeys,{' '}
        <a href={named} className="font-bold underline">
          open this page as {new URL(named).host}
        </a>
        : browsers bind them to a name.
      </p>
    );
  return (
    <div className="flex flex-col gap-3">
      <Button size="lg" busy={signIn.isPending} onClick={() => signIn.mutate()}>
        <KeyRound aria-hidden />
        Sign in with a passkey
      </Button>
      {signIn.error === null ? null : (
        <p role="alert" className="border-2 border-down p-3 text-sm font-bold text-down">
          {sentenceOf(signIn.error)}
        </p>
      )}
    </div>
  );
}
