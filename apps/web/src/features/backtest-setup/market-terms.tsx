import { BacktestMarketRef, type BacktestConfig } from '@wickworks/contracts';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { formatCount } from '../../format/number.js';
import { Button } from '../../ui/button.js';
import { cn } from '../../ui/cn.js';
import { Field } from '../../ui/field.js';
import { FileInput } from '../../ui/file-input.js';
import { controlStyle } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { NumberField, wordsOf } from './number-field.js';
import { readPayments, writePayments, type Funding, type Payments } from './read-funding.js';

const BPS = 10_000;
/** What most perpetuals pay when nothing happens. */
const USUAL_RATIO = 0.0001;

const KINDS = [
  { value: 'none', label: 'None' },
  { value: 'constant', label: 'Constant' },
  { value: 'list', label: 'List' },
] as const;
type Kind = (typeof KINDS)[number]['value'];

const kindOf = (funding: Funding | undefined): Kind =>
  funding === undefined ? 'none' : typeof funding === 'number' ? 'constant' : 'list';

/** What a market has of its own, in a few words; empty when nothing. */
export function wordsOfTerms({ makerFeeBps, takerFeeBps, funding }: BacktestMarketRef): string {
  const fees = makerFeeBps ?? takerFeeBps;
  const words = fees === undefined ? [] : [`${String(makerFeeBps ?? '–')}/${String(takerFeeBps ?? '–')} bps`];
  return [...words, ...(funding === undefined ? [] : ['funding'])].join(', ');
}

export interface MarketTermsProps {
  market: BacktestMarketRef;
  /** Whose fees count where the market has none of its own. */
  config: BacktestConfig;
  /** What is tested; payments outside of it are left out. */
  range: { readonly fromMs: number; readonly toMs: number };
  onChange: (market: BacktestMarketRef) => void;
}

/** Fees that differ from the account's, and funding. */
export function MarketTerms({ market, config, range, onChange }: MarketTermsProps) {
  const { funding } = market;
  const [kind, setKind] = useState<Kind>(() => kindOf(funding));
  const set = (change: Partial<BacktestMarketRef>): void => {
    // A key without a value would be another setup than none.
    const { makerFeeBps, takerFeeBps, funding: paid, ...where } = { ...market, ...change };
    onChange({
      ...where,
      ...(makerFeeBps === undefined ? {} : { makerFeeBps }),
      ...(takerFeeBps === undefined ? {} : { takerFeeBps }),
      ...(paid === undefined ? {} : { funding: paid }),
    });
  };
  const feeField = (label: string, key: 'makerFeeBps' | 'takerFeeBps') => (
    <NumberField
      label={label}
      value={market[key] ?? null}
      empty={`${String(config[key])} as the account`}
      check={(value) => wordsOf(BacktestMarketRef.safeParse({ ...market, [key]: value }).error)}
      onChange={(value) => set({ [key]: value ?? undefined })}
    />
  );
  const choose = (next: Kind): void => {
    setKind(next);
    if (next === 'none') set({ funding: undefined });
    if (next === 'constant') set({ funding: typeof funding === 'number' ? funding : USUAL_RATIO });
    if (next === 'list' && typeof funding === 'number') set({ funding: undefined });
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 text-xs font-bold">{market.symbol}</legend>
      <div className="grid grid-cols-2 gap-3">
        {feeField('Own maker fee, bps', 'makerFeeBps')}
        {feeField('Own taker fee, bps', 'takerFeeBps')}
        <Field label="Funding">
          {(control) => <Select {...control} label="Funding" options={KINDS} value={kind} onChange={choose} />}
        </Field>
        {kind === 'constant' ? (
          <NumberField
            label="Every 8 h, bps"
            value={typeof funding === 'number' ? Number((funding * BPS).toPrecision(12)) : null}
            check={(value) =>
              BacktestMarketRef.safeParse({ ...market, funding: value / BPS }).success
                ? undefined
                : 'must be between -10000 and 10000'
            }
            onChange={(value) => set({ funding: value === null ? undefined : value / BPS })}
          />
        ) : null}
      </div>
      {kind === 'constant' ? (
        <p className="-mt-2 text-xs text-muted">Longs pay it to shorts; negative: shorts pay.</p>
      ) : null}
      {kind === 'list' ? (
        <PaymentsField
          payments={typeof funding === 'object' ? funding : []}
          range={range}
          onChange={(payments) => set({ funding: payments })}
        />
      ) : null}
    </fieldset>
  );
}

const HINT = 'A line each: time (UTC), ratio. 2025-01-01T08:00Z, 0.0001';

function PaymentsField({
  payments,
  range,
  onChange,
}: {
  payments: Payments;
  range: { readonly fromMs: number; readonly toMs: number };
  onChange: (payments: Payments) => void;
}) {
  const [text, setText] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const read = text === null || text.trim() === '' ? null : readPayments(text);
  const take = (next: string): void => {
    setText(next);
    const given = readPayments(next);
    if (given.ok) onChange(given.value);
  };
  const within = payments.filter(([timeMs]) => timeMs >= range.fromMs && timeMs < range.toMs).length;
  const count =
    payments.length === 0
      ? 'No funding yet'
      : `${formatCount(within)} of ${formatCount(payments.length)} payments lie in the tested range`;
  return (
    <>
      <Field label="Payments" hint={HINT} {...(read !== null && !read.ok ? { error: `Payments: ${read.error}` } : {})}>
        {(control) => (
          <textarea
            {...control}
            rows={5}
            spellCheck={false}
            className={cn(controlStyle(), 'h-28 resize-y py-1 text-xs')}
            placeholder={'time,ratio'}
            value={text ?? writePayments(payments)}
            onChange={({ target }) => take(target.value)}
            onBlur={() => {
              if (read?.ok === true) setText(null);
            }}
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <FileInput
          ref={picker}
          label="File of payments"
          accept=".csv,.txt,text/csv,text/plain"
          onFile={(file) => void file.text().then(take)}
        />
        <Button size="sm" onClick={() => picker.current?.click()}>
          <FileUp aria-hidden /> From a file
        </Button>
        <p className="text-xs text-muted" role="status">
          {count}
        </p>
      </div>
    </>
  );
}
