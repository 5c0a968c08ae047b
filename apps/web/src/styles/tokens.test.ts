import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

type Tokens = Readonly<Record<string, string>>;

/** Declarations of each flat block of the file, by selector. */
const blocks = new Map<string, Tokens>(
  [...css.matchAll(/^([^\s/*][^{]*)\{([^}]*)\}/gm)].map((match) => [
    (match[1] ?? '').trim(),
    Object.fromEntries(
      [...(match[2] ?? '').matchAll(/--wick-([\w-]+):\s*(#[0-9a-f]{6});/g)].map((pair) => [pair[1], pair[2]]),
    ),
  ]),
);

/** What the cascade gives: more specific blocks last. */
const resolve = (theme: 'dark' | 'light', palette: 'classic' | 'safe'): Tokens => ({
  ...blocks.get(':root'),
  ...blocks.get(`[data-palette='${palette}']`),
  ...(theme === 'light' ? blocks.get(`[data-theme='light']`) : {}),
  ...(theme === 'light'
    ? blocks.get(`[data-theme='light'][data-palette='${palette}'],\n[data-theme='light'] [data-palette='${palette}']`)
    : {}),
});

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['bg', 'surface', 'raised'];
const TEXT = [
  'ink',
  'muted',
  'faint',
  'up',
  'down',
  'warn',
  'accent-text',
  'axis',
  'stale',
  ...[1, 2, 3, 4, 5, 6].map((n) => `plot-${String(n)}`),
];
const PAIRS: readonly (readonly [string, string])[] = [
  ...TEXT.flatMap((text) => SURFACES.map((surface) => [text, surface] as const)),
  ['accent-ink', 'accent'],
  ['up-ink', 'up'],
  ['down-ink', 'down'],
  ['bg', 'ink'],
];

const THEMES = (['dark', 'light'] as const).flatMap((theme) =>
  (['classic', 'safe'] as const).map((palette) => ({ theme, palette, tokens: resolve(theme, palette) })),
);

describe.each(THEMES)('$theme theme, $palette palette', ({ tokens }) => {
  it.each(PAIRS)('%s on %s reads at 4.5:1 or better', (text, surface) => {
    expect(contrast(tokens[text] ?? '', tokens[surface] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['edge', 'focus', 'up', 'down'])('%s stands out from every surface at 3:1 or better', (mark) => {
    for (const surface of SURFACES)
      expect(contrast(tokens[mark] ?? '', tokens[surface] ?? '')).toBeGreaterThanOrEqual(3);
  });

  it('keeps the accent visible as an area, by itself or by the edge around it', () => {
    const own = contrast(tokens['accent'] ?? '', tokens['bg'] ?? '');
    expect(Math.max(own, contrast(tokens['line'] ?? '', tokens['bg'] ?? ''))).toBeGreaterThanOrEqual(3);
  });
});

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
