export type { HistoryState, SeriesSource } from '../model/series-source.js';
