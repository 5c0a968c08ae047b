import { Database } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/data',
  title: 'Data',
  icon: Database,
  menu: 2,
  key: 'd',
  component: lazy(async () => ({ default: (await import('./data-page.js')).DataPage })),
});
