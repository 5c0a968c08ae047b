import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

/** One page of the application: a route, an entry in the menu and, through `lazy`, a chunk of its own. */
export interface Page {
  path: string;
  title: string;
  icon: LucideIcon;
  /** Position in the menu; pages without one are reached by commands and links only. */
  menu: number | null;
  /** Second key of the sequence that starts with `g`. */
  key: string;
  component: ComponentType;
}

/** States a page in `src/pages/<name>/index.tsx`, as `page` or among `pages`; nothing else has to be edited. */
export const definePage = (page: Page): Page => page;
