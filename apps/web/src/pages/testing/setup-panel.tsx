import type { ParamSpecs } from '@wickworks/engine';
import { ChevronDown, Pencil } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { TestSetup } from '../../data/backtests-setup.js';
import type { TestIssue } from '../../data/engine-worker-protocol.js';
import { useStrategyChoices } from '../../data/strategies-hooks.js';
import { CostFields } from '../../features/backtest-setup/cost-fields.js';
import { MarketFields } from '../../features/backtest-setup/market-fields.js';
import { ParamSliders } from '../../features/backtest-setup/param-sliders.js';
import { RangeFields } from '../../features/backtest-setup/range-fields.js';
import { Button } from '../../ui/button.js';
import { Combobox } from '../../ui/combobox.js';
import { Field } from '../../ui/field.js';
import { Select } from '../../ui/select.js';
import { finerThan } from './use-setup.js';

export interface SetupPanelProps {
  setup: TestSetup;
  /** Parameters of the strategy; of one in code known once it has run. */
  specs: ParamSpecs;
  issues: readonly TestIssue[];
  onChange: (change: Partial<TestSetup>) => void;
  /** A slider is on the move. */
  onMoving: (isMoving: boolean) => void;
}

/** Everything that decides a run: strategy, markets, range, parameters, costs. */
export function SetupPanel({ setup, specs, onChange, onMoving }: SetupPanelProps) {
  const choices = useStrategyChoices();
  const { document } = setup;
  const shown =
    document === null || choices.some(({ key }) => key === setup.origin)
      ? choices
      : [{ key: setup.origin, name: document.name, hint: 'not saved', document }, ...choices];
  const choose = (key: string): void => {
    const chosen = shown.find((choice) => choice.key === key);
    if (chosen) onChange({ document: chosen.document, origin: key, params: {} });
  };
  return (
    <form
      aria-label="What to test"
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-col border-line max-lg:border-b-2 lg:border-r-2"
    >
      <Section title="Strategy">
        <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
          <Combobox
            label="Strategy"
            options={shown.map(({ key, name, hint }) => ({ value: key, label: name, hint }))}
            value={document === null ? null : setup.origin}
            onChange={choose}
            placeholder="Choose a strategy"
          />
          <Button asChild aria-label="Edit this strategy">
            <Link to="/strategies" state={document === null ? null : { edit: setup.origin }}>
              <Pencil aria-hidden /> Edit
            </Link>
          </Button>
        </div>
        {document?.description === undefined ? null : <p className="text-2xs text-muted">{document.description}</p>}
      </Section>
      {document === null ? null : (
        <Section title="Parameters">
          <ParamSliders
            specs={specs}
            values={setup.params}
            onChange={(name, value, isMoving) => {
              onMoving(isMoving);
              onChange({ params: { ...setup.params, [name]: value } });
            }}
          />
        </Section>
      )}
      <Section title="Market">
        <MarketFields
          markets={setup.markets}
          config={setup.config}
          range={setup}
          onChange={(markets) => onChange({ markets: [...markets] })}
        />
      </Section>
      <Section title="Range">
        <RangeFields range={setup} onChange={onChange} />
      </Section>
      <details className="group border-b-2 border-line">
        <summary className="caps flex h-9 items-center gap-2 px-4 text-muted hover:text-ink focus-visible:-outline-offset-2">
          <span className="flex-1">Costs and account</span>
          <span className="text-ink normal-case group-open:hidden">
            {setup.config.takerFeeBps} bps,{' '}
            {setup.config.slippage.kind === 'none' ? 'no slippage' : setup.config.slippage.kind}
          </span>
          <ChevronDown className="size-4 shrink-0 group-open:rotate-180" aria-hidden />
        </summary>
        <div className="flex flex-col gap-3 px-4 pb-4">
          {document === null ? null : (
            <Field label="Inside a candle" hint="Finer candles decide what came first; without, the worse is assumed">
              {(control) => (
                <Select
                  {...control}
                  label="Inside a candle"
                  options={[
                    { value: '', label: 'The worse order' },
                    ...finerThan(document.timeframe).map((one) => ({ value: one, label: `${one} candles` })),
                  ]}
                  value={finerThan(document.timeframe).find((one) => one === setup.detailTimeframe) ?? ''}
                  onChange={(next) => onChange({ detailTimeframe: next === '' ? null : next })}
                />
              )}
            </Field>
          )}
          <CostFields config={setup.config} onChange={(config) => onChange({ config })} />
        </div>
      </details>
    </form>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2 border-b-2 border-line p-4">
      <h2 id={id} className="caps text-muted">
        {title}
      </h2>
      {children}
    </section>
  );
}
