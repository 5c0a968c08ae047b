import { Workflow } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/strategies',
  // As wide as the rail of icons.
  title: 'Strategy',
  icon: Workflow,
  menu: 2.4,
  key: 't',
  component: lazy(async () => ({ default: (await import('./strategies-page.js')).StrategiesPage })),
});
