import { useWorkspace } from '../../data/workspace-slice.js';
import { AccountFrame } from './account-frame.js';
import { ExchangeKeys } from '../../features/exchange-keys/exchange-keys.js';
import { zoneName } from '../../format/time.js';

/** Own keys at exchanges. */
export function ExchangeKeysPage() {
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  return (
    <AccountFrame
      title="Exchange keys"
      text="With these the server acts at your exchanges. They are sealed when they arrive and opened only where orders are sent."
      what="Exchange keys"
      role="trader"
    >
      {() => <ExchangeKeys zone={zone} />}
    </AccountFrame>
  );
}
