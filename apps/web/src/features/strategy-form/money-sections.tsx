import { isList, isObject, withItemMoved, type Json, type Path } from '../../data/strategies-json.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Select } from '../../ui/select.js';
import { ExpressionEditor } from './expression-editor.js';
import { AmountField, FlagField } from './fields.js';
import { usePlace } from './form-context.js';
import { ItemBox, ItemButtons } from './item-box.js';
import { OptionalPart, Section } from './section.js';

/** A kind of a part: its name, its fields, and what a fresh one looks like. */
interface KindSpec {
  readonly value: string;
  readonly label: string;
  readonly amounts: readonly { name: string; label: string; hint?: string; optional?: boolean }[];
  /** Has a price that is an expression. */
  readonly price?: boolean;
  readonly fresh: Json;
}

const SIZES: readonly KindSpec[] = [
  {
    value: 'equity',
    label: 'Share of equity',
    amounts: [{ name: 'ratio', label: 'Ratio', hint: '0.5 is half' }],
    fresh: { kind: 'equity', ratio: 0.95 },
  },
  {
    value: 'quote',
    label: 'Fixed money',
    amounts: [{ name: 'amount', label: 'Quote' }],
    fresh: { kind: 'quote', amount: 1_000 },
  },
  {
    value: 'quantity',
    label: 'Fixed quantity',
    amounts: [{ name: 'amount', label: 'Base' }],
    fresh: { kind: 'quantity', amount: 0.01 },
  },
  {
    value: 'risk',
    label: 'Risk to the stop',
    amounts: [{ name: 'ratio', label: 'Loss at the stop', hint: 'Ratio of equity' }],
    fresh: { kind: 'risk', ratio: 0.01 },
  },
  {
    value: 'volatility',
    label: 'Volatility target',
    amounts: [
      { name: 'targetRatio', label: 'Target a year', hint: 'Ratio' },
      { name: 'period', label: 'Candles' },
    ],
    fresh: { kind: 'volatility', targetRatio: 0.2, period: 100 },
  },
  {
    value: 'kelly',
    label: 'Kelly fraction',
    amounts: [
      { name: 'fraction', label: 'Fraction' },
      { name: 'cap', label: 'Cap' },
      { name: 'tradesMin', label: 'Trades needed' },
    ],
    fresh: { kind: 'kelly', fraction: 0.5, cap: 0.25, tradesMin: 30 },
  },
];
const LEVELS: readonly KindSpec[] = [
  {
    value: 'ratio',
    label: 'Distance',
    amounts: [{ name: 'ratio', label: 'Ratio', hint: '0.02 is 2 %' }],
    fresh: { kind: 'ratio', ratio: 0.02 },
  },
  {
    value: 'atr',
    label: 'ATR multiple',
    amounts: [
      { name: 'period', label: 'Period' },
      { name: 'multiple', label: 'Multiple' },
    ],
    fresh: { kind: 'atr', period: 14, multiple: 2 },
  },
  { value: 'price', label: 'Price', amounts: [], price: true, fresh: { kind: 'price', price: 'low' } },
];
const SHARE = { name: 'share', label: 'Share closed', hint: 'Ratio', optional: true };
const TARGETS: readonly KindSpec[] = [
  ...LEVELS.map((level) => ({ ...level, amounts: [...level.amounts, SHARE] })),
  {
    value: 'risk',
    label: 'Multiple of the risk',
    amounts: [{ name: 'multiple', label: 'Multiple' }, SHARE],
    fresh: { kind: 'risk', multiple: 2 },
  },
];
const TRAILS: readonly KindSpec[] = LEVELS.filter(({ price }) => price !== true).map((level) => ({
  ...level,
  amounts: [...level.amounts, { name: 'from', label: 'Begins at profit', hint: 'Ratio', optional: true }],
}));
const PAUSE = [
  { name: 'within', label: 'Within candles' },
  { name: 'pause', label: 'Pause, candles' },
];
const PROTECTIONS: readonly KindSpec[] = [
  {
    value: 'stop-loss-guard',
    label: 'Stop-loss guard',
    amounts: [{ name: 'losses', label: 'Losing stops' }, ...PAUSE],
    fresh: { kind: 'stop-loss-guard', losses: 3, within: 1_440, pause: 720 },
  },
  {
    value: 'max-drawdown',
    label: 'Greatest drawdown',
    amounts: [{ name: 'ratio', label: 'Drawdown', hint: 'Ratio' }, ...PAUSE],
    fresh: { kind: 'max-drawdown', ratio: 0.1, within: 1_440, pause: 1_440 },
  },
  {
    value: 'low-profit',
    label: 'Low profit',
    amounts: [
      { name: 'trades', label: 'Trades' },
      { name: 'returnRatio', label: 'Made less than', hint: 'Ratio' },
      ...PAUSE,
    ],
    fresh: { kind: 'low-profit', trades: 5, within: 1_440, returnRatio: 0, pause: 720 },
  },
];

/** A part whose fields depend on its kind. */
function KindFields({ label, path, kinds }: { label: string; path: Path; kinds: readonly KindSpec[] }) {
  const { value, set } = usePlace(path);
  const kind = isObject(value) ? value['kind'] : undefined;
  const spec = kinds.find((candidate) => candidate.value === kind) ?? kinds[0];
  if (spec === undefined) return null;
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(150px,1fr))]">
      <Field label={label}>
        {(control) => (
          <Select
            {...control}
            label={label}
            options={kinds.map(({ value: id, label: name }) => ({ value: id, label: name }))}
            value={spec.value}
            onChange={(next) => set(kinds.find((candidate) => candidate.value === next)?.fresh)}
          />
        )}
      </Field>
      {spec.amounts.map(({ name, ...field }) => (
        <AmountField key={name} path={[...path, name]} {...field} />
      ))}
      {spec.price === true ? (
        <div className="col-span-full">
          <ExpressionEditor label={`${label}: price`} path={[...path, 'price']} />
        </div>
      ) : null}
    </div>
  );
}

/** Parts of the same sort in a list, such as targets. */
function KindList({ title, path, kinds }: { title: string; path: Path; kinds: readonly KindSpec[] }) {
  const { value, set } = usePlace(path);
  const items = isList(value) ? value : [];
  const remove = (index: number): void => set(items.length === 1 ? undefined : items.toSpliced(index, 1));
  return (
    <>
      {items.map((_, index) => (
        <ItemBox
          key={index}
          title={`${title} ${String(index + 1)}`}
          what={`${title} ${String(index + 1)}`}
          index={index}
          count={items.length}
          onMove={(by) => set(withItemMoved(items, index, by))}
          onRemove={() => remove(index)}
        >
          <KindFields label="Kind" path={[...path, index]} kinds={kinds} />
        </ItemBox>
      ))}
      <Button data-add size="sm" className="self-start" onClick={() => set([...items, kinds[0]?.fresh ?? null])}>
        + {title}
      </Button>
    </>
  );
}

/** How much to buy or sell. */
export function SizeSection() {
  return (
    <Section title="Size" under="size">
      <KindFields label="Size by" path={['size']} kinds={SIZES} />
    </Section>
  );
}

/** Where a position ends by itself. */
export function LevelsSection() {
  return (
    <Section
      title="Stops and targets"
      under="stopLoss"
      text="Measured from the entry price. Both in one candle: the stop counts."
    >
      <OptionalPart title="Stop-loss" path={['stopLoss']} fresh={{ kind: 'ratio', ratio: 0.02 }}>
        <KindFields label="Stop by" path={['stopLoss']} kinds={LEVELS} />
      </OptionalPart>
      <KindList title="Target" path={['takeProfit']} kinds={TARGETS} />
      <OptionalPart title="Trailing stop" path={['trailingStop']} fresh={{ kind: 'ratio', ratio: 0.02 }}>
        <KindFields label="Trail by" path={['trailingStop']} kinds={TRAILS} />
      </OptionalPart>
      <OptionalPart title="Break-even" path={['breakEven']} fresh={{ at: 0.01 }}>
        <div className="grid grid-cols-2 gap-3">
          <AmountField label="Once in profit by" path={['breakEven', 'at']} hint="Ratio" />
          <AmountField label="Above the entry by" path={['breakEven', 'offset']} hint="Ratio" optional />
        </div>
      </OptionalPart>
      <OptionalPart title="Time stop" path={['timeStop']} fresh={{ candles: 100 }}>
        <AmountField label="Candles" path={['timeStop', 'candles']} />
      </OptionalPart>
      <RoiTable />
    </Section>
  );
}

function RoiTable() {
  const { value, set } = usePlace(['roi']);
  const rows = isList(value) ? value : [];
  return (
    <>
      {rows.map((_, index) => (
        <div
          key={index}
          data-item
          className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-end gap-2 max-sm:grid-cols-2"
        >
          <AmountField label="After candles" path={['roi', index, 'after']} />
          <AmountField label="Take profit of" path={['roi', index, 'ratio']} />
          <ItemButtons
            what={`step ${String(index + 1)} of the profit table`}
            index={index}
            count={rows.length}
            onMove={(by) => set(withItemMoved(rows, index, by))}
            onRemove={() => set(rows.length === 1 ? undefined : rows.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button
        data-add
        size="sm"
        className="self-start"
        onClick={() => set([...rows, { after: rows.length * 60, ratio: 0.02 }])}
      >
        + Step of a profit table
      </Button>
    </>
  );
}

/** Adding to positions, and pauses after trouble. */
export function ManagementSection() {
  return (
    <Section title="Further entries and pauses" under="protections">
      <OptionalPart title="Pyramiding" path={['pyramiding']} fresh={{ entriesMax: 3, step: 0.01 }}>
        <div className="grid grid-cols-2 gap-3">
          <AmountField label="Entries at most" path={['pyramiding', 'entriesMax']} />
          <AmountField label="Move since the last" path={['pyramiding', 'step']} hint="Ratio" optional />
        </div>
        <FlagField label="Average down: add when the price went against us" path={['pyramiding', 'averageDown']} />
      </OptionalPart>
      <OptionalPart title="Cooldown" path={['cooldown']} fresh={{ candles: 5 }}>
        <div className="grid grid-cols-2 gap-3">
          <AmountField label="After a trade, candles" path={['cooldown', 'candles']} optional />
          <AmountField label="After a loss, candles" path={['cooldown', 'afterLoss']} optional />
        </div>
      </OptionalPart>
      <KindList title="Protection" path={['protections']} kinds={PROTECTIONS} />
    </Section>
  );
}
