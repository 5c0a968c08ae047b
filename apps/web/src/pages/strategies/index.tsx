import { Workflow } from 'lucide-react';
import { definePage } from '../../shell/page.js';
import { later } from '../../ui/later.js';

export const page = definePage({
  path: '/strategies',
  // As wide as the rail of icons.
  title: 'Strategy',
  icon: Workflow,
  menu: 2.4,
  key: 't',
  component: later(async () => (await import('./strategies-page.js')).StrategiesPage),
});
