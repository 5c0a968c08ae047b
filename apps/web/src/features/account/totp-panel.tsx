import { useState, type ReactNode } from 'react';
import { confirmTotp, disableTotp, renewRecoveryCodes, startTotp, useAccountChange } from '../../data/auth-hooks.js';
import { sentenceOf } from '../../data/auth-rest.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { CredentialsForm, type CredentialField } from '../../ui/credentials-form.js';
import { Panel } from '../../ui/panel.js';
import { QrCode } from './qr-code.js';
import { SecretOnce } from './secret-once.js';

const PASSWORD: CredentialField = {
  name: 'password',
  label: 'Your password',
  type: 'password',
  autoComplete: 'current-password',
};
const CODE: CredentialField = {
  name: 'code',
  label: 'Code of the app',
  type: 'text',
  autoComplete: 'one-time-code',
  inputMode: 'numeric',
  hint: 'Six digits; they change every half minute.',
};

const ASKS = {
  'set-up': {
    action: 'Show the code',
    text: 'An app on your phone shows six digits that are asked for after the password.',
  },
  renew: { action: 'Make new codes', text: 'New recovery codes take the place of those you have; the old ones end.' },
  'turn-off': { action: 'Turn off', text: 'From then on the password alone signs you in.' },
} as const;
type Asked = keyof typeof ASKS;

/** A second factor: codes of an authenticator app, with recovery codes for the day it is lost. */
export function TotpPanel({ isOn }: { isOn: boolean }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [setup, setSetup] = useState<{ secret: string; uri: string } | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const start = useAccountChange(startTotp);
  const confirm = useAccountChange(confirmTotp);
  const renew = useAccountChange(renewRecoveryCodes);
  const disable = useAccountChange(disableTotp);
  const leave = (): void => {
    setAsked(null);
    setSetup(null);
    setError(null);
  };
  const told = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      setError(null);
    } catch (cause) {
      setError(sentenceOf(cause));
    }
  };
  const proved: Record<Asked, (password: string) => Promise<void>> = {
    'set-up': async (password) => setSetup(await start.mutateAsync(password)),
    renew: async (password) => {
      setCodes((await renew.mutateAsync(password)).recoveryCodes);
      leave();
    },
    'turn-off': async (password) => {
      await disable.mutateAsync(password);
      leave();
    },
  };
  const notNow: ReactNode = (
    <Button tone="ghost" onClick={leave}>
      Not now
    </Button>
  );
  const body = (() => {
    if (codes !== null)
      return (
        <SecretOnce
          what="Recovery codes"
          hint="Each signs you in once when the app is lost. Keep them where the phone is not."
          text={codes.join('\n')}
          fileName="wickworks-recovery-codes.txt"
          onDone={() => setCodes(null)}
        />
      );
    if (setup !== null)
      return (
        <div className="flex flex-wrap gap-4">
          <QrCode text={setup.uri} label="QR code for the authenticator app; the key below says the same" />
          <div className="flex min-w-60 flex-1 flex-col gap-3">
            <p className="text-sm">
              Scan it with your authenticator app, or{' '}
              <a href={setup.uri} className="font-bold underline">
                open it on this device
              </a>
              , or type this key:
            </p>
            <pre className="border-2 border-hair bg-surface p-2 text-sm wrap-anywhere whitespace-pre-wrap select-all">
              {setup.secret}
            </pre>
            <CredentialsForm
              fields={[CODE]}
              action="Confirm"
              error={error}
              focusFirst
              onSubmit={({ code = '' }) =>
                told(async () => {
                  setCodes((await confirm.mutateAsync(code.replaceAll(' ', ''))).recoveryCodes);
                  leave();
                })
              }
            >
              {notNow}
            </CredentialsForm>
          </div>
        </div>
      );
    if (asked !== null)
      return (
        <>
          <p className="text-sm">{ASKS[asked].text}</p>
          <CredentialsForm
            fields={[PASSWORD]}
            action={ASKS[asked].action}
            error={error}
            focusFirst
            onSubmit={({ password = '' }) => told(() => proved[asked](password))}
          >
            {notNow}
          </CredentialsForm>
        </>
      );
    return (
      <>
        <p className="text-sm text-muted">
          {isOn
            ? 'Signing in asks for a code after the password. A recovery code will do where the app is lost.'
            : 'Whoever learns your password can sign in with it alone. A code of an app on your phone stops that.'}
        </p>
        <div className="flex flex-wrap gap-2">
          {isOn ? (
            <>
              <Button onClick={() => setAsked('renew')}>New recovery codes</Button>
              <Button tone="danger" onClick={() => setAsked('turn-off')}>
                Turn off
              </Button>
            </>
          ) : (
            <Button onClick={() => setAsked('set-up')}>Set up</Button>
          )}
        </div>
      </>
    );
  })();
  return (
    <Panel
      title="Authenticator app"
      actions={<Badge tone={isOn ? 'up' : 'muted'}>{isOn ? 'On' : 'Off'}</Badge>}
      bodyClassName="flex flex-col gap-3 p-3"
    >
      {body}
    </Panel>
  );
}
