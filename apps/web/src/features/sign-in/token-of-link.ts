/** The token after `#token=` of a link that came by mail; a fragment is neither sent nor logged anywhere. */
export const tokenOfLink = (): string | null => new URLSearchParams(globalThis.location.hash.slice(1)).get('token');
