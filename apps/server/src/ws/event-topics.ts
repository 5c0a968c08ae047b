import type { EVENT_TOPICS, ExchangeView, JobView } from '@wickworks/contracts';
import type { Scope } from '@wickworks/core';
import { maySeeJob } from '../jobs/job-access.js';
import type { Principal } from '../auth/principal.js';
import type { Feed } from '../feed/feed.js';
import type { JobBoard } from '../jobs/job-board.js';

export type TopicName = (typeof EVENT_TOPICS)[number];

/** What a topic holds now, and its changes from then on. Items are those of the REST resource of the same name. */
export interface Topic {
  readonly scope: Scope;
  items(reader: Principal): readonly unknown[];
  /** Tells each item as it now is; returns the unsubscribe. */
  subscribe(reader: Principal, listener: (item: unknown) => void): () => void;
}

/** A topic nothing happens in yet. */
const quiet = (scope: Scope): Topic => ({ scope, items: () => [], subscribe: () => () => undefined });

/** `system`: the state of every exchange. */
type SystemItem = Pick<ExchangeView, 'id' | 'state' | 'sinceMs' | 'lastMessageMs' | 'reason'>;

/** Everything `/ws/events` can tell. Trading has its topics already; they fill with it. */
export function eventTopics({ jobs, feed }: { jobs: JobBoard; feed: Feed }): Readonly<Record<TopicName, Topic>> {
  const trading = quiet('trading:read');
  return {
    orders: trading,
    fills: trading,
    positions: trading,
    portfolio: trading,
    bots: trading,
    notifications: quiet('settings:read'),
    jobs: {
      scope: 'jobs:read',
      items: (reader): readonly JobView[] => jobs.list().filter(({ id }) => maySeeJob(jobs, id, reader)),
      subscribe: (reader, listener) =>
        jobs.onChange((job) => {
          if (maySeeJob(jobs, job.id, reader)) listener(job);
        }),
    },
    system: {
      scope: 'market-data:read',
      items: () => [...feed.exchanges.values()].map((exchange) => systemItem(exchange.status)),
      subscribe: (_reader, listener) => {
        const offs = [...feed.exchanges.values()].map((exchange) =>
          exchange.onStatus((status) => listener(systemItem(status))),
        );
        return () => {
          for (const off of offs) off();
        };
      },
    },
  };
}

function systemItem(status: {
  exchange: string;
  state: ExchangeView['state'];
  sinceMs: number;
  lastMessageMs: number | null;
  reason: string;
}): SystemItem {
  const { exchange: id, state, sinceMs, lastMessageMs, reason } = status;
  return { id, state, sinceMs, lastMessageMs, reason: reason === '' ? null : reason };
}
