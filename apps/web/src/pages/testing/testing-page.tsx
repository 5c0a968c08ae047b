import { isRules, type AnyStrategyDocument } from '@wickworks/contracts';
import type { ParamSpecs } from '@wickworks/engine';
import { FlaskConical, Play, Square } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useFrameTimes } from '../../data/backtests-frames.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import type { TestReport } from '../../data/engine-worker-protocol.js';
import { useKeptRuns } from '../../data/kept-runs.js';
import { strategyNames } from '../../features/report/setup-words.js';
import { zoneName } from '../../format/time.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { PageHeader } from '../../ui/page-header.js';
import { Progress } from '../../ui/progress.js';
import { ReportView } from './report-view.js';
import { SetupPanel } from './setup-panel.js';
import { ShareMenu } from './share-menu.js';
import { useEngine } from './use-engine.js';
import { useSetup, useTestRequest } from './use-setup.js';

const PHASES = {
  loading: 'Loading candles',
  running: 'Running',
  hashing: 'Fingerprints',
  proving: 'Bias proof',
} as const;
/** After the last movement of a slider the full run follows, with fingerprints and proof. */
const SETTLE_MS = 350;

/** What a strategy declares: rules say it themselves, of code the engine learns it by running it. */
function specsOf(document: AnyStrategyDocument | null, report: TestReport | null): ParamSpecs {
  if (document === null) return {};
  if (isRules(document)) return document.params;
  const ran = report?.setup.strategy;
  const isSame = typeof ran === 'object' && ran !== null && 'source' in ran && ran.source === document.source;
  return report !== null && isSame ? report.specs : {};
}

/** Tests a strategy on the past, in this browser, as fast as a slider moves. */
export function TestingPage() {
  const { engine, state } = useEngine();
  const { setup, change } = useSetup();
  const request = useTestRequest(setup);
  const zone = zoneName(useWorkspace((workspace) => workspace.timeZone));
  const [isMoving, setMoving] = useState(false);
  const kept = useKeptRuns();
  const frames = useFrameTimes(isMoving);
  const asked = useRef<typeof request>(null);

  // Each change of what is asked for runs at once: a preview while a slider moves, then the whole.
  useEffect(() => {
    if (engine === null || request === null || asked.current === request) return undefined;
    asked.current = request;
    engine.run(request, { preview: isMoving });
    return undefined;
  }, [engine, request, isMoving]);
  useEffect(() => {
    if (!isMoving || request === null) return undefined;
    const timer = setTimeout(() => {
      setMoving(false);
      engine?.run(request, { preview: false });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [engine, isMoving, request]);

  const keep = (): void => {
    if (state.report === null) return;
    const { report } = state;
    kept.keep((id) => `${String(id)} · ${strategyNames(report.setup).join(' + ')}`, report);
  };

  const { progress, fault, report } = state;
  const specs = useMemo(() => specsOf(setup.document, report), [setup.document, report]);
  return (
    <div className="flex min-h-full flex-col">
      <PageHeader
        title="Testing"
        text="A strategy on the past, run in this browser with the engine of the server. Move a slider and watch."
        actions={
          <>
            {progress === null ? (
              <Button
                tone="primary"
                disabled={request === null}
                onClick={() => request && engine?.run(request, { preview: false })}
              >
                <Play aria-hidden /> Run
              </Button>
            ) : (
              <Button onClick={() => engine?.cancel()}>
                <Square aria-hidden /> Cancel
              </Button>
            )}
            {engine === null ? null : (
              <ShareMenu engine={engine} hasResult={report !== null && report.resultHash !== null} />
            )}
          </>
        }
      />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[340px_minmax(0,1fr)]">
        <SetupPanel setup={setup} specs={specs} issues={fault?.issues ?? []} onChange={change} onMoving={setMoving} />
        <div className="flex min-w-0 flex-col gap-3 p-4" data-testid="report" aria-busy={progress !== null}>
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
              <ul className="mt-1 text-xs">
                {fault.issues.map(({ path, message }) => (
                  <li key={`${path} ${message}`}>
                    <code>{path}</code>: {message}
                  </li>
                ))}
              </ul>
            </div>
          )}
          {setup.document === null ? (
            <EmptyState
              icon={FlaskConical}
              title="Which strategy?"
              text="Choose one of the examples or one of your own at the side; or write one on the strategies page."
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
        </div>
      </div>
    </div>
  );
}
