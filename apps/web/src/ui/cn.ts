import { clsx, type ClassValue } from 'clsx';
import { createTailwindMerge } from 'tailwind-merge';

const any = (): boolean => true;
const isNumber = (value: string): boolean => /^\d/.test(value);
const isLength = (value: string): boolean => /^\[[\d.]+(px|rem)\]$|^\[(clamp|min|max|calc)\(/.test(value);

/** One group of classes that set the same property, all written `name-…`. */
const whole = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, [{ [name]: [any] }]]));

/**
 * What sets the same property, for the classes this product uses: a fourth of tailwind-merge's own list, which would
 * be 6 KB of the first page. cn.test.ts compares the two over every class in the source.
 */
const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    ...whole('overflow', 'overflow-x', 'overflow-y', 'inset', 'inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'),
    ...whole('p', 'px', 'py', 'pt', 'pr', 'pb', 'pl', 'm', 'mx', 'my', 'mt', 'mr', 'mb', 'ml', 'z', 'opacity', 'bg'),
    ...whole('w', 'h', 'size', 'min-w', 'max-w', 'min-h', 'max-h', 'gap', 'gap-x', 'gap-y', 'leading', 'tracking'),
    ...whole('cursor', 'columns', 'grid-cols', 'grid-rows', 'col', 'items', 'justify', 'self', 'translate'),
    ...whole('translate-x', 'translate-y', 'whitespace', 'select', 'touch', 'overscroll', 'animate', 'duration'),
    display: ['block', 'inline-block', 'flex', 'inline-flex', 'grid', 'contents', 'hidden', 'table'],
    position: ['fixed', 'absolute', 'relative', 'sticky'],
    visibility: ['visible', 'invisible'],
    'flex-direction': [{ flex: ['row', 'col', 'row-reverse', 'col-reverse'] }],
    'flex-wrap': [{ flex: ['wrap', 'nowrap'] }],
    flex: [{ flex: [isNumber, 'auto', 'none'] }],
    shrink: ['shrink', { shrink: [isNumber] }],
    grow: ['grow', { grow: [isNumber] }],
    'font-size': [{ text: ['2xs', 'xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl', isLength] }],
    'text-align': [{ text: ['left', 'right', 'center'] }],
    'text-color': [{ text: [any] }],
    'font-family': [{ font: ['sans', 'mono'] }],
    'font-weight': [{ font: [any] }],
    'text-transform': ['uppercase', 'normal-case'],
    'border-width': [{ border: ['', isNumber] }],
    'border-width-t': [{ 'border-t': ['', isNumber] }],
    'border-width-r': [{ 'border-r': ['', isNumber] }],
    'border-width-b': [{ 'border-b': ['', isNumber] }],
    'border-width-l': [{ 'border-l': ['', isNumber] }],
    'border-color': [{ border: [any] }],
    'border-color-b': [{ 'border-b': [any] }],
    'outline-style': [{ outline: ['none'] }],
    'outline-offset': [{ 'outline-offset': [any] }],
    'outline-color': [{ outline: [any] }],
  },
  conflictingClassGroups: {
    overflow: ['overflow-x', 'overflow-y'],
    inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
    'inset-x': ['right', 'left'],
    'inset-y': ['top', 'bottom'],
    p: ['px', 'py', 'pt', 'pr', 'pb', 'pl'],
    px: ['pr', 'pl'],
    py: ['pt', 'pb'],
    m: ['mx', 'my', 'mt', 'mr', 'mb', 'ml'],
    mx: ['mr', 'ml'],
    my: ['mt', 'mb'],
    size: ['w', 'h'],
    gap: ['gap-x', 'gap-y'],
    'font-size': ['leading'],
    flex: ['grow', 'shrink'],
    translate: ['translate-x', 'translate-y'],
    'border-width': ['border-width-t', 'border-width-r', 'border-width-b', 'border-width-l'],
    'border-color': ['border-color-b'],
  },
  conflictingClassGroupModifiers: { 'font-size': ['leading'] },
  orderSensitiveModifiers: ['*', '**', 'after', 'before', 'first-letter', 'first-line', 'marker', 'selection'],
}));

/** Joins class names; of two Tailwind classes that set the same property, the later one wins. */
export const cn = (...inputs: ClassValue[]): string => merge(clsx(inputs));
