import { useState } from 'react';
import { Link } from 'react-router';
import { useAuthSetup } from '../../data/auth-hooks.js';
import { codeOf, sentenceOf } from '../../data/auth-rest.js';
import { forgotPassword, resetPassword } from '../../data/mail-hooks.js';
import { Entrance } from '../../features/sign-in/entrance.js';
import { useLinkToken } from '../../features/sign-in/use-link-token.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';

const ACCOUNT: readonly CredentialField[] = [
  { name: 'account', label: 'User name or mail address', type: 'text', autoComplete: 'username' },
];
const PASSWORD: readonly CredentialField[] = [
  {
    name: 'newPassword',
    label: 'New password',
    type: 'password',
    autoComplete: 'new-password',
    hint: 'Long and hard to guess; a few unrelated words do well.',
  },
];

/** A lost password: has a link mailed, and sets a new one with the link. */
export function ResetPasswordPage() {
  const token = useLinkToken();
  // A link opened in the tab that asked for it begins anew.
  return <Reset key={token} token={token} />;
}

function Reset({ token }: { token: string | null }) {
  const [error, setError] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  const canMail = useAuthSetup().data?.canResetPassword !== false;
  const told = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
      setDone(true);
    } catch (cause) {
      setError(
        codeOf(cause) === 'unauthenticated'
          ? 'This link is no longer valid: have another one mailed.'
          : sentenceOf(cause),
      );
    }
  };
  const toSignIn = (
    <Link to="/sign-in" className="text-sm underline">
      Sign in
    </Link>
  );
  if (token === null && !canMail)
    return (
      <Entrance
        title="Password lost"
        text={
          <>
            This server sends no mail. Whoever runs it can set a new password: <code>wick user reset-password</code>, or
            an admin on the page Users.
          </>
        }
      >
        <p>{toSignIn}</p>
      </Entrance>
    );
  if (isDone)
    return (
      <Entrance
        title={token === null ? 'Look into your mail' : 'Password set'}
        text={
          token === null
            ? 'If there is such an account with a confirmed address, a link is on its way to it. It holds for half an hour.'
            : 'Every session has ended. Sign in with the new password; a second factor is asked for as before.'
        }
      >
        <p role="status">{toSignIn}</p>
      </Entrance>
    );
  return (
    <Entrance
      title={token === null ? 'Password lost' : 'New password'}
      text={
        token === null
          ? 'A link to set a new one goes to the confirmed mail address of the account.'
          : 'It takes the place of the lost one; every session ends.'
      }
    >
      <CredentialsForm
        fields={token === null ? ACCOUNT : PASSWORD}
        action={token === null ? 'Mail me a link' : 'Set password'}
        error={error}
        focusFirst
        onSubmit={({ account = '', newPassword = '' }) =>
          told(token === null ? forgotPassword(account.trim()) : resetPassword({ token, newPassword }))
        }
      >
        {toSignIn}
      </CredentialsForm>
    </Entrance>
  );
}
