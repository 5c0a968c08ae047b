import { StrategyDocument } from '@wickworks/contracts';
import { checkStrategy, listExamples } from '@wickworks/engine';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isList, isObject, parseJson, type Json } from '../../data/strategies-json.js';
import { fakeLayout } from '../../ui/fake-layout.js';
import { StrategyForm } from './strategy-form.js';

beforeAll(() => fakeLayout({ width: 300, height: 280 }));
afterEach(cleanup);

const jsonOf = (document: unknown): Json => {
  const parsed = parseJson(JSON.stringify(document));
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

/** The form over a document that it may change, which `told` hears of. */
function Held({ from, told }: { from: Json; told?: (document: Json) => void }) {
  const [value, setValue] = useState(from);
  const change = (by: (before: Json) => Json): void => {
    const next = by(value);
    told?.(next);
    setValue(next);
  };
  return <StrategyForm value={value} issues={[]} onChange={change} />;
}

/** Everything in a document that a person may want to change: numbers, texts, references, words of a choice. */
function leavesOf(value: Json): readonly (string | number)[] {
  if (typeof value === 'string' || typeof value === 'number') return [value];
  if (isList(value)) return value.flatMap(leavesOf);
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : [];
}

/** What the form shows: values of fields, and chosen options by their words or values. */
const shownIn = (form: HTMLElement): ReadonlySet<string> =>
  new Set(
    [
      ...form.querySelectorAll('input, textarea, select, button[role="combobox"], legend, button[aria-pressed="true"]'),
    ].flatMap((part) =>
      part instanceof HTMLInputElement
        ? [part.value, ...part.value.split(', ')]
        : part instanceof HTMLSelectElement || part instanceof HTMLTextAreaElement
          ? [part.value]
          : [part.textContent],
    ),
  );

/** A document with every part there is, and a number of its own in each place. */
const whole: StrategyDocument = {
  schema: 1,
  name: 'Everything',
  description: 'One of each.',
  timeframe: '5m',
  params: {
    span: { kind: 'number', title: 'Span', default: 11, min: 3, max: 91, step: 2, whole: true },
    mean: { kind: 'choice', title: 'Mean', default: 'sma', options: ['sma', 'ema'] },
    strict: { kind: 'flag', title: 'Strict', default: true },
  },
  indicators: {
    fast: { id: 'ema', params: { period: '$span', source: 'hl2' } },
    slow: { id: 'sma', params: { period: 33 }, timeframe: '1h', symbol: 'ETH/USDT' },
  },
  conditions: {
    one: {
      all: [
        { compare: ['fast', '>=', { add: ['slow', 1.01, 1.02] }] },
        { crossesAbove: [{ sub: ['close', 1.03] }, { mul: ['open', 1.04] }] },
        { crossesBelow: [{ div: ['high', 1.05] }, { min: ['low', 1.06] }] },
      ],
    },
    two: {
      any: [
        { rising: { max: ['hl2', 1.07] }, over: 12 },
        { falling: { abs: 'hlc3' }, over: 13 },
        {
          between: [
            { ago: 14, of: 'ohlc4' },
            { highest: 'hlcc4', over: 15 },
            { lowest: 'volume', over: 16 },
          ],
        },
        { within: 17, of: { compare: [{ since: 'one' }, '<', 18] } },
        { during: 19, of: 'one' },
        { not: { atLeast: 2, of: ['one', 'one', { time: { from: '09:30', to: '17:45' } }] } },
      ],
    },
  },
  entry: {
    long: {
      when: 'one',
      label: 'in long',
      order: { type: 'stop-limit', offset: 0.011, limitOffset: 0.012, expiresAfter: 21 },
    },
    short: {
      when: 'two',
      label: 'in short',
      order: { type: 'limit', price: { mul: ['close', 1.08] }, expiresAfter: 22 },
    },
  },
  exit: {
    long: {
      when: 'two',
      label: 'out long',
      order: { type: 'trailing-stop', trail: { kind: 'atr', period: 23, multiple: 2.4 }, expiresAfter: 25 },
    },
    short: { when: 'one', label: 'out short', order: { type: 'stop-limit', price: 'high', limitPrice: 1.09 } },
  },
  opposite: 'close',
  size: { kind: 'kelly', fraction: 0.26, cap: 0.27, tradesMin: 28 },
  stopLoss: { kind: 'atr', period: 29, multiple: 3.1 },
  takeProfit: [
    { kind: 'ratio', ratio: 0.032, share: 0.33 },
    { kind: 'atr', period: 34, multiple: 3.5, share: 0.36 },
    { kind: 'price', price: { add: ['close', 37.5] } },
    { kind: 'risk', multiple: 3.8 },
  ],
  trailingStop: { kind: 'ratio', ratio: 0.039, from: 0.041 },
  breakEven: { at: 0.042, offset: 0.043 },
  timeStop: { candles: 44 },
  roi: [{ after: 45, ratio: 0.046 }],
  pyramiding: { entriesMax: 47, step: 0.048, averageDown: true },
  cooldown: { candles: 49, afterLoss: 51 },
  protections: [
    { kind: 'stop-loss-guard', losses: 52, within: 53, pause: 54 },
    { kind: 'max-drawdown', ratio: 0.055, within: 56, pause: 57 },
    { kind: 'low-profit', trades: 58, within: 59, returnRatio: 0.061, pause: 62 },
  ],
  trade: ['BTC/USDT'],
};

const small: StrategyDocument = {
  schema: 1,
  name: 'Small',
  timeframe: '1h',
  params: {},
  indicators: {},
  conditions: {},
  entry: { long: { when: { compare: ['close', '>', 100] } } },
  exit: {},
  size: { kind: 'equity', ratio: 0.5 },
  stopLoss: { kind: 'ratio', ratio: 0.5 },
  takeProfit: [{ kind: 'price', price: { add: ['close', 5] } }],
};

/** Words that stand for a choice, and how the form says them. */
const SAID: Readonly<Record<string, string>> = {
  'stop-limit': 'Stop-limit',
  limit: 'Limit',
  'trailing-stop': 'Trailing',
  close: 'close',
  kelly: 'Kelly fraction',
  atr: 'ATR multiple',
  ratio: 'Distance',
  price: 'Price',
  risk: 'Multiple of the risk',
  'stop-loss-guard': 'Stop-loss guard',
  'max-drawdown': 'Greatest drawdown',
  'low-profit': 'Low profit',
};
/** Kinds of what was declared once are said by the fields that it has. */
const UNSAID = new Set(['number', 'choice', 'flag']);

describe('StrategyForm', () => {
  it('shows every part that a document can have', () => {
    expect(checkStrategy(whole)).toEqual([]);
    const { params, indicators, ...rest } = jsonOf(StrategyDocument.parse(whole)) as Record<string, Json>;
    render(<Held from={jsonOf(whole)} />);
    const shown = shownIn(screen.getByRole('form', { name: 'Strategy' }));
    const said = [params!, rest].flatMap(leavesOf).filter((leaf) => !UNSAID.has(String(leaf)));
    expect(said.filter((leaf) => leaf !== 1 && !shown.has(SAID[leaf] ?? String(leaf)))).toEqual([]);
    // Indicators are headed by their title.
    const uses = leavesOf(indicators!).filter((leaf) => leaf !== 'ema' && leaf !== 'sma');
    expect(uses.filter((leaf) => !shown.has(String(leaf)))).toEqual([]);
    expect(screen.getByRole('checkbox', { name: /Average down/ })).toHaveProperty('dataset.state', 'checked');
  });

  it.each(listExamples().map(({ id, document }) => [id, document] as const))('shows all of %s', (_id, document) => {
    render(<Held from={jsonOf(document)} />);
    const shown = shownIn(screen.getByRole('form', { name: 'Strategy' }));
    const numbers = leavesOf(jsonOf(document)).filter((leaf) => typeof leaf === 'number' && leaf > 7);
    expect(numbers.filter((leaf) => !shown.has(String(leaf)))).toEqual([]);
  });

  it('takes a fraction as it is typed, key by key', async () => {
    const user = userEvent.setup();
    let current: Json = null;
    render(<Held from={jsonOf(small)} told={(document) => (current = document)} />);
    const part = screen.getByRole('group', { name: /^Stop-loss/ });
    const ratio = within(part).getByRole('combobox', { name: 'Ratio' });
    await user.clear(ratio);
    await user.type(ratio, '0.02');
    expect(ratio).toHaveProperty('value', '0.02');
    expect(StrategyDocument.parse(current).stopLoss).toEqual({ kind: 'ratio', ratio: 0.02 });
    const price = within(screen.getByRole('group', { name: 'Kind: price' }))
      .getAllByRole('combobox')
      .at(-1)!;
    await user.clear(price);
    await user.type(price, '0.050');
    expect(StrategyDocument.parse(current).takeProfit?.[0]).toMatchObject({ price: { add: ['close', 0.05] } });
    await user.tab();
    expect(price).toHaveProperty('value', '0.05');
  });

  it('places every type of order, with nothing of the last one left behind', async () => {
    const user = userEvent.setup();
    let current: Json = null;
    render(<Held from={jsonOf(small)} told={(document) => (current = document)} />);
    const part = screen.getByRole('group', { name: /^Enter long\b(?! when)/ });
    /** `moves` down the list, or up, from what is chosen now. */
    const choose = async (name: string, option: string, moves: number): Promise<void> => {
      const control = within(part).getByRole('combobox', { name });
      control.focus();
      await user.keyboard(`{ArrowDown}${(moves > 0 ? '{ArrowDown}' : '{ArrowUp}').repeat(Math.abs(moves))}{Enter}`);
      expect(control.textContent).toBe(option);
    };
    const order = (): unknown => StrategyDocument.parse(current).entry.long?.order;
    await choose('Order', 'Trailing', 4);
    expect(order()).toEqual({ type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.01 }, expiresAfter: 12 });
    await choose('Trails by', 'ATR multiple', 1);
    await user.clear(within(part).getByRole('combobox', { name: 'Multiple' }));
    await user.type(within(part).getByRole('combobox', { name: 'Multiple' }), '1.5');
    expect(order()).toMatchObject({ trail: { kind: 'atr', period: 14, multiple: 1.5 } });
    await choose('Order', 'Stop-limit', -1);
    expect(order()).toEqual({ type: 'stop-limit', offset: 0.001, limitOffset: 0.001 });
    await choose('Limit by', 'Price', 1);
    expect(order()).toEqual({ type: 'stop-limit', offset: 0.001, limitPrice: 'close' });
    await choose('Order', 'Limit', -2);
    expect(order()).toEqual({ type: 'limit', offset: 0.001 });
    await choose('Order', 'Market, next open', -1);
    expect(order()).toBeUndefined();
  });

  it('gives an indicator another name with Enter, and everything that calls it follows', async () => {
    const user = userEvent.setup();
    let current: Json = null;
    render(<Held from={jsonOf(whole)} told={(document) => (current = document)} />);
    const name = screen.getAllByRole('textbox', { name: 'Name' }).find((field) => field.matches('[value="fast"]'))!;
    await user.clear(name);
    await user.type(name, 'slow{Enter}');
    expect(current).toBeNull();
    await user.clear(name);
    await user.type(name, 'close');
    expect(name.getAttribute('aria-invalid')).toBe('true');
    await user.type(name, '{Escape}');
    expect(name).toHaveProperty('value', 'fast');
    await user.clear(name);
    await user.type(name, 'quick{Enter}');
    const renamed = StrategyDocument.parse(current);
    expect(checkStrategy(renamed)).toEqual([]);
    expect(Object.keys(renamed.indicators)).toEqual(['quick', 'slow']);
    expect(JSON.stringify(renamed)).not.toContain('"fast"');
    expect(document.activeElement).toBe(name);
  });

  it('moves parts by keyboard; the focus goes along, and stays somewhere when one is removed', async () => {
    const user = userEvent.setup();
    let current: Json = null;
    render(<Held from={jsonOf(whole)} told={(document) => (current = document)} />);
    const kinds = (): unknown => StrategyDocument.parse(current).takeProfit?.map(({ kind }) => kind);
    const press = async (name: string): Promise<void> => {
      // By attribute: finding by role takes seconds in a document of this size.
      document.querySelector<HTMLElement>(`button[aria-label="${name}"]`)!.focus();
      await user.keyboard('{Enter}');
    };
    const focused = (): string | null | undefined => document.activeElement?.getAttribute('aria-label');
    await press('Move Target 1 down');
    expect(kinds()).toEqual(['atr', 'ratio', 'price', 'risk']);
    expect(focused()).toBe('Move Target 2 down');
    await user.keyboard('{Enter}{Enter}{Enter}');
    expect(kinds()).toEqual(['atr', 'price', 'risk', 'ratio']);
    expect(focused()).toBe('Move Target 4 down');
    await press('Remove Target 4');
    expect(focused()).toBe('Remove Target 3');
    await press('Remove Target 1');
    expect(kinds()).toEqual(['price', 'risk']);
    expect(focused()).toBe('Remove Target 1');
    await user.keyboard('{Enter}{Enter}');
    expect(StrategyDocument.parse(current).takeProfit).toBeUndefined();
    expect(document.activeElement?.textContent).toBe('+ Target');

    await press('Move indicator slow up');
    expect(Object.keys(StrategyDocument.parse(current).indicators)).toEqual(['slow', 'fast']);
    await press('Move parameter span down');
    expect(Object.keys(StrategyDocument.parse(current).params)).toEqual(['mean', 'span', 'strict']);
    await press('Move Protection 3 up');
    expect(StrategyDocument.parse(current).protections?.map(({ kind }) => kind)).toEqual([
      'stop-loss-guard',
      'low-profit',
      'max-drawdown',
    ]);
    await press('Remove Trailing stop');
    expect(document.activeElement?.textContent).toBe('+ Trailing stop');
    await user.keyboard('{Enter}');
    expect(focused()).toBe('Remove Trailing stop');
  });

  it('takes a description of several lines', async () => {
    const user = userEvent.setup();
    let current: Json = null;
    render(<Held from={jsonOf(small)} told={(document) => (current = document)} />);
    await user.type(screen.getByRole('textbox', { name: 'Description' }), 'One.{Enter}Two.');
    expect(StrategyDocument.parse(current).description).toBe('One.\nTwo.');
  });
});
