/** Candle fields that rules may name. `hour` and `weekday` (1 is Monday) are of the candle's open, UTC. */
export const FIELDS = [
  'open',
  'high',
  'low',
  'close',
  'volume',
  'hl2',
  'hlc3',
  'ohlc4',
  'hlcc4',
  'hour',
  'weekday',
] as const;
export type FieldName = (typeof FIELDS)[number];

/**
 * What rules may know of the account in their market: signed base quantity, quantity-weighted entry price, closed
 * candles since the entry, unrealised profit at the close as a ratio of the entry price, equity and cash in quote.
 */
export const FACTS = ['position', 'entryPrice', 'candlesHeld', 'profit', 'equity', 'cash'] as const;
export type FactName = (typeof FACTS)[number];

/** What a string in an expression stands for. */
export type Reference =
  | { readonly kind: 'param'; readonly name: string }
  | { readonly kind: 'fact'; readonly name: FactName }
  | { readonly kind: 'field'; readonly name: FieldName }
  /** `output` is `null` for the indicator's first. */
  | { readonly kind: 'indicator'; readonly name: string; readonly output: string | null };

const isField = (text: string): text is FieldName => (FIELDS as readonly string[]).includes(text);
const isFact = (text: string): text is FactName => (FACTS as readonly string[]).includes(text);

/** Reads a reference; `null` for a fact that does not exist. Whether names are declared is the caller's to check. */
export function parseReference(text: string): Reference | null {
  if (text.startsWith('$')) return { kind: 'param', name: text.slice(1) };
  if (text.startsWith('@')) {
    const name = text.slice(1);
    return isFact(name) ? { kind: 'fact', name } : null;
  }
  if (isField(text)) return { kind: 'field', name: text };
  const dot = text.indexOf('.');
  if (dot < 0) return { kind: 'indicator', name: text, output: null };
  return { kind: 'indicator', name: text.slice(0, dot), output: text.slice(dot + 1) };
}
