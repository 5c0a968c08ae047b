import type { ParamSpecs } from '@wickworks/engine';
import { TIMEFRAMES } from '@wickworks/core';
import { ArrowUp, ChevronDown, X } from 'lucide-react';
import type { SetupStrategy } from '../../data/backtests-setup.js';
import { Checkbox } from '../../ui/checkbox.js';
import { Combobox } from '../../ui/combobox.js';
import { Field } from '../../ui/field.js';
import { IconButton } from '../../ui/icon-button.js';
import type { Option } from '../../ui/option.js';
import { Select } from '../../ui/select.js';
import { NumberField } from './number-field.js';
import { ParamSliders } from './param-sliders.js';

export interface StrategyCardProps {
  /** Its place in the order in which they are asked, from 1 on. */
  place: number;
  strategy: SetupStrategy;
  specs: ParamSpecs;
  options: readonly Option[];
  /** Markets of the run. */
  symbols: readonly string[];
  onChoose: (key: string) => void;
  onChange: (change: Partial<SetupStrategy>) => void;
  /** A slider is on the move. */
  onMoving: (isMoving: boolean) => void;
  onRemove: () => void;
  /** Asked earlier; left out for the first. */
  onRaise?: () => void;
}

/** One of several strategies on one account: what it is, on which candles and markets, with how much of the deposit. */
export function StrategyCard(props: StrategyCardProps) {
  const { place, strategy, specs, options, symbols, onChoose, onChange, onMoving, onRemove, onRaise } = props;
  const { document, allocation, params } = strategy;
  const traded = strategy.symbols?.filter((symbol) => symbols.includes(symbol)) ?? symbols;
  const toggle = (symbol: string, isOn: boolean): void => {
    const next = symbols.filter((one) => (one === symbol ? isOn : traded.includes(one)));
    if (next.length > 0) onChange({ symbols: next.length === symbols.length ? null : next });
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 border-2 border-line p-3">
      <legend className="caps px-1 text-muted">{`Strategy ${String(place)}`}</legend>
      <div className="flex items-center gap-1">
        <Combobox
          label={`Strategy ${String(place)}`}
          options={options}
          value={strategy.origin}
          onChange={onChoose}
          className="min-w-0 flex-1"
        />
        {onRaise === undefined ? null : (
          <IconButton
            icon={ArrowUp}
            label={`Ask strategy ${String(place)} earlier`}
            size="sm"
            tipSide="left"
            onClick={onRaise}
          />
        )}
        <IconButton icon={X} label={`Remove strategy ${String(place)}`} size="sm" tipSide="left" onClick={onRemove} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Timeframe">
          {(control) => (
            <Select
              {...control}
              label="Timeframe"
              options={TIMEFRAMES.map((one) => ({ value: one, label: one }))}
              value={document.timeframe}
              onChange={(timeframe) => onChange({ document: { ...document, timeframe } })}
            />
          )}
        </Field>
        <NumberField
          label="Of the deposit, %"
          value={allocation === null ? null : Number((allocation * 100).toPrecision(12))}
          empty="the rest"
          check={(percent) => (percent > 0 && percent <= 100 ? undefined : 'must be above 0 and at most 100')}
          onChange={(percent) => onChange({ allocation: percent === null ? null : percent / 100 })}
        />
      </div>
      {symbols.length < 2 ? null : (
        <div
          role="group"
          aria-label={`Markets of strategy ${String(place)}`}
          className="flex flex-wrap gap-x-4 gap-y-1"
        >
          {symbols.map((symbol) => (
            <Checkbox
              key={symbol}
              checked={traded.includes(symbol)}
              onCheckedChange={(isOn) => toggle(symbol, isOn === true)}
            >
              {symbol}
            </Checkbox>
          ))}
        </div>
      )}
      {Object.keys(specs).length === 0 ? null : (
        <details className="group/params">
          <summary className="flex min-h-8 items-center gap-2 text-xs text-muted hover:text-ink focus-visible:-outline-offset-1">
            <span className="flex-1">Parameters</span>
            <span className="truncate text-ink group-open/params:hidden">
              {Object.entries(specs)
                .flatMap(([name, spec]) => ('default' in spec ? [String(params[name] ?? spec.default)] : []))
                .join(' · ')}
            </span>
            <ChevronDown className="size-4 shrink-0 group-open/params:rotate-180" aria-hidden />
          </summary>
          <div className="pt-2">
            <ParamSliders
              specs={specs}
              values={params}
              onChange={(name, value, isMoving) => {
                onMoving(isMoving);
                onChange({ params: { ...params, [name]: value } });
              }}
            />
          </div>
        </details>
      )}
    </fieldset>
  );
}
