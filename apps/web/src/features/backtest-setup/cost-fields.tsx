import { BacktestConfig, type SlippageSpec } from '@wickworks/contracts';
import { Checkbox } from '../../ui/checkbox.js';
import { Field } from '../../ui/field.js';
import { Select } from '../../ui/select.js';
import { NumberField, wordsOf } from './number-field.js';

const SLIPPAGE: readonly { value: SlippageSpec['kind']; label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'bps', label: 'Basis points' },
  { value: 'half-spread', label: 'Half the spread' },
  { value: 'volume-share', label: 'Share of volume' },
  { value: 'square-root', label: 'Square-root impact' },
];

function slippageOf(kind: SlippageSpec['kind']): SlippageSpec {
  switch (kind) {
    case 'none':
      return { kind };
    case 'bps':
      return { kind, bps: 2 };
    case 'half-spread':
      return { kind, spreadBps: 2 };
    case 'volume-share':
      return { kind, impact: 0.1 };
    case 'square-root':
      return { kind, coefficient: 0.5 };
  }
}

const SLIPPAGE_FIELD = {
  bps: { label: 'Slippage, bps' },
  'half-spread': { label: 'Spread, bps' },
  'volume-share': { label: 'Impact at the whole volume' },
  'square-root': { label: 'Coefficient' },
} as const;

function amountOf(slippage: Exclude<SlippageSpec, { kind: 'none' }>): number {
  switch (slippage.kind) {
    case 'bps':
      return slippage.bps;
    case 'half-spread':
      return slippage.spreadBps;
    case 'volume-share':
      return slippage.impact;
    case 'square-root':
      return slippage.coefficient;
  }
}

function withAmount(slippage: Exclude<SlippageSpec, { kind: 'none' }>, amount: number): SlippageSpec {
  switch (slippage.kind) {
    case 'bps':
      return { kind: 'bps', bps: amount };
    case 'half-spread':
      return { kind: 'half-spread', spreadBps: amount };
    case 'volume-share':
      return { kind: 'volume-share', impact: amount };
    case 'square-root':
      return { kind: 'square-root', coefficient: amount };
  }
}

export interface CostFieldsProps {
  config: BacktestConfig;
  onChange: (config: BacktestConfig) => void;
}

/** Deposit, fees and everything else that stands between a signal and its profit. */
export function CostFields({ config, onChange }: CostFieldsProps) {
  const set = (change: Partial<BacktestConfig>): void => onChange({ ...config, ...change });
  /** The very schema of the server says what is accepted. */
  const check =
    (make: (value: number) => Partial<BacktestConfig>) =>
    (value: number): string | undefined =>
      wordsOf(BacktestConfig.safeParse({ ...config, ...make(value) }).error);
  const field = (label: string, value: number, make: (value: number) => Partial<BacktestConfig>, hint?: string) => (
    <NumberField
      key={label}
      label={label}
      value={value}
      check={check(make)}
      onChange={(next) => set(make(next ?? value))}
      {...(hint === undefined ? {} : { hint })}
    />
  );
  const { slippage } = config;
  return (
    <div className="grid grid-cols-2 gap-3">
      {field('Deposit', Number(config.cash), (value) => ({ cash: String(value) }))}
      {field('Leverage', config.leverage, (leverage) => ({ leverage }))}
      {field('Maker fee, bps', config.makerFeeBps, (makerFeeBps) => ({ makerFeeBps }))}
      {field('Taker fee, bps', config.takerFeeBps, (takerFeeBps) => ({ takerFeeBps }))}
      <Field label="Slippage model">
        {(control) => (
          <Select
            {...control}
            label="Slippage model"
            options={SLIPPAGE}
            value={slippage.kind}
            onChange={(kind) => set({ slippage: slippageOf(kind) })}
          />
        )}
      </Field>
      {slippage.kind === 'none'
        ? null
        : field(SLIPPAGE_FIELD[slippage.kind].label, amountOf(slippage), (amount) => ({
            slippage: withAmount(slippage, amount),
          }))}
      {field('Latency, ms', config.latencyMs, (latencyMs) => ({ latencyMs }))}
      {field(
        'Most of the volume',
        config.volumeShareMax ?? 0,
        (value) => ({ volumeShareMax: value === 0 ? null : value }),
        'Share 0 to 1 of a candle; 0: no cap',
      )}
      {field('Borrowing per day', config.borrowRatioPerDay, (borrowRatioPerDay) => ({ borrowRatioPerDay }), 'Ratio')}
      {field(
        'Maintenance margin',
        config.maintenanceRatio,
        (maintenanceRatio) => ({ maintenanceRatio }),
        'Ratio of the exposure; below it all is liquidated',
      )}
      {field('Liquidation, bps', config.liquidationFeeBps, (liquidationFeeBps) => ({ liquidationFeeBps }))}
      {field('Positions at once', config.positionsMax, (positionsMax) => ({ positionsMax }))}
      <Checkbox checked={config.shorting} onCheckedChange={(value) => set({ shorting: value === true })}>
        Short selling
      </Checkbox>
      <Checkbox checked={config.touchFills} onCheckedChange={(value) => set({ touchFills: value === true })}>
        Limits fill on touch
      </Checkbox>
    </div>
  );
}
