/** Deeper than anything a request means; whatever walks into values by recursion is safe with it. */
const DEPTH_MAX = 200;
const TOO_DEEP = `nest lists and objects at most ${DEPTH_MAX} deep`;
/** The store ends a text at NUL and replaces halves of characters: two names would become one. */
const UNKEEPABLE = /[\0\p{Surrogate}]/u;
const NOT_TEXT = 'a text holds neither NUL nor half a character';

/** What no value may be, whatever it is for: too deep, or with text that cannot be kept as it is. Asks without recursion. */
export function faultOfJson(value: unknown): string | null {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= DEPTH_MAX; depth++) {
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item === 'string' && UNKEEPABLE.test(item)) return NOT_TEXT;
      if (typeof item !== 'object' || item === null) continue;
      if (!Array.isArray(item) && Object.keys(item).some((name) => UNKEEPABLE.test(name))) return NOT_TEXT;
      const children: readonly unknown[] = Array.isArray(item) ? item : Object.values(item);
      for (const child of children) if (typeof child === 'object' || typeof child === 'string') below.push(child);
    }
    if (below.length === 0) return null;
    level = below;
  }
  return TOO_DEEP;
}
