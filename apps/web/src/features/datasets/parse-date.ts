const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?$/;

/** `2024-01-31` or `2024-01-31 14:30`, read as UTC, in ms; `null` when it is no real date. */
export function parseUtcDate(text: string): number | null {
  const match = DATE.exec(text.trim());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map((part) => Number(part || 0));
  const timeMs = Date.UTC(year, month - 1, day, hour, minute);
  const date = new Date(timeMs);
  // Date.UTC turns 31 February into 2 March; such a date is a slip, not a wish.
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isReal && timeMs >= 0 ? timeMs : null;
}
