import {
  JobAccepted,
  listOf,
  TradesImportedView,
  TradesView,
  TradeTapePage,
  type TradesBackfillRequest,
} from '@wickworks/contracts';
import { err, ok, type Result, type TradeTape } from '@wickworks/core';
import { unexpectedReply, type ClientFailure } from '../failure.js';
import type { RestCore, ListQuery } from '../rest/rest-core.js';
import { importFile } from './import-file.js';

const path = '/api/v1/datasets/trades';
const TradesList = listOf(TradesView);
const PAGE_TRADES = 50_000;
/** Somebody who changes what is stored while it is read makes us begin again, but not for ever. */
const READS_MAX = 3;

/** A market at an exchange. */
interface MarketKey {
  readonly exchange: string;
  readonly symbol: string;
}

/** Stretch of time `[fromMs, toMs)`, ms UTC; what is left out reaches as far as trades are stored. */
interface TapeRange {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

interface TapeQuery extends TapeRange {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** All stored trades of a range. */
export interface ReadTape extends TradeTape {
  /** Of all that is stored of the market. */
  readonly contentHash: string;
}

interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many trades have come. */
  readonly onProgress?: (trades: number) => void;
  /** More than so many are an error; default: no limit. */
  readonly tradesMax?: number;
}

/** Stored public trades. */
export const tradeCalls = (rest: RestCore) => {
  const tapePage = (
    { exchange, symbol }: MarketKey,
    { fromMs, toMs, limit, cursor }: TapeQuery = {},
    signal?: AbortSignal,
  ) =>
    rest.ask({
      method: 'GET',
      path: `${path}/tape`,
      query: { exchange, symbol, fromMs, toMs, limit, cursor },
      reply: TradeTapePage,
      signal,
    });
  return {
    /** Markets with stored trades, the times they are complete for and content hash. */
    list: (query: ListQuery = {}, signal?: AbortSignal) =>
      rest.ask({ method: 'GET', path, query: { ...query }, reply: TradesList, signal }),
    /** A page of the trades of a range, in the order they happened. */
    tapePage,
    /** All stored trades of a range as columns, with what of it they are complete for: what a backtest takes. */
    tape: async (
      key: MarketKey,
      range: TapeRange = {},
      options: ReadOptions = {},
    ): Promise<Result<ReadTape, ClientFailure>> => {
      for (let tries = 0; tries < READS_MAX; tries++) {
        const read = await readTape(
          (cursor) => tapePage(key, { ...range, limit: PAGE_TRADES, cursor }, options.signal),
          options,
        );
        if (read !== 'changed') return read;
      }
      return err(unexpectedReply('the stored trades changed while they were read'));
    },
    /** Fetches trades into the store; resolves with the job that does it. */
    backfill: (request: TradesBackfillRequest) =>
      rest.ask({ method: 'POST', path: `${path}/backfill`, body: request, reply: JobAccepted }),
    /** Deletes the stored trades of one market for good. */
    delete: ({ exchange, symbol }: MarketKey) =>
      rest.ask({ method: 'DELETE', path, query: { exchange, symbol }, reply: 'none' }),
    /**
     * Stores the trades of a CSV file, plain or gzip, and that these are all of the range (left out: from its first to
     * its last): all of it, or a refusal that names the line.
     */
    import: (
      { exchange, symbol }: MarketKey,
      csv: Blob,
      { fromMs, toMs, replace = false }: TapeRange & { readonly replace?: boolean } = {},
      signal?: AbortSignal,
    ) =>
      importFile(rest, csv, {
        path: `${path}/import`,
        query: { exchange, symbol, fromMs, toMs, replace: String(replace) },
        reply: TradesImportedView,
        signal,
      }),
  };
};

/** Joins the pages of a range; `changed`: they are not of one state of the store. */
async function readTape(
  page: (cursor: string | undefined) => Promise<Result<TradeTapePage, ClientFailure>>,
  { onProgress, tradesMax = Infinity }: ReadOptions,
): Promise<Result<ReadTape, ClientFailure> | 'changed'> {
  const pages: TradeTapePage['items'][] = [];
  let length = 0;
  let first: TradeTapePage | undefined;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const answer: Result<TradeTapePage, ClientFailure> = await page(cursor);
    if (!answer.ok) return answer;
    first ??= answer.value;
    if (answer.value.contentHash !== first.contentHash) return 'changed';
    pages.push(answer.value.items);
    length += answer.value.items.length;
    if (length > tradesMax) return err(unexpectedReply(`there are more than ${tradesMax} trades in this range`));
    onProgress?.(length);
    cursor = answer.value.nextCursor;
  }
  const columns = {
    time: new Float64Array(length),
    price: new Float64Array(length),
    quantity: new Float64Array(length),
  };
  let at = 0;
  for (const items of pages)
    for (const [timeMs, price, quantity] of items) {
      columns.time[at] = timeMs;
      columns.price[at] = price;
      columns.quantity[at++] = quantity;
    }
  const { covered = [], contentHash = '' } = first ?? {};
  return ok({ trades: { length, ...columns }, covered, contentHash });
}
