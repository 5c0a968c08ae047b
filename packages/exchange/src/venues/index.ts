import { binance } from './binance.js';
import { generic } from './generic.js';
import { kraken } from './kraken.js';
import { local } from './local.js';
import { mexc } from './mexc.js';
import type { VenueProfile } from './profile.js';

const KNOWN: Readonly<Record<string, VenueProfile>> = { local, binance, mexc, kraken };

/** The profile of an exchange id; any CCXT id that has no file of its own gets the cautious generic one. */
export const profileOf = (id: string): VenueProfile => KNOWN[id] ?? generic(id);
