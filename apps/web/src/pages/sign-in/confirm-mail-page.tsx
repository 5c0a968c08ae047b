import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { codeOf, sentenceOf } from '../../data/auth-rest.js';
import { confirmMailAddress } from '../../data/mail-hooks.js';
import { Entrance } from '../../features/sign-in/entrance.js';
import { useLinkToken } from '../../features/sign-in/use-link-token.js';
import { Button } from '../../ui/button.js';

/** Where the link in a mail leads that asks whether an address is right. */
export function ConfirmMailPage() {
  const token = useLinkToken();
  const confirm = useMutation({ mutationFn: confirmMailAddress });
  if (token === null || codeOf(confirm.error) === 'unauthenticated')
    return (
      <Entrance title="This link is no longer valid" text="It was used before, or is too old. Ask for another one.">
        <Link to="/account" className="text-sm font-bold underline">
          To your account
        </Link>
      </Entrance>
    );
  if (confirm.isSuccess)
    return (
      <Entrance title="Address confirmed" text="Mail of your account goes there from now on.">
        <p role="status">
          <Link to="/account" className="text-sm font-bold underline">
            To your account
          </Link>
        </p>
      </Entrance>
    );
  return (
    // A button, since programs that look at mail follow links by themselves.
    <Entrance title="Confirm your address" text="Mail of your account will go to the address this link was sent to.">
      {confirm.error === null ? null : (
        <p role="alert" className="border-2 border-down p-3 text-sm font-bold text-down">
          {sentenceOf(confirm.error)}
        </p>
      )}
      <Button tone="primary" size="lg" busy={confirm.isPending} onClick={() => confirm.mutate(token)}>
        Confirm
      </Button>
    </Entrance>
  );
}
