import * as z from 'zod';
import { ExchangeId, SymbolName, TimeframeName } from '@wickworks/contracts';

const IndicatorId = z.string().min(1).max(64);

/** One indicator on the chart: what is calculated and how it is drawn. */
export const IndicatorChoice = z.object({
  id: z.string().min(1).max(64),
  indicator: IndicatorId,
  params: z.record(z.string().max(64), z.union([z.number(), z.string().max(64), z.boolean()])),
  hidden: z.boolean(),
  /** Theme tokens or CSS colours by output. */
  colors: z.record(z.string().max(64), z.string().max(32)),
  /** Entry of the palette that it begins with. */
  turn: z.int().min(0).max(5),
  /** CSS pixels. */
  widthPx: z.number().min(1).max(4),
});
export type IndicatorChoice = z.infer<typeof IndicatorChoice>;

/** Indicators a chart can hold. */
export const INDICATORS_MAX = 40;

const ChartKindName = z.enum(['candles', 'hollow', 'bars', 'line', 'area', 'baseline', 'heikin-ashi']);
const PriceScaleName = z.enum(['linear', 'log', 'percent']);

/** A saved look of the chart: style and indicators, of no particular market. */
export const ChartTemplate = z.object({
  name: z.string().trim().min(1).max(60),
  chartKind: ChartKindName,
  priceScale: PriceScaleName,
  volume: z.boolean(),
  indicators: z.array(IndicatorChoice).max(INDICATORS_MAX).readonly(),
});
export type ChartTemplate = z.infer<typeof ChartTemplate>;

/** Everything about the screen that a person chose and finds again on the next visit. */
export const Workspace = z.object({
  exchange: ExchangeId,
  symbol: SymbolName,
  timeframe: TimeframeName,
  watchlist: z
    .array(z.object({ exchange: ExchangeId, symbol: SymbolName }))
    .max(500)
    .readonly(),
  theme: z.enum(['system', 'dark', 'light']),
  palette: z.enum(['classic', 'safe']),
  chartKind: ChartKindName,
  priceScale: PriceScaleName,
  /** `utc`, `local`, `exchange` or an IANA name. */
  timeZone: z.string().min(1).max(64),
  volume: z.boolean(),
  magnet: z.boolean(),
  /** Shortcuts of one plain key; people who dictate switch them off. */
  singleKeys: z.boolean(),
  tableOpen: z.boolean(),
  watchlistOpen: z.boolean(),
  /** Remembered share of the height per chart pane id; only ratios count. */
  paneHeights: z.record(z.string().max(64), z.number().positive()),
  /** Sizes of movable panels in CSS pixels, by panel id. */
  panelSizes: z.record(z.string().max(64), z.number().positive().max(10_000)),
  /** Drawn in this order; panes of their own stand below each other in it. */
  indicators: z.array(IndicatorChoice).max(INDICATORS_MAX).readonly(),
  /** Ids of the indicators added last, newest first. */
  recentIndicators: z.array(IndicatorId).max(12).readonly(),
  templates: z.array(ChartTemplate).max(100).readonly(),
});
export type Workspace = z.infer<typeof Workspace>;
export type WatchlistEntry = Workspace['watchlist'][number];

/** Worth a look on any exchange that trades them. */
export const MAJOR_SYMBOLS: readonly string[] = [
  'BTC/USDT',
  'ETH/USDT',
  'XRP/USDT',
  'AVAX/USDT',
  'LINK/USDT',
  'LTC/USDT',
];

/** Of a screen without room for both, the chart has the better use. */
const IS_SMALL =
  typeof matchMedia === 'function' && matchMedia('(max-width: 767.98px), (max-height: 599.98px)').matches;

/** What a first visit shows. */
export const DEFAULT_WORKSPACE: Workspace = {
  exchange: 'local',
  symbol: 'BTC/USDT',
  timeframe: '1m',
  watchlist: MAJOR_SYMBOLS.map((symbol) => ({ exchange: 'local', symbol })),
  theme: 'system',
  palette: 'classic',
  chartKind: 'candles',
  priceScale: 'linear',
  timeZone: 'local',
  volume: true,
  magnet: true,
  singleKeys: true,
  tableOpen: !IS_SMALL,
  watchlistOpen: true,
  paneHeights: {},
  panelSizes: {},
  indicators: [],
  recentIndicators: [],
  templates: [],
};
