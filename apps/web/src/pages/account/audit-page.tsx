import { useWorkspace } from '../../data/workspace-slice.js';
import { AccountFrame } from './account-frame.js';
import { AuditPanel } from '../../features/account/audit-panel.js';
import { zoneName } from '../../format/time.js';

/** Who changed what. */
export function AuditPage() {
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  return (
    <AccountFrame
      title="Audit log"
      text="Who changed what, and from where. Entries are chained: wick audit verify finds any that was altered or taken out."
      what="The log"
      role="admin"
    >
      {() => (
        <div className="p-4 sm:p-6">
          <AuditPanel zone={zone} />
        </div>
      )}
    </AccountFrame>
  );
}
