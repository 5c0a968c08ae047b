/** Delay before retry number `attempt` (0 = the first): exponential from `baseMs`, never above `maxMs`. */
export function backoffMs(attempt: number, limits: { readonly baseMs: number; readonly maxMs: number }): number {
  return Math.min(limits.maxMs, limits.baseMs * 2 ** Math.min(attempt, 30));
}
