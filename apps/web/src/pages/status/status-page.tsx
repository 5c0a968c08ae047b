import { ExchangePanel } from '../../features/server-status/exchange-panel.js';
import { HealthPanel } from '../../features/server-status/health-panel.js';
import { MetricsPanel } from '../../features/server-status/metrics-panel.js';
import { PageHeader } from '../../ui/page-header.js';

/** Whether everything works, and if not, which part. */
export function StatusPage() {
  return (
    <div>
      <PageHeader
        title="Status"
        text="The server, its exchanges and whether it keeps up. Everything refreshes by itself."
      />
      <div className="grid max-w-[2000px] grid-cols-[minmax(0,1fr)] items-start gap-4 p-4 sm:p-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <ExchangePanel />
          <MetricsPanel />
        </div>
        <HealthPanel />
      </div>
    </div>
  );
}
