import { Settings } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/setup',
  title: 'Set up',
  icon: Settings,
  menu: null,
  key: 'u',
  component: lazy(async () => ({ default: (await import('../sign-in/entrances.js')).SetupPage })),
});
