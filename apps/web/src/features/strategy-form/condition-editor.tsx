import { Plus } from 'lucide-react';
import { isList, isObject, withItemMoved, type Json, type Path } from '../../data/strategies-json.js';
import { Button } from '../../ui/button.js';
import { Input } from '../../ui/input.js';
import { NativeSelect } from '../../ui/native-select.js';
import { ExpressionEditor } from './expression-editor.js';
import { AmountField } from './fields.js';
import { useForm, usePlace } from './form-context.js';
import { ItemButtons } from './item-box.js';

const KINDS = [
  { value: 'compare', label: 'compare' },
  { value: 'crossesAbove', label: 'crosses above' },
  { value: 'crossesBelow', label: 'crosses below' },
  { value: 'rising', label: 'is rising' },
  { value: 'falling', label: 'is falling' },
  { value: 'between', label: 'is between' },
  { value: 'within', label: 'was true within' },
  { value: 'during', label: 'held during' },
  { value: 'all', label: 'all of' },
  { value: 'any', label: 'any of' },
  { value: 'atLeast', label: 'at least … of' },
  { value: 'not', label: 'not' },
  { value: 'time', label: 'time of day' },
  { value: 'name', label: 'named condition' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

const COMPARISONS = (['<', '<=', '>', '>=', '==', '!='] as const).map((value) => ({ value, label: value }));
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const FRESH: Json = { compare: ['close', '>', 0] };

function kindOf(value: Json | undefined): Kind {
  if (typeof value === 'string') return 'name';
  if (!isObject(value)) return 'compare';
  return KINDS.find(({ value: kind }) => Object.hasOwn(value, kind))?.value ?? 'compare';
}

/** Left and right of a condition about numbers. */
function operandsOf(value: Json | undefined): readonly [Json, Json] {
  if (!isObject(value)) return ['close', 0];
  const kind = kindOf(value);
  const inside = value[kind];
  if (kind === 'compare' && isList(inside)) return [inside[0] ?? 'close', inside[2] ?? 0];
  if (isList(inside) && ['crossesAbove', 'crossesBelow', 'between'].includes(kind))
    return [inside[0] ?? 'close', inside[1] ?? 0];
  if ((kind === 'rising' || kind === 'falling') && inside !== undefined) return [inside, 0];
  return ['close', 0];
}

/** The conditions inside a group, or the condition itself as the first of a new one. */
function membersOf(value: Json | undefined): readonly Json[] {
  if (isObject(value)) {
    const inside = value['all'] ?? value['any'] ?? value['of'] ?? value['not'];
    if (isList(inside)) return inside;
    if (inside !== undefined) return [inside];
  }
  return [value ?? FRESH];
}

/** The same thought as another kind of condition: what was there stays inside it where it can. */
function converted(value: Json | undefined, kind: Kind, names: readonly string[]): Json {
  const [left, right] = operandsOf(value);
  const members = membersOf(value);
  switch (kind) {
    case 'compare':
      return { compare: [left, '>', right] };
    case 'crossesAbove':
    case 'crossesBelow':
      return { [kind]: [left, right] };
    case 'rising':
    case 'falling':
      return { [kind]: left, over: 3 };
    case 'between':
      return { between: [left, right, 100] };
    case 'within':
    case 'during':
      return { [kind]: 5, of: members[0] ?? FRESH };
    case 'all':
    case 'any':
      return { [kind]: members };
    case 'atLeast':
      return { atLeast: 1, of: members };
    case 'not':
      return { not: members[0] ?? FRESH };
    case 'time':
      return { time: { from: '08:00', to: '16:00' } };
    case 'name':
      return names[0] ?? '';
  }
}

/** True or false at a candle: comparisons, crossings and times, joined by all, any, at least and not. */
export function ConditionEditor({ label, path }: { label: string; path: Path }) {
  const { value, error, set } = usePlace(path);
  const { conditions } = useForm();
  const kind = kindOf(value);
  return (
    <div role="group" aria-label={label} className="min-w-[min(100%,12rem)] flex-1 border-l-4 border-line pl-2">
      <div className="flex flex-wrap items-start gap-1">
        <NativeSelect
          label={`${label}: kind`}
          className="h-8 border-2 border-edge touch:h-10"
          options={KINDS}
          value={kind}
          onChange={(next) => set(converted(value, next, conditions))}
        />
        <Body kind={kind} path={path} value={value} set={set} />
      </div>
      {error === undefined ? null : (
        <p role="alert" className="text-2xs font-bold text-down">
          × {error}
        </p>
      )}
    </div>
  );
}

interface BodyProps {
  kind: Kind;
  path: Path;
  value: Json | undefined;
  set: (value: Json | undefined) => void;
}

function Body({ kind, path, value, set }: BodyProps) {
  const { conditions } = useForm();
  switch (kind) {
    case 'compare': {
      const inside = isObject(value) && isList(value['compare']) ? value['compare'] : ['close', '>', 0];
      return (
        <>
          <ExpressionEditor label="Left" path={[...path, 'compare', 0]} />
          <NativeSelect
            label="Comparison"
            className="h-8 border-2 border-line touch:h-10"
            options={COMPARISONS}
            value={COMPARISONS.find(({ value: sign }) => sign === inside[1])?.value ?? '>'}
            onChange={(sign) => set({ compare: inside.toSpliced(1, 1, sign) })}
          />
          <ExpressionEditor label="Right" path={[...path, 'compare', 2]} />
        </>
      );
    }
    case 'crossesAbove':
    case 'crossesBelow':
      return (
        <>
          <ExpressionEditor label="Line" path={[...path, kind, 0]} />
          <ExpressionEditor label="Level" path={[...path, kind, 1]} />
        </>
      );
    case 'rising':
    case 'falling':
      return (
        <>
          <ExpressionEditor label="What" path={[...path, kind]} />
          <AmountField label="Over candles" path={[...path, 'over']} className="w-28" />
        </>
      );
    case 'between':
      return (
        <>
          <ExpressionEditor label="What" path={[...path, 'between', 0]} />
          <ExpressionEditor label="From" path={[...path, 'between', 1]} />
          <ExpressionEditor label="To" path={[...path, 'between', 2]} />
        </>
      );
    case 'within':
    case 'during':
      return (
        <>
          <AmountField label="Candles" path={[...path, kind]} className="w-28" />
          <ConditionEditor label="Of" path={[...path, 'of']} />
        </>
      );
    case 'not':
      return <ConditionEditor label="Not" path={[...path, 'not']} />;
    case 'all':
    case 'any':
      return <Members path={[...path, kind]} />;
    case 'atLeast':
      return (
        <>
          <AmountField label="At least" path={[...path, 'atLeast']} className="w-28" />
          <Members path={[...path, 'of']} />
        </>
      );
    case 'time':
      return <TimeWindow path={[...path, 'time']} />;
    case 'name':
      return conditions.length === 0 ? (
        <p className="text-xs text-muted">No named conditions yet.</p>
      ) : (
        <NativeSelect
          label="Condition"
          className="h-8 border-2 border-line touch:h-10"
          options={conditions.map((name) => ({ value: name, label: name }))}
          value={typeof value === 'string' ? value : ''}
          onChange={set}
        />
      );
  }
}

function Members({ path }: { path: Path }) {
  const { value, set } = usePlace(path);
  const members = isList(value) ? value : [];
  return (
    <div className="flex w-full min-w-0 flex-col gap-2 pt-1">
      {members.map((_, index) => (
        <div key={index} data-item className="flex flex-wrap items-start gap-1">
          <ConditionEditor label={`Condition ${String(index + 1)}`} path={[...path, index]} />
          <ItemButtons
            what={`condition ${String(index + 1)}`}
            index={index}
            count={members.length}
            isKept={members.length === 1}
            onMove={(by) => set(withItemMoved(members, index, by))}
            onRemove={() => set(members.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button data-add size="sm" tone="ghost" className="self-start" onClick={() => set([...members, FRESH])}>
        <Plus aria-hidden /> Condition
      </Button>
    </div>
  );
}

function TimeWindow({ path }: { path: Path }) {
  const { value, set } = usePlace(path);
  const window = isObject(value) ? value : {};
  const days = isList(window['weekdays']) ? window['weekdays'] : [];
  const text = (name: 'from' | 'to'): string => {
    const time = window[name];
    return typeof time === 'string' ? time : '';
  };
  const change = (name: string, next: Json | undefined): void => {
    const { [name]: _gone, ...rest } = window;
    set(next === undefined ? rest : { ...rest, [name]: next });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {(['from', 'to'] as const).map((name) => (
        <label key={name} className="flex items-center gap-1 text-xs text-muted">
          {name}
          <Input
            type="time"
            value={text(name)}
            className="w-28"
            onChange={({ target }) => change(name, target.value === '' ? undefined : target.value)}
          />
        </label>
      ))}
      <span role="group" aria-label="Weekdays" className="flex">
        {WEEKDAYS.map((name, index) => {
          const day = index + 1;
          const isOn = days.includes(day);
          const next = (isOn ? days.filter((item) => item !== day) : [...days, day]).toSorted();
          return (
            <Button
              key={name}
              size="sm"
              tone={isOn ? 'primary' : 'plain'}
              aria-pressed={isOn}
              className="-ml-0.5 px-1.5"
              onClick={() => change('weekdays', next.length === 0 ? undefined : next)}
            >
              {name}
            </Button>
          );
        })}
      </span>
      <span className="text-2xs text-muted">UTC</span>
    </div>
  );
}
