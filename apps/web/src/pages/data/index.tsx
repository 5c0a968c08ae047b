import { Database } from 'lucide-react';
import { definePage } from '../../shell/page.js';
import { later } from '../../ui/later.js';

export const page = definePage({
  path: '/data',
  title: 'Data',
  icon: Database,
  menu: 2,
  key: 'd',
  component: later(async () => (await import('./data-page.js')).DataPage),
});
