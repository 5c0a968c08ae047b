import { Settings } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/account',
  title: 'Account',
  icon: Settings,
  menu: null,
  key: 'a',
  component: lazy(async () => ({ default: (await import('./account-page.js')).AccountPage })),
});
