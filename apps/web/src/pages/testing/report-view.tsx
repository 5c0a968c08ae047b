import { BookmarkPlus, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { EngineClient } from '../../data/engine-worker-client.js';
import type { FrameTimes } from '../../data/backtests-frames.js';
import type { TestReport } from '../../data/engine-worker-protocol.js';
import type { KeptRun } from '../../data/kept-runs.js';
import { strategyNames } from '../../data/run-names.js';
import { BreakdownList } from '../../features/report/breakdown-list.js';
import { Compare } from '../../features/report/compare.js';
import { Distribution } from '../../features/report/distribution.js';
import { EquityPlot, ExposureKey } from '../../features/report/equity-plot.js';
import { ExcursionPlot } from '../../features/report/excursion-plot.js';
import { Headline } from '../../features/report/headline.js';
import { intrabarWords } from '../../features/report/intrabar-words.js';
import { jumpWords } from '../../features/report/jump-words.js';
import { MetricsList } from '../../features/report/metrics-list.js';
import { MonthHeatmap } from '../../features/report/month-heatmap.js';
import { ProofBadge } from '../../features/report/proof-badge.js';
import { whereAndWhen } from '../../features/report/setup-words.js';
import { formatCount } from '../../format/number.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { cn } from '../../ui/cn.js';
import { Panel } from '../../ui/panel.js';
import { Tab, TabList, TabPanel, Tabs } from '../../ui/tabs.js';
import { ToggleGroup } from '../../ui/toggle-group.js';
import { TradesView } from './trades-view.js';

export interface ReportViewProps {
  engine: EngineClient;
  report: TestReport;
  /** The server vouches for the candles used. */
  isConfirmed: boolean;
  /** What is asked for now could not be run: this is what was before. */
  isOld: boolean;
  /** More comes of this run: confirmation, fingerprints, proof. */
  isBusy: boolean;
  frames: FrameTimes | null;
  kept: readonly KeptRun[];
  isFleeting: boolean;
  zone: string;
  onKeep: () => void;
  onForget: (id: number) => void;
}

/** Everything a run has to say, the loudest first. */
export function ReportView(props: ReportViewProps) {
  const { engine, report, isConfirmed, isOld, isBusy, frames, kept, isFleeting, zone, onKeep, onForget } = props;
  const [tab, setTab] = useState('overview');
  const [trade, setTrade] = useState<number | null>(null);
  const [excursion, setExcursion] = useState<'mae' | 'mfe'>('mae');
  const strategyIds = report.setup.strategies?.map(({ id }) => id) ?? [];
  const split = useMemo(
    () => report.exposureBy.map((mean, at) => ({ name: report.setup.strategies?.[at]?.id ?? '', mean })),
    [report],
  );
  const openTrade = (index: number): void => {
    setTrade(index);
    setTab('trades');
  };
  return (
    <div className={cn('@container flex min-h-0 flex-1 flex-col gap-3', isOld && '[filter:grayscale(1)]')}>
      <Headline metrics={report.metrics} />
      <div className="flex flex-wrap items-center gap-2">
        <ProofBadge proof={report.proof} isBusy={isBusy} isFromServer={report.isFromServer} zone={zone} />
        {isConfirmed ? null : (
          <Badge tone="warn">Candles from this browser, {isBusy ? 'being confirmed' : 'not confirmed'}</Badge>
        )}
        {report.resultHash === null ? (
          <Badge tone="muted">Preview</Badge>
        ) : (
          <Badge title={report.resultHash} data-hash={report.resultHash}>
            Result {report.resultHash.slice(0, 8)}
          </Badge>
        )}
        {report.runMs === null ? (
          <Badge tone="muted">Run by the server · {formatCount(report.candles)} candles</Badge>
        ) : (
          <span className="text-2xs text-muted" data-run-ms={Math.round(report.runMs)}>
            {formatCount(report.candles)} candles in {Math.round(report.runMs)} ms
          </span>
        )}
        {frames === null ? null : (
          <span className="text-2xs text-muted" data-frame-p95={frames.p95.toFixed(1)}>
            <span className="max-sm:hidden">· </span>frames {frames.median.toFixed(0)} ms, 95 % under{' '}
            {frames.p95.toFixed(0)} ms
          </span>
        )}
        <span className="flex-1" />
        <Button size="sm" onClick={onKeep}>
          <BookmarkPlus aria-hidden /> Keep
        </Button>
      </div>
      {report.isFromServer ? (
        <p className="text-xs wrap-anywhere">
          <strong>{strategyNames(report.setup).join(' + ')}</strong> · {whereAndWhen(report.setup, zone)}
        </p>
      ) : null}
      <p className="text-xs text-muted" data-testid="intrabar">
        {intrabarWords(report)}
      </p>
      {jumpWords(report.jumps, zone).map((words) => (
        <p key={words} className="flex items-start gap-2 text-xs text-warn">
          <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {words}
        </p>
      ))}
      <Tabs value={tab} onValueChange={setTab} className="flex min-h-0 flex-1 flex-col">
        <TabList aria-label="Report" className="overflow-x-auto [scrollbar-width:none]">
          <Tab value="overview">Overview</Tab>
          <Tab value="trades">{`Trades\u00a0${formatCount(report.trades.count)}`}</Tab>
          <Tab value="metrics">Metrics</Tab>
          <Tab value="compare">{kept.length === 0 ? 'Compare' : `Compare\u00a0${String(kept.length)}`}</Tab>
        </TabList>
        <TabPanel value="overview">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3 xl:grid-cols-2">
            <Panel title="Equity, drawdown and exposure" className="xl:col-span-2" bodyClassName="bg-surface">
              <EquityPlot
                equity={report.equity}
                zone={zone}
                benchmark
                exposure
                split={split}
                className="h-[clamp(280px,48dvh,720px)]"
              />
              {strategyIds.length === 0 ? null : <ExposureKey names={strategyIds} />}
            </Panel>
            <Panel title="Returns by month" className="xl:col-span-2">
              <MonthHeatmap months={report.breakdowns.byMonth} />
            </Panel>
            <Panel title="Distribution">
              <div className="h-64">
                <Distribution bins={report.returns} />
              </div>
            </Panel>
            <Panel
              title="Excursions"
              bodyClassName="bg-surface"
              actions={
                <ToggleGroup
                  label="Excursion"
                  options={[
                    { value: 'mae', label: 'Against' },
                    { value: 'mfe', label: 'For' },
                  ]}
                  value={excursion}
                  onChange={setExcursion}
                />
              }
            >
              <ExcursionPlot trades={report.trades} kind={excursion} onPick={openTrade} className="h-64" />
            </Panel>
            <Panel title="Where it was made and lost" className="xl:col-span-2">
              <div className="grid gap-6 p-3 @2xl:grid-cols-2 @6xl:grid-cols-4">
                <BreakdownList title="By exit" rows={report.breakdowns.byExitReason} />
                <BreakdownList title="By weekday" rows={report.breakdowns.byWeekday} />
                <BreakdownList title="By hour, UTC" rows={report.breakdowns.byHour} />
                <BreakdownList title="By market" rows={report.breakdowns.bySymbol} />
                {report.breakdowns.byStrategy === undefined ? null : (
                  <BreakdownList title="By strategy" rows={report.breakdowns.byStrategy} />
                )}
              </div>
            </Panel>
          </div>
        </TabPanel>
        <TabPanel value="trades" className="min-h-0 flex-1">
          <TradesView engine={engine} report={report} zone={zone} selected={trade} onSelect={setTrade} />
        </TabPanel>
        <TabPanel value="metrics">
          <Panel title={`${formatCount(Object.keys(report.metrics).length)} metrics`}>
            <p className="px-3 pt-3 text-xs text-muted">Hover or focus one for its definition.</p>
            <MetricsList runs={[{ id: 0, title: 'This run', metrics: report.metrics }]} />
          </Panel>
        </TabPanel>
        <TabPanel value="compare">
          <Compare runs={kept} isFleeting={isFleeting} zone={zone} onRemove={onForget} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
