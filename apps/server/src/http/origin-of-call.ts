import type { Origin } from '../auth/accounts.js';
import type { Call } from './call.js';

/** Where a call comes from, for sessions and the audit log. */
export const originOf = ({ address, agent, requestId }: Call): Origin => ({ address, agent, requestId });
