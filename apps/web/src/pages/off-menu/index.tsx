import { Settings } from 'lucide-react';
import { definePage, type Page } from '../../shell/page.js';
import { later } from '../../ui/later.js';

const component = later(async () => (await import('./off-menu-page.js')).OffMenuPage);

/** `account/audit-log` is titled "Audit log". */
const at = (path: string, key: string): Page => {
  const words = path.slice(path.lastIndexOf('/') + 1).replaceAll('-', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
  return definePage({ path: `/${path}`, title, key, component, icon: Settings, menu: null });
};

/** Pages that no menu shows: one chunk tells them apart, so that the first page of a visit knows their names only. */
export const pages: readonly Page[] = [
  at('account', 'a'),
  at('account/exchange-keys', 'k'),
  at('account/settings', 'p'),
  at('account/users', 'o'),
  at('account/audit-log', 'l'),
  at('gallery', 'g'),
  at('confirm-mail', 'm'),
  at('reset-password', 'r'),
  at('setup', 'u'),
  at('sign-in', 'i'),
];
