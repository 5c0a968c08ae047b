import type { ParamSpecs } from '@wickworks/engine';
import { ChevronDown } from 'lucide-react';
import { useId, type ReactNode, type Ref } from 'react';
import type { TestSetup } from '../../data/backtests-setup.js';
import { CostFields } from '../../features/backtest-setup/cost-fields.js';
import { MarketFields } from '../../features/backtest-setup/market-fields.js';
import { ParamSliders } from '../../features/backtest-setup/param-sliders.js';
import { RangeFields } from '../../features/backtest-setup/range-fields.js';
import { StrategySection } from '../../features/backtest-setup/strategy-section.js';
import { Checkbox } from '../../ui/checkbox.js';
import { Field } from '../../ui/field.js';
import { Select } from '../../ui/select.js';
import { ToggleGroup } from '../../ui/toggle-group.js';
import { canUseTrades, finerThanAll } from './use-setup.js';

export interface SetupPanelProps {
  ref: Ref<HTMLFormElement>;
  setup: TestSetup;
  /** Parameters of each strategy; of those in code known once they have run. */
  specs: readonly ParamSpecs[];
  onChange: (change: Partial<TestSetup>) => void;
  /** A slider is on the move. */
  onMoving: (isMoving: boolean) => void;
  /** How much of the range stored trades cover, 0..1; 0: of one market there are none. */
  tradesCover: number;
  /** May start runs on the server. */
  canRunOnServer: boolean;
}

/** Everything that decides a run: strategies, markets, range, parameters, costs. */
export function SetupPanel({ ref, setup, specs, onChange, onMoving, tradesCover, canRunOnServer }: SetupPanelProps) {
  const { strategies } = setup;
  const [first] = strategies;
  const isShared = strategies.length > 1;
  const finer = finerThanAll(strategies);
  const withTrades = canUseTrades(setup, tradesCover);
  return (
    <form
      ref={ref}
      aria-label="What to test"
      tabIndex={-1}
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-col border-line outline-none max-md:border-b-2 md:border-r-2"
    >
      <Section title={isShared ? 'Strategies on one account' : 'Strategy'}>
        <StrategySection
          strategies={strategies}
          specs={specs}
          symbols={setup.markets.map(({ symbol }) => symbol)}
          onChange={(next) => onChange({ strategies: next })}
          onMoving={onMoving}
        />
      </Section>
      {first === undefined || isShared ? null : (
        <Section title="Parameters">
          <ParamSliders
            specs={specs[0] ?? {}}
            values={first.params}
            onChange={(name, value, isMoving) => {
              onMoving(isMoving);
              onChange({ strategies: [{ ...first, params: { ...first.params, [name]: value } }] });
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
      {canRunOnServer ? (
        <Section title="Run on">
          <ToggleGroup
            label="Run on"
            className="w-full"
            options={[
              { value: 'browser', label: 'This browser', disabled: withTrades },
              { value: 'server', label: 'Server' },
            ]}
            value={withTrades ? 'server' : setup.runsOn}
            onChange={(runsOn) => onChange({ runsOn })}
          />
          {withTrades || setup.runsOn === 'server' ? (
            <p className="text-xs text-muted">Starts with “Run” and goes on when this page is closed.</p>
          ) : null}
        </Section>
      ) : null}
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
          {first === undefined ? null : (
            <Field label="Inside a candle" hint="Finer candles decide what came first; without, the worse is assumed">
              {(control) => (
                <Select
                  {...control}
                  label="Inside a candle"
                  options={[
                    { value: '', label: 'The worse order' },
                    ...finer.map((one) => ({ value: one, label: `${one} candles` })),
                  ]}
                  value={finer.find((one) => one === setup.detailTimeframe) ?? ''}
                  onChange={(next) => onChange({ detailTimeframe: next === '' ? null : next })}
                />
              )}
            </Field>
          )}
          {tradesCover === 0 || !canRunOnServer ? null : (
            <div>
              <Checkbox
                checked={setup.detailTrades}
                onCheckedChange={(isOn) => onChange({ detailTrades: isOn === true })}
              >
                Trades (when stored)
              </Checkbox>
              <p className="text-xs text-muted">
                Stored trades cover {tradesCover < 0.01 ? 'less than 1' : String(Math.floor(tradesCover * 100))} % of
                the range. Where every trade of a candle is there they decide what came first; the server runs it.
              </p>
            </div>
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
