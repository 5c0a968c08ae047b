import { UserPlus } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/setup',
  title: 'Set up',
  icon: UserPlus,
  menu: null,
  key: 'u',
  component: lazy(async () => ({ default: (await import('./setup-page.js')).SetupPage })),
});
