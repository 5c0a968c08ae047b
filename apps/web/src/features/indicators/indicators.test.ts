import { indicators, type IndicatorDefinition } from '@wickworks/engine';
import { overlayDefinitions } from '../../chart/api/overlay-definitions.js';
import { assert, describe, expect, it } from 'vitest';
import { namesOf } from '../../data/indicator-names.js';
import { DEFAULT_WORKSPACE, INDICATORS_MAX, type Workspace } from '../../data/workspace-schema.js';
import { distanceToStart, searchNames } from '../../ui/search-names.js';
import { added, applied, moved, templateOf } from './choices.js';
import { GROUP_NAMES } from './indicator-names.js';
import { templateFromText, templateToText } from './template-file.js';

const options = overlayDefinitions().map((definition) => ({
  value: definition.id,
  label: definition.title,
  hint: GROUP_NAMES[definition.group],
  keywords: namesOf(definition),
}));
const found = (query: string): string[] => searchNames(options, query).map(({ value }) => value);

function definitionOf(id: string): IndicatorDefinition {
  const definition = indicators.get(id);
  assert(definition);
  return definition;
}
function withIndicators(...ids: string[]): Workspace {
  return ids.reduce<Workspace>(
    (workspace, id) => ({ ...workspace, ...added(workspace, definitionOf(id)) }),
    DEFAULT_WORKSPACE,
  );
}

describe('searching indicators', () => {
  it('finds by name, id, TA-Lib and Pine name', () => {
    for (const id of ['ema', 'rsi', 'ma', 'sar']) expect(found(id)[0]).toBe(id);
    expect(found('exponential moving average')[0]).toBe('ema');
    for (const query of ['rsi', 'ta.bb', 'STOCHRSI', 'ichimoku']) expect(found(query)).not.toEqual([]);
    expect(found('ta.bb')).toContain('bbands');
  });

  it.each([
    ['bb', 'bbands'],
    ['BB', 'bbands'],
    ['bollinger', 'bbands'],
    ['%b', 'bb-percent'],
    ['psar', 'sar'],
    ['super trend', 'supertrend'],
    ['kijun', 'ichimoku'],
    ['ttm', 'squeeze'],
    ['avwap', 'vwap-anchored'],
    ['vpvr', 'vp-visible'],
    ['smma', 'rma'],
    ['williams percent', 'willr'],
    ['heiken', 'heikin-ashi'],
    ['moving average convergence', 'macd'],
    ['st', 'supertrend'],
    ['stoch', 'stoch'],
    ['hull', 'hma'],
    ['lsma', 'linearreg'],
  ])('“%s” is first of all %s', (query, id) => {
    expect(found(query)[0]).toBe(id);
  });

  it('finds whole shelves, and patterns by what people call them', () => {
    expect(found('volatility').length).toBeGreaterThan(8);
    expect(found('candlestick')).toHaveLength(61);
    expect(found('volume profile')).toEqual(
      expect.arrayContaining(['vp-visible', 'vp-fixed', 'session-volume-profile']),
    );
  });

  it('forgives slips of longer words', () => {
    expect(found('bolinger')).toContain('bbands');
    expect(found('ichimuko')).toContain('ichimoku');
    expect(found('qqqzzz')).toEqual([]);
    expect(distanceToStart('bolinger', 'bollinger')).toBe(1);
    expect(distanceToStart('abc', 'abd')).toBe(Infinity);
  });
});

describe('choices', () => {
  it('adds with defaults, remembers what was used last, gives each another colour', () => {
    const { indicators: chosen, recentIndicators } = withIndicators('ema', 'rsi', 'ema');
    expect(chosen.map(({ indicator, turn }) => [indicator, turn])).toEqual([
      ['ema', 0],
      ['rsi', 1],
      ['ema', 2],
    ]);
    expect(chosen[0]?.params).toEqual({ source: 'close', period: 20 });
    expect(recentIndicators).toEqual(['ema', 'rsi']);
    expect(new Set(chosen.map(({ id }) => id)).size).toBe(3);
  });

  it('refuses more than a chart can hold', () => {
    const full = withIndicators(...Array.from({ length: INDICATORS_MAX }, () => 'ema'));
    expect(added(full, definitionOf('ema'))).toBeNull();
  });

  it('moves a pane past its neighbour, over what has no pane', () => {
    const { indicators: chosen } = withIndicators('rsi', 'ema', 'macd');
    const panes = chosen.filter(({ indicator }) => indicator !== 'ema').map(({ id }) => id);
    const names = (of: readonly { indicator: string }[]): string[] => of.map(({ indicator }) => indicator);
    expect(names(moved(chosen, panes[0] ?? '', 1, panes))).toEqual(['ema', 'macd', 'rsi']);
    expect(names(moved(chosen, panes[1] ?? '', -1, panes))).toEqual(['macd', 'rsi', 'ema']);
    expect(moved(chosen, panes[0] ?? '', -1, panes)).toBe(chosen);
  });
});

describe('templates', () => {
  const template = templateOf({ ...withIndicators('ema', 'bbands'), chartKind: 'hollow' }, 'Mine');

  it('come back from a file as they were', () => {
    expect(templateFromText(templateToText(template))).toEqual({ ok: true, value: template });
  });

  it('bring indicators with ids of their own', () => {
    const change = applied(template);
    expect(change.chartKind).toBe('hollow');
    expect(change.indicators.map(({ indicator }) => indicator)).toEqual(['ema', 'bbands']);
    expect(change.indicators[0]?.id).not.toBe(template.indicators[0]?.id);
  });

  it.each([
    ['nonsense', 'The file is not JSON.'],
    ['{}', 'The file is not a chart template of Wickworks.'],
    [templateToText(template).replace('"hollow"', '"hollows"'), "The file's field"],
  ])('are refused with a sentence: %#', (text, message) => {
    const result = templateFromText(text);
    expect(!result.ok && result.error).toContain(message);
  });
});
