import { ChartCandlestick } from 'lucide-react';
import { definePage } from '../../shell/page.js';
import { ChartPage } from './chart-page.js';

// Not lazy: it is what the first visit comes for.
export const page = definePage({
  path: '/',
  title: 'Chart',
  icon: ChartCandlestick,
  menu: 1,
  key: 'c',
  component: ChartPage,
});
