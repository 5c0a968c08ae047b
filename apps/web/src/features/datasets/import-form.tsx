import { ExchangeId, SymbolName } from '@wickworks/contracts';
import type { Timeframe } from '@wickworks/core';
import { FileUp, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useImportDataset } from '../../data/stored-data-hooks.js';
import { useWorkspace } from '../../data/workspace-slice.js';
import { formatCount } from '../../format/number.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { FileInput } from '../../ui/file-input.js';
import { Input } from '../../ui/input.js';
import { notify } from '../../ui/toast-store.js';
import { TimeframeField } from './timeframe-field.js';

/** Stores the candles of a CSV file: any exchange's, whether it is configured here or not. */
export function ImportForm() {
  const start = useWorkspace((workspace) => workspace);
  const [exchange, setExchange] = useState(start.exchange);
  const [symbol, setSymbol] = useState(start.symbol);
  const [timeframe, setTimeframe] = useState<Timeframe>(start.timeframe);
  const [refusal, setRefusal] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const upload = useRef<AbortController>(null);
  const store = useImportDataset();

  const isExchange = ExchangeId.safeParse(exchange).success;
  const isSymbol = SymbolName.safeParse(symbol).success;
  const send = (file: File): void => {
    setRefusal(null);
    upload.current = new AbortController();
    store.mutate(
      { key: { exchange, symbol, timeframe }, file, signal: upload.current.signal },
      {
        onSuccess: ({ added, unchanged, corrected }) =>
          notify({
            tone: 'good',
            title: `${file.name} imported`,
            text: `${formatCount(added)} candles added, ${formatCount(unchanged)} known already, ${formatCount(corrected)} corrected`,
          }),
        onError: ({ message }) =>
          setRefusal(upload.current?.signal.aborted === true ? 'Cancelled: nothing was imported.' : message),
      },
    );
  };

  return (
    <form
      aria-label="Import"
      className="grid grid-cols-1 items-start gap-3 p-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isExchange && isSymbol) picker.current?.click();
      }}
    >
      <Field label="Exchange" {...(isExchange ? {} : { error: 'A name such as binance.' })}>
        {(control) => (
          <Input {...control} value={exchange} onChange={({ target }) => setExchange(target.value.toLowerCase())} />
        )}
      </Field>
      <Field label="Market" {...(isSymbol ? {} : { error: 'A pair such as BTC/USDT.' })}>
        {(control) => (
          <Input {...control} value={symbol} onChange={({ target }) => setSymbol(target.value.toUpperCase())} />
        )}
      </Field>
      <TimeframeField value={timeframe} onChange={setTimeframe} />
      <FileInput ref={picker} label="Candle file" accept=".csv,.gz,text/csv,application/gzip" onFile={send} />
      {store.isPending ? (
        <Button className="sm:mt-5" onClick={() => upload.current?.abort()}>
          <X aria-hidden /> Cancel
        </Button>
      ) : (
        <Button type="submit" className="sm:mt-5">
          <FileUp aria-hidden /> Import a file
        </Button>
      )}
      <p className="col-span-full text-xs text-muted" role={refusal === null ? undefined : 'alert'}>
        {refusal === null ? (
          <>
            CSV, plain or gzip: <code>time,open,high,low,close,volume</code>, ms UTC. One bad row refuses the file, by
            its line.
          </>
        ) : (
          <span className="text-down">{refusal}</span>
        )}
      </p>
    </form>
  );
}
