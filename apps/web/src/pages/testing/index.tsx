import { FlaskConical } from 'lucide-react';
import { definePage } from '../../shell/page.js';
import { later } from '../../ui/later.js';

export const page = definePage({
  path: '/testing',
  title: 'Testing',
  icon: FlaskConical,
  menu: 2.5,
  key: 'b',
  component: later(async () => (await import('./testing-page.js')).TestingPage),
});
