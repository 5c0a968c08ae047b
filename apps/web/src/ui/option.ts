/** One thing to choose from a list. */
export interface Option {
  value: string;
  label: string;
  /** Shown to the right, less loud. */
  hint?: string;
  /** Found by these words too, never shown. */
  keywords?: string;
  disabled?: boolean;
}

const WORD_START = /[^a-z0-9]/;

/** How well `text` answers `query`, both lower case: 0 equal, 1 starts with it, 2 a word starts with it, 3 contains it, 4 no. */
function rank(text: string, query: string): number {
  const at = text.indexOf(query);
  if (at < 0) return 4;
  if (at === 0) return text.length === query.length ? 0 : 1;
  return WORD_START.test(text[at - 1] ?? '') ? 2 : 3;
}

const squeeze = (text: string): string => text.replace(/[^a-z0-9]/g, '');

/**
 * The options that answer `query`, best first, otherwise in their order. Every word must be found; case does not
 * matter, and punctuation may be left out: `btcusdt` finds `BTC/USDT`.
 */
export function searchOptions<T extends Option>(options: readonly T[], query: string): readonly T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  const found: { option: T; score: number; index: number }[] = [];
  options.forEach((option, index) => {
    const label = option.label.toLowerCase();
    const more = `${option.hint ?? ''} ${option.keywords ?? ''}`.toLowerCase();
    const squeezed = squeeze(label);
    let score = 0;
    for (const word of words) {
      const bare = squeeze(word);
      const best = Math.min(
        rank(label, word),
        bare.length > 1 ? rank(squeezed, bare) + 0.5 : 4,
        rank(more, word) === 4 ? 4 : 3.5,
      );
      if (best >= 4) return;
      score += best;
    }
    found.push({ option, score, index });
  });
  found.sort((a, b) => a.score - b.score || a.index - b.index);
  return found.map((entry) => entry.option);
}
