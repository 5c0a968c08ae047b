import { Activity } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/status',
  title: 'Status',
  icon: Activity,
  menu: 3,
  key: 's',
  component: lazy(async () => ({ default: (await import('./status-page.js')).StatusPage })),
});
