import { useMemo } from 'react';
import { DataTable } from '../../ui/data-table.js';
import { Panel } from '../../ui/panel.js';
import { ScrollArea } from '../../ui/scroll-area.js';
import type { TableColumn } from '../../ui/table-model.js';
import { Sample } from './sample.js';

const COUNT = 100_000;

/** A number 0..1 that depends on `row` and `salt` only. */
const noise = (row: number, salt: number): number => (((row + 1) * 2_654_435_761 * salt) % 1_000_003) / 1_000_003;

export function TableSamples() {
  const columns = useMemo<readonly TableColumn[]>(() => {
    const change = (row: number): number => noise(row, 7) - 0.5;
    return [
      { id: 'row', header: 'Row', align: 'left', ascending: true, value: (row) => row + 1 },
      {
        id: 'price',
        header: 'Price',
        value: (row) => noise(row, 3) * 1_000,
        text: (row) => (noise(row, 3) * 1_000).toFixed(2),
      },
      {
        id: 'change',
        header: 'Change',
        value: change,
        text: (row) => `${(change(row) * 100).toFixed(2)} %`,
        tone: (row) => (change(row) < 0 ? 'text-down' : 'text-up'),
      },
      {
        id: 'note',
        header: 'Note',
        align: 'left',
        value: (row) => (row % 3 === 0 ? null : `note ${String(row % 10)}`),
      },
    ];
  }, []);
  return (
    <Panel title="Tables">
      <Sample name="Data table: 100,000 rows; sort by the header, arrows, Ctrl+C copies CSV" className="block">
        <DataTable
          label="Sample of 100,000 rows"
          columns={columns}
          rowCount={COUNT}
          className="h-64 border-2 border-line"
        />
      </Sample>
      <Sample name="Data table: empty" className="block">
        <DataTable
          label="Empty sample"
          columns={columns}
          rowCount={0}
          empty="No fills yet."
          className="border-2 border-line"
        />
      </Sample>
      <Sample name="Scroll area" className="block">
        <ScrollArea label="Sample text" className="h-20 border-2 border-line p-2 text-sm">
          {Array.from({ length: 12 }, (_, line) => (
            <p key={line}>Line {line + 1} of a text that is longer than its place.</p>
          ))}
        </ScrollArea>
      </Sample>
    </Panel>
  );
}
