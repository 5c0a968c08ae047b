import { useLocation } from 'react-router';

/** The token after `#token=` of a link that came by mail; a fragment is neither sent nor logged anywhere. */
export const useLinkToken = (): string | null => new URLSearchParams(useLocation().hash.slice(1)).get('token');
