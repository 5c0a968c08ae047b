import { FlaskConical } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/testing',
  title: 'Testing',
  icon: FlaskConical,
  menu: 2.5,
  key: 'b',
  component: lazy(async () => ({ default: (await import('./testing-page.js')).TestingPage })),
});
