import { Activity } from 'lucide-react';
import { definePage } from '../../shell/page.js';
import { later } from '../../ui/later.js';

export const page = definePage({
  path: '/status',
  title: 'Status',
  icon: Activity,
  menu: 3,
  key: 's',
  component: later(async () => (await import('./status-page.js')).StatusPage),
});
