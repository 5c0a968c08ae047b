import { BacktestView, JobAccepted, JobView } from '@wickworks/contracts';
import { expect } from 'vitest';
import { Person } from './people.js';
import type { TestServer } from './test-server.js';

type Server = Pick<TestServer, 'url'>;

/** What {@link ask} takes after the server; `path` without `/api/v1`. */
export type Sent = readonly [method: string, path: string, body?: unknown, headers?: Record<string, string>];

/** One request of nobody in particular; `json` is null where the answer has no body. */
export async function ask(
  server: Server,
  ...[method, path, body, headers]: Sent
): Promise<{ status: number; headers: Headers; json: unknown }> {
  const answer = await new Person(server).call(method, path, body, headers);
  const text = await answer.text();
  const json: unknown = text === '' ? null : JSON.parse(text);
  return { status: answer.status, headers: answer.headers, json };
}

/** Asks for work that takes long and gives its job. */
export async function startJob(server: Server, path: string, body: unknown): Promise<JobView> {
  const started = await ask(server, 'POST', path, body);
  expect(started).toMatchObject({ status: 202 });
  return JobAccepted.parse(started.json).job;
}

/** Waits until so much (0..1) of a job is done. */
export async function jobReaches(server: Server, id: string, ratio: number): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    JobView.parse((await ask(server, 'GET', `/jobs/${id}`)).json).progressRatio >= ratio;
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Waits for the end of a job; `told` are its states as they were seen on the way. */
export async function jobEnd(server: Server, id: string): Promise<{ job: JobView; told: readonly JobView[] }> {
  const told: JobView[] = [];
  for (;;) {
    const job = JobView.parse((await ask(server, 'GET', `/jobs/${id}`)).json);
    told.push(job);
    if (!isAtWork(job)) return { job, told };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits for the end of a backtest. */
export async function backtestEnd(server: Server, id: string): Promise<BacktestView> {
  for (;;) {
    const view = BacktestView.parse((await ask(server, 'GET', `/backtests/${id}`)).json);
    if (!isAtWork(view)) return view;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs a backtest to its end. */
export const runToEnd = async (server: Server, body: unknown): Promise<BacktestView> =>
  backtestEnd(server, (await startJob(server, '/backtests', body)).id);

const isAtWork = ({ state }: { state: JobView['state'] }): boolean => state === 'queued' || state === 'running';
