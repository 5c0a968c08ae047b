import { useEffect } from 'react';
import { useWorkspace } from '../data/workspace-slice.js';
import { useMediaQuery } from './use-media-query.js';

/**
 * Puts the chosen theme and palette on the document, where the tokens look for them; `system` follows the machine.
 * public/theme.js does the same once before the first paint, so that the page does not flash in another theme; without
 * storage, or with something else in it, the defaults stand there.
 */
export function useTheme(): 'dark' | 'light' {
  const choice = useWorkspace((workspace) => workspace.theme);
  const palette = useWorkspace((workspace) => workspace.palette);
  const isLightSystem = useMediaQuery('(prefers-color-scheme: light)');
  const theme = choice === 'system' ? (isLightSystem ? 'light' : 'dark') : choice;
  useEffect(() => {
    const root = document.documentElement;
    root.dataset['theme'] = theme;
    root.dataset['palette'] = palette;
    document
      .querySelector('meta[name="theme-color"]')
      ?.setAttribute('content', theme === 'dark' ? '#000000' : '#f4f1e4');
  }, [theme, palette]);
  return theme;
}
