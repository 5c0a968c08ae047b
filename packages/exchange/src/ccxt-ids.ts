import { existsSync } from 'node:fs';

/** Whether CCXT has an exchange of that id; loads nothing. */
export const isCcxtId = (id: string): boolean =>
  /^[a-z0-9]+$/.test(id) && existsSync(new URL(`./src/${id}.js`, import.meta.resolve('ccxt')));
