import { Component } from 'lucide-react';
import { lazy } from 'react';
import { definePage } from '../../shell/page.js';

export const page = definePage({
  path: '/gallery',
  title: 'Gallery',
  icon: Component,
  menu: null,
  key: 'g',
  component: lazy(async () => ({ default: (await import('./gallery-page.js')).GalleryPage })),
});
