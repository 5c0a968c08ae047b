import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { sentenceOf } from '../../data/auth-rest.js';
import { namedAddress, passkeyObstacle } from '../../data/passkeys.js';
import { Button } from '../../ui/button.js';

/** Shows who one is by fingerprint, face or PIN; where the browser allows no passkeys, says why. */
export function PasskeyButton({
  label,
  ask,
  onDone,
}: {
  label: string;
  ask: () => Promise<unknown>;
  onDone: () => void;
}) {
  const asked = useMutation({ mutationFn: ask, onSuccess: onDone });
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
      <Button size="lg" busy={asked.isPending} onClick={() => asked.mutate()}>
        <KeyRound aria-hidden />
        {label}
      </Button>
      {asked.error === null ? null : (
        <p role="alert" className="border-2 border-down p-3 text-sm font-bold text-down">
          {sentenceOf(asked.error)}
        </p>
      )}
    </div>
  );
}
