import type { Timeframe } from '@wickworks/core';
import { DownloadCloud } from 'lucide-react';
import { useState } from 'react';
import { useExchanges, useMarkets } from '../../data/hooks.js';
import { useBackfill } from '../../data/stored-data-hooks.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { Button } from '../../ui/button.js';
import { Combobox } from '../../ui/combobox.js';
import { Field } from '../../ui/field.js';
import { Input } from '../../ui/input.js';
import { Select } from '../../ui/select.js';
import { notify } from '../../ui/toast-store.js';
import { parseUtcDate } from './parse-date.js';
import { TimeframeField } from './timeframe-field.js';

const DATE_ERROR = 'A date such as 2024-01-31, if needed with a time: 2024-01-31 14:30.';

/** Asks the server to fetch candles of a past range into its store. */
export function BackfillForm() {
  const start = useWorkspace((workspace) => workspace);
  const [exchange, setExchange] = useState(start.exchange);
  const [symbol, setSymbol] = useState<string | null>(start.symbol);
  const [timeframe, setTimeframe] = useState<Timeframe>(start.timeframe);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [isTried, setTried] = useState(false);
  const exchanges = useExchanges();
  const markets = useMarkets(exchange, '');
  const backfill = useBackfill();

  const fromMs = parseUtcDate(from);
  const toMs = to.trim() === '' ? undefined : parseUtcDate(to);
  const fromError = fromMs === null ? DATE_ERROR : undefined;
  const toError =
    toMs === null
      ? DATE_ERROR
      : toMs !== undefined && fromMs !== null && toMs <= fromMs
        ? 'Must be later than “From”.'
        : undefined;

  const submit = (): void => {
    setTried(true);
    if (fromMs === null || toMs === null || toError !== undefined || symbol === null) return;
    backfill.mutate(
      { exchange, symbol, timeframe, fromMs, ...(toMs === undefined ? {} : { toMs }) },
      {
        onSuccess: () => {
          setTried(false);
          notify({ tone: 'good', title: 'Backfill started', text: `${symbol} ${timeframe} from ${from}` });
        },
        onError: (error) => notify({ tone: 'bad', title: 'Backfill refused', text: error.message }),
      },
    );
  };

  return (
    <form
      aria-label="Backfill"
      className="grid grid-cols-1 items-start gap-3 p-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Exchange">
        {(control) => (
          <Select
            {...control}
            label="Exchange"
            value={exchange}
            onChange={(value) => {
              setExchange(value);
              setSymbol(null);
            }}
            options={(exchanges.data ?? []).map((item) => ({ value: item.id, label: item.title }))}
          />
        )}
      </Field>
      <Field label="Market" {...(isTried && symbol === null ? { error: 'Choose a market.' } : {})}>
        {(control) => (
          <Combobox
            {...control}
            label="Markets"
            value={symbol}
            onChange={setSymbol}
            options={(markets.data ?? []).map((market) => ({ value: market.symbol, label: market.symbol }))}
          />
        )}
      </Field>
      <TimeframeField value={timeframe} onChange={setTimeframe} />
      <Field label="From (UTC)" {...(isTried && fromError !== undefined ? { error: fromError } : {})}>
        {(control) => (
          <Input
            {...control}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            placeholder="2024-01-01"
            inputMode="numeric"
          />
        )}
      </Field>
      <Field label="To (UTC)" {...(isTried && toError !== undefined ? { error: toError } : {})}>
        {(control) => (
          <Input
            {...control}
            value={to}
            onChange={(event) => setTo(event.target.value)}
            placeholder="now"
            inputMode="numeric"
          />
        )}
      </Field>
      <Button type="submit" tone="primary" busy={backfill.isPending} className="sm:mt-5">
        <DownloadCloud aria-hidden />
        Backfill
      </Button>
    </form>
  );
}
