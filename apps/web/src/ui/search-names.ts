import { searchOptions, type Option } from './option.js';

/** Letters that may be wrong, missing or swapped in a word of `length` letters. */
const slips = (length: number): number => (length >= 8 ? 2 : length >= 4 ? 1 : 0);

/** Words of a text, as they are typed: `%b` and `di+` count. */
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9%+]+/)
    .filter(Boolean);

/** How well one of an option's other names is meant by `query`: 0 all of it, 1 its beginning, ∞ no. */
function rankOfNames(option: Option, query: string): number {
  const names = (option.keywords ?? '').split('|');
  return names.includes(query) ? 0 : names.some((name) => name.startsWith(query)) ? 1 : Infinity;
}

/**
 * The options that answer `query`, whose `keywords` are names with `|` between: first the one whose id it is, then those
 * that are called that besides (`bb` is Bollinger Bands), then as {@link searchOptions} finds them by title, shelf and
 * names. When there are none, those whose words begin like the query's with a slip or two: `bolinger`.
 */
export function searchNames<T extends Option>(options: readonly T[], query: string): readonly T[] {
  const exact = searchOptions(options, query);
  const name = query.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  if (name === '') return exact;
  const rank = (option: T): number => {
    if (option.value === name) return 0;
    const byName = rankOfNames(option, name);
    if (byName === 0) return 1;
    // A title that begins so is meant before a nickname that does.
    return option.label.toLowerCase().startsWith(name) ? 2 : byName === 1 ? 3 : 4;
  };
  if (exact.length > 0)
    return exact
      .map((option) => ({ option, score: rank(option) }))
      .sort((a, b) => a.score - b.score)
      .map(({ option }) => option);
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: { option: T; score: number }[] = [];
  for (const option of options) {
    const words = wordsOf(`${option.label} ${option.keywords ?? ''}`);
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
