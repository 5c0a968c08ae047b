import { isObject, type Json, type Path } from '../../data/strategies-json.js';
import { Field } from '../../ui/field.js';
import { Select } from '../../ui/select.js';
import { ExpressionEditor } from './expression-editor.js';
import { AmountField } from './fields.js';
import { usePlace } from './form-context.js';

const TRAILING: Json = { type: 'trailing-stop', trail: { kind: 'ratio', ratio: 0.01 }, expiresAfter: 12 };
/** Types of orders, and what a fresh one looks like; a market order is none that is written down. */
const ORDERS: readonly { readonly value: string; readonly label: string; readonly fresh: Json | undefined }[] = [
  { value: 'market', label: 'Market, next open', fresh: undefined },
  { value: 'limit', label: 'Limit', fresh: { type: 'limit', offset: 0.001 } },
  { value: 'stop', label: 'Stop', fresh: { type: 'stop', offset: 0.001 } },
  { value: 'stop-limit', label: 'Stop-limit', fresh: { type: 'stop-limit', offset: 0.001, limitOffset: 0.001 } },
  { value: 'trailing-stop', label: 'Trailing', fresh: TRAILING },
];
const DISTANCES: readonly { readonly value: string; readonly label: string; readonly fresh: Json }[] = [
  { value: 'ratio', label: 'Share of the price', fresh: { kind: 'ratio', ratio: 0.01 } },
  { value: 'atr', label: 'ATR multiple', fresh: { kind: 'atr', period: 14, multiple: 1 } },
];
const GRID = 'grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(160px,1fr))]';

/** How the order of a rule is placed; another type begins afresh, so that nothing of the last one stays behind. */
export function OrderFields({ path }: { path: Path }) {
  const { value, error, set } = usePlace(path);
  const given = isObject(value) ? value['type'] : undefined;
  const type = ORDERS.find(({ value: known }) => known === given)?.value ?? 'market';
  const isPriced = type === 'limit' || type === 'stop' || type === 'stop-limit';
  return (
    <>
      <div className={GRID}>
        <Field label="Order" {...(error === undefined ? {} : { error })}>
          {(control) => (
            <Select
              {...control}
              label="Order"
              options={ORDERS}
              value={type}
              onChange={(next) => set(ORDERS.find(({ value: known }) => known === next)?.fresh)}
            />
          )}
        </Field>
        {type === 'trailing-stop' ? <TrailFields path={[...path, 'trail']} /> : null}
        {type === 'market' ? null : (
          <AmountField label="Expires after candles" path={[...path, 'expiresAfter']} optional={isPriced} />
        )}
      </div>
      {isPriced ? (
        <PriceFields
          label={type === 'limit' ? 'Limit' : 'Stop'}
          from="Offset from the close"
          path={path}
          names={{ price: 'price', offset: 'offset' }}
        />
      ) : null}
      {type === 'stop-limit' ? (
        <PriceFields
          label="Limit"
          from="Offset beyond the stop"
          path={path}
          names={{ price: 'limitPrice', offset: 'limitOffset' }}
        />
      ) : null}
    </>
  );
}

/** A price of an order: by offset or by expression, never by both. */
function PriceFields({
  label,
  from,
  path,
  names,
}: {
  label: string;
  from: string;
  path: Path;
  names: { price: string; offset: string };
}) {
  const { value, set } = usePlace(path);
  const { [names.price]: price, [names.offset]: _offset, ...rest } = isObject(value) ? value : {};
  const by = price === undefined ? 'offset' : 'price';
  return (
    <div className={GRID}>
      <Field label={`${label} by`}>
        {(control) => (
          <Select
            {...control}
            label={`${label} by`}
            options={[
              { value: 'offset', label: from },
              { value: 'price', label: 'Price' },
            ]}
            value={by}
            onChange={(next) =>
              set({ ...rest, ...(next === 'price' ? { [names.price]: 'close' } : { [names.offset]: 0.001 }) })
            }
          />
        )}
      </Field>
      {by === 'offset' ? (
        <AmountField label={from} path={[...path, names.offset]} hint="Ratio" />
      ) : (
        <div className="col-span-full">
          <ExpressionEditor label={`${label} price`} path={[...path, names.price]} />
        </div>
      )}
    </div>
  );
}

/** How far a trailing order stays behind the best price. */
function TrailFields({ path }: { path: Path }) {
  const { value, set } = usePlace(path);
  const kind = isObject(value) && value['kind'] === 'atr' ? 'atr' : 'ratio';
  return (
    <>
      <Field label="Trails by">
        {(control) => (
          <Select
            {...control}
            label="Trails by"
            options={DISTANCES}
            value={kind}
            onChange={(next) => set(DISTANCES.find(({ value: known }) => known === next)?.fresh)}
          />
        )}
      </Field>
      {kind === 'ratio' ? (
        <AmountField label="Distance" path={[...path, 'ratio']} hint="0.01 is 1 %" />
      ) : (
        <>
          <AmountField label="Period" path={[...path, 'period']} />
          <AmountField label="Multiple" path={[...path, 'multiple']} />
        </>
      )}
    </>
  );
}
