const DAY_MS = 86_400_000;

/** How long a key is meant to hold; `day`: until a chosen day. */
export const EXPIRIES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'day', label: 'Until a day…' },
  { value: 'never', label: 'For ever' },
] as const;
export type Expiry = (typeof EXPIRIES)[number]['value'];

/** When such a key ends, in ms UTC; `null`: never. `day` is as a date input gives it, and counts whole, in UTC. */
export function expiryMs(expiry: Expiry, day: string, nowMs: number): number | null {
  if (expiry === 'never') return null;
  return expiry === 'day' ? Date.parse(`${day}T00:00:00Z`) + DAY_MS : nowMs + Number(expiry) * DAY_MS;
}
