import type { Page } from './page.js';

const modules = import.meta.glob<{ page: Page } | { pages: readonly Page[] }>('../pages/*/index.tsx', {
  eager: true,
});

/** Every page, those of the menu first and in its order. */
export const PAGES: readonly Page[] = Object.values(modules)
  .flatMap((module) => ('page' in module ? module.page : module.pages))
  .sort(
    (a, b) =>
      (a.menu ?? Number.POSITIVE_INFINITY) - (b.menu ?? Number.POSITIVE_INFINITY) || a.title.localeCompare(b.title),
  );

export const MENU: readonly Page[] = PAGES.filter((page) => page.menu !== null);
