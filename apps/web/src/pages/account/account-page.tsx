import { LogOut } from 'lucide-react';
import { signOut, useMe } from '../../data/auth-hooks.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { AccountFrame } from './account-frame.js';
import { ApiKeysPanel } from '../../features/account/api-keys-panel.js';
import { MailPanel } from '../../features/account/mail-panel.js';
import { PasskeysPanel } from '../../features/account/passkeys-panel.js';
import { PasswordPanel } from '../../features/account/password-panel.js';
import { SessionsPanel } from '../../features/account/sessions-panel.js';
import { TotpPanel } from '../../features/account/totp-panel.js';
import { zoneName } from '../../format/time.js';
import { Button } from '../../ui/button.js';

async function leave(): Promise<void> {
  await signOut().catch(() => undefined);
  globalThis.location.assign('/sign-in');
}

/** Everything about the own account. */
export function AccountPage() {
  const user = useMe().data?.user;
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  return (
    <AccountFrame
      title={user?.name ?? 'Account'}
      text={user ? `Signed in as ${user.username}, ${user.role}.` : 'Who you are here, and how you get in.'}
      what="Accounts"
      actions={
        user ? (
          <Button onClick={() => void leave()}>
            <LogOut aria-hidden />
            Sign out
          </Button>
        ) : null
      }
    >
      {({ user: { hasPassword, hasTotp, role } }) => (
        <div className="grid max-w-[2000px] grid-cols-[minmax(0,1fr)] items-start gap-4 p-4 sm:p-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <div className="flex min-w-0 flex-col gap-4">
            {hasPassword ? (
              <>
                <PasskeysPanel zone={zone} />
                <TotpPanel isOn={hasTotp} />
                <PasswordPanel />
                <MailPanel zone={zone} />
              </>
            ) : null}
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            <SessionsPanel zone={zone} />
            <ApiKeysPanel role={role} zone={zone} />
          </div>
        </div>
      )}
    </AccountFrame>
  );
}
