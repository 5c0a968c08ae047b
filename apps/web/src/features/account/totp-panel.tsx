import { useState } from 'react';
import { confirmTotp, disableTotp, startTotp, useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { Button } from '../../ui/button.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Panel } from '../../ui/panel.js';
import { SecretOnce } from './secret-once.js';

const PASSWORD: CredentialField = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autoComplete: 'current-password',
};
const CODE: CredentialField = {
  name: 'code',
  label: 'Code of the app',
  type: 'text',
  autoComplete: 'one-time-code',
  inputMode: 'numeric',
};

/** A second factor: codes of an authenticator app, with recovery codes for the day it is lost. */
export function TotpPanel({ isOn }: { isOn: boolean }) {
  const [setup, setSetup] = useState<{ secret: string; uri: string } | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const start = useAccountChange(startTotp);
  const confirm = useAccountChange(confirmTotp);
  const disable = useAccountChange(disableTotp);
  const told = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      setError(null);
    } catch (cause) {
      setError(sentenceOf(cause));
    }
  };
  const body = (() => {
    if (codes !== null)
      return <SecretOnce what="Recovery codes" text={codes.join('\n')} onDone={() => setCodes(null)} />;
    if (setup !== null)
      return (
        <div className="flex flex-col gap-3">
          <p className="text-sm">
            Add this key to your authenticator app (or{' '}
            <a href={setup.uri} className="font-bold underline">
              open it there
            </a>
            ), then confirm with a code it shows.
          </p>
          <pre className="overflow-x-auto border-2 border-hair bg-surface p-2 text-sm select-all">{setup.secret}</pre>
          <CredentialsForm
            fields={[CODE]}
            action="Confirm"
            error={error}
            onSubmit={({ code = '' }) =>
              told(async () => {
                setCodes((await confirm.mutateAsync(code.replaceAll(' ', ''))).recoveryCodes);
                setSetup(null);
              })
            }
          >
            <Button tone="ghost" onClick={() => setSetup(null)}>
              Not now
            </Button>
          </CredentialsForm>
        </div>
      );
    return (
      <CredentialsForm
        fields={[PASSWORD]}
        action={isOn ? 'Do without' : 'Set up'}
        error={error}
        onSubmit={({ password = '' }) =>
          told(async () => {
            if (isOn) await disable.mutateAsync(password);
            else setSetup(await start.mutateAsync(password));
          })
        }
      />
    );
  })();
  return (
    <Panel title={isOn ? 'Authenticator app: on' : 'Authenticator app: off'} bodyClassName="p-3">
      {body}
    </Panel>
  );
}
