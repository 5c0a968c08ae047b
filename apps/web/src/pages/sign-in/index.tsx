import { Settings } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/sign-in',
  title: 'Sign in',
  icon: Settings,
  menu: null,
  key: 'i',
  component: lazy(async () => ({ default: (await import('./entrances.js')).SignInPage })),
});
