import { BACKTEST_STRATEGIES_MAX } from '@wickworks/contracts';
import type { ParamSpecs } from '@wickworks/engine';
import { Pencil } from 'lucide-react';
import { Link } from 'react-router';
import { setupStrategy, type SetupStrategy } from '../../data/backtests-setup.js';
import { useStrategyChoices } from '../../data/strategies-hooks.js';
import { Button } from '../../ui/button.js';
import { Combobox } from '../../ui/combobox.js';
import { StrategyCard } from './strategy-card.js';

export interface StrategySectionProps {
  strategies: readonly SetupStrategy[];
  /** Parameters of each; of one in code known once it has run. */
  specs: readonly ParamSpecs[];
  /** Markets of the run. */
  symbols: readonly string[];
  onChange: (strategies: SetupStrategy[]) => void;
  onMoving: (isMoving: boolean) => void;
}

const percent = (ratio: number): string => `${String(Number((ratio * 100).toPrecision(12)))} %`;

/** What is tested: one strategy, or several that share the account. */
export function StrategySection({ strategies, specs, symbols, onChange, onMoving }: StrategySectionProps) {
  const choices = useStrategyChoices();
  const unsaved = strategies
    .filter(({ origin }) => !choices.some(({ key }) => key === origin))
    .map(({ origin, document }) => ({ key: origin, name: document.name, hint: 'not saved', document }));
  const shown = [...new Map([...unsaved, ...choices].map((choice) => [choice.key, choice])).values()];
  const options = shown.map(({ key, name, hint }) => ({ value: key, label: name, hint }));
  const set = (at: number, change: Partial<SetupStrategy>): void =>
    onChange(strategies.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const chosen = (key: string, take: (made: SetupStrategy) => void): void => {
    const choice = shown.find((one) => one.key === key);
    if (choice) take(setupStrategy(choice.document, key));
  };
  const [first] = strategies;
  const isFull = strategies.length >= BACKTEST_STRATEGIES_MAX;
  const add =
    first === undefined || isFull ? null : (
      <Combobox
        label="Add a strategy"
        placeholder="+ Add a strategy to the account"
        options={options}
        value={null}
        onChange={(key) => chosen(key, (made) => onChange([...strategies, made]))}
      />
    );
  if (strategies.length < 2)
    return (
      <>
        <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2">
          <Combobox
            label="Strategy"
            options={options}
            value={first?.origin ?? null}
            onChange={(key) => chosen(key, (made) => onChange([made]))}
            placeholder="Choose a strategy"
          />
          <Button asChild aria-label="Edit this strategy">
            <Link to="/strategies" state={first === undefined ? null : { edit: first.origin }}>
              <Pencil aria-hidden /> Edit
            </Link>
          </Button>
        </div>
        {first?.document.description === undefined ? null : (
          <p className="text-2xs text-muted">{first.document.description}</p>
        )}
        {add}
      </>
    );
  const reserved = strategies.reduce((sum, { allocation }) => sum + (allocation ?? 0), 0);
  return (
    <>
      {strategies.map((strategy, at) => (
        <StrategyCard
          key={`${String(at)} ${strategy.origin}`}
          place={at + 1}
          strategy={strategy}
          specs={specs[at] ?? {}}
          options={options}
          symbols={symbols}
          onChoose={(key) => chosen(key, (made) => set(at, { ...made, allocation: strategy.allocation }))}
          onChange={(change) => set(at, change)}
          onMoving={onMoving}
          onRemove={() => onChange(strategies.filter((_, index) => index !== at))}
          {...(at > 0 && {
            onRaise: () => onChange(strategies.with(at, strategies[at - 1]!).with(at - 1, strategy)),
          })}
        />
      ))}
      {add}
      <p className={reserved > 1 + 1e-9 ? 'text-xs font-bold text-down' : 'text-xs text-muted'}>
        {reserved > 1 + 1e-9
          ? `× ${percent(reserved)} of the deposit is reserved: there is only 100 %.`
          : `${percent(reserved)} of the deposit is reserved. At the same moment they are asked in this order.`}
      </p>
    </>
  );
}
