import { DatabaseZap } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorBoundary } from '../../ui/error-boundary.js';
import { ErrorState } from '../../ui/error-state.js';
import { Panel } from '../../ui/panel.js';
import { Progress } from '../../ui/progress.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Sample } from './sample.js';

export function FeedbackSamples() {
  const [isRunning, setRunning] = useState(true);
  return (
    <Panel title="State">
      <Sample name="Badge">
        <Badge>Plain</Badge>
        <Badge tone="solid">Solid</Badge>
        <Badge tone="accent">Replay</Badge>
        <Badge tone="up">Live</Badge>
        <Badge tone="warn">Stale</Badge>
        <Badge tone="down">Down</Badge>
        <Badge tone="muted">Off</Badge>
      </Sample>
      <Sample name="Progress: known, with cancel, unknown, done" className="grid grid-cols-1 sm:grid-cols-2">
        <Progress label="BTC/USDT 1m" ratio={0.42} detail="2024-03-01 of 2024-12-31" />
        {isRunning ? (
          <Progress
            label="ETH/USDT 1h"
            ratio={0.07}
            detail="Waiting for the rate limit"
            onCancel={() => setRunning(false)}
          />
        ) : (
          <Button onClick={() => setRunning(true)}>Start again</Button>
        )}
        <Progress label="Counting" ratio={null} />
        <Progress label="Done" ratio={1} />
      </Sample>
      <Sample name="Skeleton" className="grid grid-cols-1 gap-1">
        <Skeleton />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/3" />
      </Sample>
      <Sample name="Empty" className="block">
        <EmptyState
          icon={DatabaseZap}
          title="No data stored yet"
          text="Candles are stored as they stream, and by backfill."
          action={<Button tone="primary">Backfill</Button>}
        />
      </Sample>
      <Sample name="Error" className="block">
        <ErrorState
          title="Datasets could not be loaded"
          text="The server did not answer within 10 s."
          reference="req-7f3a"
          onRetry={() => undefined}
        />
      </Sample>
      <Sample name="Error boundary" className="block">
        <Breakable />
      </Sample>
    </Panel>
  );
}

function Breakable() {
  const [isBroken, setBroken] = useState(false);
  return (
    <ErrorBoundary subject="The sample" resetKey={String(isBroken)}>
      {isBroken ? <Broken /> : <Button onClick={() => setBroken(true)}>Break this sample</Button>}
    </ErrorBoundary>
  );
}

function Broken(): never {
  throw new Error('Broken on request.');
}
