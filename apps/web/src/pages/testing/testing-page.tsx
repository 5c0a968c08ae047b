import { isRules } from '@wickworks/contracts';
import type { ParamSpecs } from '@wickworks/engine';
import { FlaskConical, Play, Server, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useFrameTimes } from '../../data/backtests-frames.js';
import { isUnderWay, serverRequestOf, useStoredTrades } from '../../data/backtests-server.js';
import type { TestSetup } from '../../data/backtests-setup.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import type { TestReport } from '../../data/engine-worker-protocol.js';
import { useKeptRuns } from '../../data/kept-runs.js';
import { useMay } from '../../data/use-may.js';
import { strategyNames } from '../../data/run-names.js';
import { zoneName } from '../../format/time.js';
import { useMediaQuery } from '../../shell/use-media-query.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageHeader } from '../../ui/page-header.js';
import { Progress } from '../../ui/progress.js';
import { goTo, PhoneWays } from './phone-ways.js';
import { ReportView } from './report-view.js';
import { ServerRuns } from './server-runs.js';
import { SetupPanel } from './setup-panel.js';
import { ShareMenu } from './share-menu.js';
import { useEngine } from './use-engine.js';
import { useServerRun } from './use-server-run.js';
import { canUseTrades, coverOf, useSetup, useTestRequest } from './use-setup.js';

const PHASES = {
  waiting: 'On the server',
  loading: 'Loading candles',
  running: 'Running',
  hashing: 'Fingerprints',
  proving: 'Bias proof',
} as const;
/** After the last movement of a slider the full run follows, with fingerprints and proof. */
const SETTLE_MS = 350;

/** What each strategy declares: rules say it themselves, of code the engine learns it by running it. */
function specsOf(strategies: TestSetup['strategies'], report: TestReport | null): readonly ParamSpecs[] {
  const ran = report?.setup.strategies?.map((one) => one.strategy) ?? [report?.setup.strategy];
  return strategies.map(({ document }) => {
    if (isRules(document)) return document.params;
    const at = ran.findIndex(
      (one) => typeof one === 'object' && one !== null && 'source' in one && one.source === document.source,
    );
    return report?.specs[at] ?? {};
  });
}

/** Tests strategies on the past: in this browser, as fast as a slider moves, or on the server. */
export function TestingPage() {
  const { engine, state } = useEngine();
  const { setup, change } = useSetup();
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  const [isMoving, setMoving] = useState(false);
  const [isListing, setListing] = useState(false);
  const kept = useKeptRuns();
  const frames = useFrameTimes(isMoving);
  const asked = useRef<typeof request>(null);
  const stored = useStoredTrades();
  const tradesCover = coverOf(setup, stored.data ?? []);
  const canRunOnServer = useMay('trader');
  const withTrades = canUseTrades(setup, tradesCover) && canRunOnServer;
  const request = useTestRequest(setup, withTrades);
  const isOnServer = canRunOnServer && (withTrades || setup.runsOn === 'server');
  const server = useServerRun(engine, request);
  const [askedOfServer, setAskedOfServer] = useState<typeof request>(null);

  // Each change of what is asked for runs at once: a preview while a slider moves, then the whole. The server waits to
  // be told.
  useEffect(() => {
    if (engine === null || request === null || isOnServer || asked.current === request) return undefined;
    asked.current = request;
    engine.run(request, { preview: isMoving });
    return undefined;
  }, [engine, request, isMoving, isOnServer]);
  useEffect(() => {
    if (!isMoving || request === null || isOnServer) return undefined;
    const timer = setTimeout(() => {
      setMoving(false);
      engine?.run(request, { preview: false });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [engine, isMoving, isOnServer, request]);

  const keep = (): void => {
    if (state.report === null) return;
    const { report } = state;
    kept.keep((id) => `${String(id)} · ${strategyNames(report.setup).join(' + ')}`, report);
  };
  const form = useRef<HTMLFormElement>(null);
  const reportPlace = useRef<HTMLElement>(null);
  const isPhone = useMediaQuery('(max-width: 767.98px)');
  const run = (): void => {
    if (request === null) return;
    if (isPhone) goTo(reportPlace.current);
    asked.current = request;
    if (!isOnServer) {
      engine?.run(request, { preview: false });
      return;
    }
    setAskedOfServer(request);
    void server.start(serverRequestOf(request));
  };
  const cancel = (): void => {
    server.cancel();
    engine?.cancel();
  };

  const { report } = state;
  const progress = server.progress ?? state.progress;
  const fault = server.fault ?? state.fault;
  const specs = useMemo(() => specsOf(setup.strategies, report), [setup.strategies, report]);
  const underWay = server.runs.data?.filter(isUnderWay).length ?? 0;
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader
        title="Testing"
        text="Strategies on the past, run in this browser with the engine of the server. Move a slider and watch."
        actions={
          <>
            {progress === null ? (
              <Button tone="primary" disabled={request === null} onClick={run}>
                <Play aria-hidden /> Run
              </Button>
            ) : (
              <Button onClick={cancel}>
                <Square aria-hidden /> Cancel
              </Button>
            )}
            <Button aria-expanded={isListing} onClick={() => setListing(!isListing)}>
              <Server aria-hidden /> {underWay === 0 ? 'Server runs' : `Server runs ${String(underWay)}`}
            </Button>
            {engine === null ? null : (
              <ShareMenu engine={engine} hasResult={report !== null && report.resultHash !== null} />
            )}
          </>
        }
      />
      {isPhone && setup.strategies.length > 0 ? (
        <PhoneWays metrics={report?.metrics ?? null} isBusy={progress !== null} form={form} report={reportPlace} />
      ) : null}
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] md:grid-cols-[340px_minmax(0,1fr)] md:grid-rows-[1fr]">
        <SetupPanel
          ref={form}
          setup={setup}
          specs={specs}
          onChange={change}
          onMoving={(isOn) => setMoving(isOn && !isOnServer)}
          tradesCover={tradesCover}
          canRunOnServer={canRunOnServer}
        />
        <section
          ref={reportPlace}
          aria-label="Report"
          tabIndex={-1}
          className="flex min-w-0 flex-col gap-3 p-4 outline-none max-md:min-h-[calc(100dvh-160px)]"
          data-testid="report"
          aria-busy={progress !== null}
        >
          {isListing ? (
            <ServerRuns runs={server.runs} canChange={canRunOnServer} zone={zone} onOpen={server.open} />
          ) : null}
          {progress === null ? null : (
            <Progress
              label={PHASES[progress.phase]}
              ratio={progress.ratio}
              {...(progress.detail === '' ? {} : { detail: progress.detail })}
            />
          )}
          {fault === null ? null : (
            <div role="alert" className="border-2 border-down p-3 text-sm">
              <p className="font-bold text-down">× {fault.message}</p>
              {report === null ? null : <p className="mt-1">The figures below are of what ran before.</p>}
              <ul className="mt-1 text-xs">
                {fault.issues.map(({ path, message }) => (
                  <li key={`${path} ${message}`}>
                    <code>{path}</code>: {message}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {isOnServer && progress === null && request !== null && askedOfServer !== request ? (
            <p role="status" className="border-2 border-warn p-3 text-sm">
              {report === null
                ? '“Run” starts this on the server.'
                : 'These figures are of other settings: “Run” starts the chosen ones on the server.'}
            </p>
          ) : null}
          {setup.strategies.length === 0 ? (
            <EmptyState
              icon={FlaskConical}
              title="Which strategy?"
              text="Choose one of the examples or one of your own; or write one on the strategies page."
              action={
                <Button asChild>
                  <Link to="/strategies">To the strategies</Link>
                </Button>
              }
              className="py-16"
            />
          ) : null}
          {report === null || engine === null ? null : (
            <ReportView
              engine={engine}
              report={report}
              isConfirmed={state.isConfirmed}
              isOld={fault !== null}
              isBusy={progress !== null}
              frames={frames}
              kept={kept.runs}
              isFleeting={kept.isFleeting}
              zone={zone}
              onKeep={keep}
              onForget={kept.forget}
            />
          )}
        </section>
      </div>
    </div>
  );
}
