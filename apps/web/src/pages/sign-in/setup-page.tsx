import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { register, useAuthSetup } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Entrance } from '../../features/sign-in/entrance.js';

const token = (isFirst: boolean): CredentialField => ({
  name: 'token',
  label: isFirst ? 'Setup token' : 'Invitation',
  type: 'text',
  autoComplete: 'off',
  hint: isFirst
    ? 'Printed when the server started; also in the file setup-token of its data folder.'
    : 'The token you were given.',
});
const FIELDS: readonly CredentialField[] = [
  { name: 'username', label: 'User name', type: 'text', autoComplete: 'username' },
  {
    name: 'password',
    label: 'Password',
    type: 'password',
    autoComplete: 'new-password',
    hint: 'Long and hard to guess; a few unrelated words do well. No rules about signs.',
  },
];

/** Creates the first account, the admin; later ones with an invitation. */
export function SetupPage() {
  const setup = useAuthSetup();
  const [query] = useSearchParams();
  const [error, setError] = useState<string | null>(null);
  const invitation = query.get('invitation');
  const mayRegister = setup.data?.canRegister === true;
  const isFirst = setup.data?.hasAccounts !== true;
  const needsToken = invitation === null && (isFirst || !mayRegister);
  const submit = async (values: Readonly<Record<string, string>>): Promise<void> => {
    try {
      const { username = '', password = '' } = values;
      const token = (invitation ?? values['token'] ?? '').trim();
      await register({ ...(token !== '' && { token }), username, password });
      globalThis.location.assign('/account');
    } catch (cause) {
      setError(sentenceOf(cause));
    }
  };
  return (
    <Entrance
      title={isFirst ? 'Create the admin' : 'Create your account'}
      text={
        isFirst
          ? 'The first account rules this installation. What was made here without one will belong to it, and from then on signing in is asked for.'
          : needsToken
            ? 'Accounts are made by invitation.'
            : 'You will be a viewer until an admin says otherwise.'
      }
    >
      <CredentialsForm
        fields={needsToken ? [token(isFirst), ...FIELDS] : FIELDS}
        action="Create account"
        error={error}
        onSubmit={submit}
        focusFirst
      >
        <Link to="/sign-in" className="text-sm underline">
          I have one
        </Link>
      </CredentialsForm>
    </Entrance>
  );
}
