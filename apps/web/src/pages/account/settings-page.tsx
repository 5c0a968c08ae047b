import { useWorkspace } from '../../data/workspace-slice.js';
import { InstallationSettings, OwnSettings } from '../../features/settings-form/settings-panels.js';
import { zoneName } from '../../format/time.js';
import { AccountFrame } from './account-frame.js';

/** Settings that live on the server: one's own, and for admins everybody's. */
export function SettingsPage() {
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  return (
    <AccountFrame
      title="Settings"
      text="Kept on the server and found again in every browser you sign in with. What was chosen in this browser alone stays in the drawer Settings."
      what="Settings"
    >
      {({ user }) => (
        <div className="grid max-w-[2000px] grid-cols-[minmax(0,1fr)] items-start gap-4 p-4 sm:p-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <OwnSettings userId={user.id} zone={zone} />
          {user.role === 'admin' ? <InstallationSettings zone={zone} /> : null}
        </div>
      )}
    </AccountFrame>
  );
}
