import { Plus, X } from 'lucide-react';
import { isList, isObject, type Json, type Path } from '../../data/strategies-json.js';
import { IconButton } from '../../ui/icon-button.js';
import { NativeSelect } from '../../ui/native-select.js';
import { AmountField, OperandField } from './fields.js';
import { useForm, usePlace } from './form-context.js';

const LISTS = ['add', 'mul', 'min', 'max'] as const;
const PAIRS = ['sub', 'div'] as const;
const KINDS = [
  { value: 'value', label: 'value' },
  { value: 'ago', label: '… candles ago' },
  { value: 'add', label: 'sum of' },
  { value: 'sub', label: 'difference' },
  { value: 'mul', label: 'product of' },
  { value: 'div', label: 'ratio' },
  { value: 'min', label: 'least of' },
  { value: 'max', label: 'most of' },
  { value: 'abs', label: 'size of' },
  { value: 'highest', label: 'highest over' },
  { value: 'lowest', label: 'lowest over' },
  { value: 'since', label: 'candles since' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

function kindOf(value: Json | undefined): Kind {
  if (!isObject(value)) return 'value';
  return KINDS.find(({ value: kind }) => Object.hasOwn(value, kind))?.value ?? 'value';
}

/** The same thought as another kind of expression: what was there stays inside it. */
function converted(value: Json | undefined, kind: Kind): Json {
  const inner: Json = firstOperand(value);
  switch (kind) {
    case 'value':
      return isObject(inner) ? 'close' : inner;
    case 'ago':
      return { ago: 1, of: inner };
    case 'add':
    case 'mul':
    case 'min':
    case 'max':
    case 'sub':
    case 'div':
      return { [kind]: [inner, 1] };
    case 'abs':
      return { abs: inner };
    case 'highest':
    case 'lowest':
      return { [kind]: inner, over: 20 };
    case 'since':
      return { since: { crossesAbove: [inner, 0] } };
  }
}

function firstOperand(value: Json | undefined): Json {
  if (value === undefined) return 'close';
  if (!isObject(value)) return value;
  const kind = kindOf(value);
  const inside = kind === 'ago' ? value['of'] : value[kind];
  if (isList(inside)) return inside[0] ?? 'close';
  return kind === 'since' ? 'close' : (inside ?? 'close');
}

/** A number at a candle, from a plain name up to nested operations. */
export function ExpressionEditor({ label, path }: { label: string; path: Path }) {
  const { value, set } = usePlace(path);
  const kind = kindOf(value);
  return (
    <span
      role="group"
      aria-label={label}
      className="flex min-w-[min(100%,9rem)] flex-1 flex-wrap items-start gap-1 border-l-2 border-hair pl-1"
    >
      <NativeSelect
        label={`${label}: kind`}
        className="h-8 border-2 border-line touch:h-10"
        options={KINDS}
        value={kind}
        onChange={(next) => set(converted(value, next))}
      />
      <Parts label={label} kind={kind} path={path} value={value} set={set} />
    </span>
  );
}

function Parts({
  label,
  kind,
  path,
  value,
  set,
}: {
  label: string;
  kind: Kind;
  path: Path;
  value: Json | undefined;
  set: (value: Json) => void;
}) {
  const { ConditionEditor } = useForm();
  if (kind === 'value') return <OperandField label={label} path={path} />;
  if (kind === 'ago')
    return (
      <>
        <AmountField label="Candles ago" path={[...path, 'ago']} className="w-28" />
        <ExpressionEditor label="Of" path={[...path, 'of']} />
      </>
    );
  if (kind === 'abs') return <ExpressionEditor label="Of" path={[...path, 'abs']} />;
  if (kind === 'highest' || kind === 'lowest')
    return (
      <>
        <AmountField label="Over candles" path={[...path, 'over']} className="w-28" />
        <ExpressionEditor label="Of" path={[...path, kind]} />
      </>
    );
  if (kind === 'since') return <ConditionEditor label="Since" path={[...path, 'since']} />;
  const inside = isObject(value) ? value[kind] : undefined;
  const items = isList(inside) ? inside : [];
  const isGrowing = LISTS.some((name) => name === kind) && !PAIRS.some((name) => name === kind);
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      {items.map((_, index) => (
        <span key={index} className="flex flex-wrap items-start gap-1">
          <ExpressionEditor label={`Part ${String(index + 1)}`} path={[...path, kind, index]} />
          {isGrowing && items.length > 2 ? (
            <IconButton
              icon={X}
              label={`Remove part ${String(index + 1)}`}
              tipSide="left"
              onClick={() => set({ [kind]: items.toSpliced(index, 1) })}
            />
          ) : null}
        </span>
      ))}
      {isGrowing ? (
        <IconButton icon={Plus} label="Add a part" size="sm" onClick={() => set({ [kind]: [...items, 1] })} />
      ) : null}
    </span>
  );
}
