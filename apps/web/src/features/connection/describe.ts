import type { ExchangeConnection } from '../../data/hooks-api.js';

export type ConnectionWord = ExchangeConnection['state'];

/** The word shown for each state. */
export const CONNECTION_WORD: Readonly<Record<ConnectionWord, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  stale: 'Stale',
  down: 'Down',
  lost: 'Server lost',
};

/** Class of the mark beside the word. */
export const CONNECTION_MARK: Readonly<Record<ConnectionWord, string>> = {
  connecting: 'border-ink',
  live: 'border-up bg-up',
  stale: 'border-warn hatch',
  down: 'border-down bg-down',
  lost: 'border-down bg-down',
};

/** A sentence for screen readers when an exchange's state changes. */
export function announcement(title: string, state: ConnectionWord): string {
  switch (state) {
    case 'connecting':
      return `${title}: connecting.`;
    case 'live':
      return `${title} is live.`;
    case 'stale':
      return `${title} is silent. Its prices are stale.`;
    case 'down':
      return `${title} is down. Its prices no longer change.`;
    case 'lost':
      return 'The connection to the server is lost. No price changes until it is back.';
  }
}
