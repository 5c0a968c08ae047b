import * as z from 'zod';
import { ExchangeId, SymbolName, TimeframeName } from '@wickworks/contracts';

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
  chartKind: z.enum(['candles', 'hollow', 'bars', 'line', 'area', 'baseline', 'heikin-ashi']),
  priceScale: z.enum(['linear', 'log', 'percent']),
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
});
export type Workspace = z.infer<typeof Workspace>;
export type WatchlistEntry = Workspace['watchlist'][number];

/** Worth a look on any exchange that trades them. */
export const MAJOR_SYMBOLS: readonly string[] = ['BTC/USDT', 'ETH/USDT', 'XRP/USDT', 'AVAX/USDT', 'LINK/USDT', 'LTC/USDT'];

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
  tableOpen: true,
  watchlistOpen: true,
  paneHeights: {},
  panelSizes: {},
};
