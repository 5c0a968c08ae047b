import { extendTailwindMerge } from 'tailwind-merge';
import { expect, it } from 'vitest';
import { cn } from './cn.js';

// Its own names of sizes begin at `xs`.
const reference = extendTailwindMerge({ extend: { theme: { text: ['2xs'] } } });

const sources = import.meta.glob<string>(['../{ui,shell,features,pages}/**/*.tsx', '!../**/*.test.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every class in the source that tailwind-merge knows: those that it drops when they stand twice. */
const classes = [
  ...new Set(
    Object.values(sources)
      .flatMap((source) =>
        [...source.matchAll(/(['"`])((?:(?!\1)[^\n])*)\1/g)].flatMap((match) => (match[2] ?? '').split(/\s+/)),
      )
      .filter((word) => /^-?[a-z*@[][^\s]*$/.test(word) && reference(`${word} ${word}`) === word),
  ),
].sort();

it('finds the classes of the source', () => {
  expect(classes.length).toBeGreaterThan(200);
});

it('merges every pair of classes that meet at the same variants as tailwind-merge does', () => {
  const variants = (word: string): string => word.slice(0, word.lastIndexOf(':') + 1);
  const wrong: string[] = [];
  for (const first of classes)
    for (const second of classes) {
      // A class of no group that stands twice does no harm.
      if (first === second || variants(first) !== variants(second)) continue;
      const ours = cn(first, second);
      const theirs = reference(first, second);
      if (ours !== theirs) wrong.push(`${first} + ${second}: ours "${ours}", theirs "${theirs}"`);
    }
  expect(wrong).toEqual([]);
});
