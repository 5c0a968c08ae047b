import {
  CalculateReply,
  DatasetView,
  HealthView,
  IndicatorView,
  JobAccepted,
  JobView,
  listOf,
  type BackfillRequest,
  type CalculateInput,
} from '@wickworks/contracts';
import type { SeriesKey } from '@wickworks/core';
import { RestCore, type Answer, type ListQuery, type Page } from './rest-core.js';

const DatasetList = listOf(DatasetView);
const IndicatorList = listOf(IndicatorView);
const JobList = listOf(JobView);

/** The whole REST side of the client. */
export class RestClient extends RestCore {
  datasets(query: ListQuery = {}, signal?: AbortSignal): Answer<Page<DatasetView>> {
    return this.ask({ method: 'GET', path: '/api/v1/datasets', query: { ...query }, reply: DatasetList, signal });
  }

  /** Starts fetching history into the store. */
  backfill(request: BackfillRequest): Answer<JobAccepted> {
    const reply = JobAccepted;
    return this.ask({ method: 'POST', path: '/api/v1/datasets/backfill', body: request, reply });
  }

  /** Deletes the stored candles of one series for good. */
  deleteDataset({ exchange, symbol, timeframe }: SeriesKey): Answer<null> {
    const query = { exchange, symbol, timeframe };
    return this.ask({ method: 'DELETE', path: '/api/v1/datasets', query, reply: 'none' });
  }

  indicators(query: ListQuery = {}, signal?: AbortSignal): Answer<Page<IndicatorView>> {
    return this.ask({ method: 'GET', path: '/api/v1/indicators', query: { ...query }, reply: IndicatorList, signal });
  }

  /** Values of one indicator over the candles given, or over a range the server has or fetches. */
  calculateIndicator(request: CalculateInput, signal?: AbortSignal): Answer<CalculateReply> {
    const path = '/api/v1/indicators/calculate';
    return this.ask({ method: 'POST', path, body: request, reply: CalculateReply, signal });
  }

  jobs(query: ListQuery = {}, signal?: AbortSignal): Answer<Page<JobView>> {
    return this.ask({ method: 'GET', path: '/api/v1/jobs', query: { ...query }, reply: JobList, signal });
  }

  job(id: string, signal?: AbortSignal): Answer<JobView> {
    return this.ask({ method: 'GET', path: `/api/v1/jobs/${encodeURIComponent(id)}`, reply: JobView, signal });
  }

  cancelJob(id: string): Answer<null> {
    return this.ask({ method: 'DELETE', path: `/api/v1/jobs/${encodeURIComponent(id)}`, reply: 'none' });
  }

  /** A failing server answers 503 with the same body, which is a value here. */
  health(signal?: AbortSignal): Answer<HealthView> {
    return this.ask({ method: 'GET', path: '/api/health', reply: HealthView, signal, alsoGood: [503] });
  }
}
