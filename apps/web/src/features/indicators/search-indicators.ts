import { searchOptions, type Option } from '../../ui/option.js';

/** Letters that may be wrong, missing or swapped in a word of `length` letters. */
const slips = (length: number): number => (length >= 8 ? 2 : length >= 4 ? 1 : 0);

/**
 * The options that answer `query` as {@link searchOptions} finds them; when there are none, those whose words begin
 * like the query's with a slip or two: `bolinger` finds Bollinger Bands.
 */
export function searchIndicators<T extends Option>(options: readonly T[], query: string): readonly T[] {
  const exact = searchOptions(options, query);
  const id = query.trim().toLowerCase();
  // Who types an id means that one, not the names that happen to contain it.
  const named = exact.filter(({ value }) => value === id);
  if (named.length > 0) return [...named, ...exact.filter(({ value }) => value !== id)];
  if (exact.length > 0) return exact;
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: { option: T; score: number }[] = [];
  for (const option of options) {
    const words = `${option.label} ${option.keywords ?? ''}`.toLowerCase().split(/[^a-z0-9%]+/);
    let score = 0;
    for (const word of wanted) score += Math.min(...words.map((candidate) => distanceToStart(word, candidate)));
    if (score < Infinity) found.push({ option, score });
  }
  return found.sort((a, b) => a.score - b.score).map(({ option }) => option);
}

/**
 * Letters to insert, delete, replace or swap until `word` begins `text` (optimal string alignment distance to the
 * nearest beginning); infinite above what {@link slips} forgives.
 */
export function distanceToStart(word: string, text: string): number {
  const allowed = slips(word.length);
  let before: number[] = [];
  let row = Array.from({ length: text.length + 1 }, (_, column) => column);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= text.length; j++) {
      const isSame = word[i - 1] === text[j - 1];
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && word[i - 1] === text[j - 2] && word[i - 2] === text[j - 1];
      if (isSwap) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    before = row;
    row = next;
  }
  const distance = Math.min(...row);
  return distance <= allowed ? distance : Infinity;
}
