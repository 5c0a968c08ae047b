/** Deeper than anything a request means; whatever walks into values by recursion is safe with it. */
export const JSON_DEPTH_MAX = 200;

/** Whether lists and objects of `value` stand deeper in each other than {@link JSON_DEPTH_MAX}; finds out without recursion. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= JSON_DEPTH_MAX; depth++) {
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      const children: readonly unknown[] = Array.isArray(item) ? item : Object.values(item);
      for (const child of children) if (typeof child === 'object' && child !== null) below.push(child);
    }
    if (below.length === 0) return false;
    level = below;
  }
  return true;
}
