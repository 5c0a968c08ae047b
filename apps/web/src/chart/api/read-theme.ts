import type { ChartTheme } from '../render/theme.js';

/** Fallbacks where the page defines no such token, e.g. on a bare test page. */
const FALLBACKS: Readonly<Record<string, string>> = {
  surface: '#0b0b0a',
  ink: '#f5f4ea',
  muted: '#b3b2a6',
  line: '#47463f',
  grid: '#1c1c19',
  axis: '#b3b2a6',
  crosshair: '#f5f4ea',
  up: '#1fd083',
  down: '#ff6257',
  'up-ink': '#000000',
  'down-ink': '#000000',
  'accent-text': '#ffe600',
  'plot-1': '#5b9bff',
  'plot-2': '#ffa52e',
  'plot-3': '#c98bf0',
  'plot-4': '#2bc4c4',
  'plot-5': '#ff7ab8',
  'plot-6': '#b6c23a',
};

/** The theme that `element` stands in: tokens `--wick-*` as the browser resolves them, and the element's font. */
export function readTheme(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string): string => {
    const value = style.getPropertyValue(`--wick-${name}`).trim();
    return value === '' ? (FALLBACKS[name] ?? '') : value;
  };
  const colors = new Map<string, string>();
  const foreground = token('ink');
  return {
    background: token('surface'),
    foreground,
    muted: token('axis'),
    grid: token('grid'),
    border: token('line'),
    up: token('up'),
    down: token('down'),
    upInk: token('up-ink'),
    downInk: token('down-ink'),
    crosshair: token('crosshair'),
    accent: token('accent-text'),
    fontFamily: style.fontFamily === '' ? 'monospace' : style.fontFamily,
    color(nameOrColor) {
      let color = colors.get(nameOrColor);
      if (color === undefined) {
        const known = /^[a-z][a-z0-9-]*$/.test(nameOrColor) ? token(nameOrColor) : '';
        color = known === '' ? nameOrColor : known;
        colors.set(nameOrColor, color);
      }
      return color;
    },
  };
}

/** Calls `changed` when the page's theme or palette changes; returns the function that stops it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-palette'] });
  }
  const scheme = window.matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', changed);
  };
}
