import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { cn } from './cn.js';
import { copyText } from './copy-text.js';
import { nextSort, orderRows, tableToCsv, type TableColumn, type TableSort } from './table-model.js';

export interface DataTableProps {
  label: string;
  columns: readonly TableColumn[];
  rowCount: number;
  /** A new value says that the data behind `columns` changed. */
  version?: number | string;
  sort?: TableSort | null;
  onSortChange?: (sort: TableSort) => void;
  /** Enter or double click on a row. */
  onOpenRow?: (row: number) => void;
  empty?: ReactNode;
  rowClass?: (row: number) => string | undefined;
  className?: string;
}

const ROW_PX = 24;

/**
 * A table of any length: only the rows in sight exist. One tab stop; arrows move the active cell, Page Up and Down
 * leap, Ctrl+Home and Ctrl+End go to the ends, Enter opens, Ctrl+C copies everything as CSV in the order shown.
 */
export function DataTable(props: DataTableProps) {
  const { label, columns, rowCount, version, onOpenRow, empty, rowClass, className } = props;
  const [ownSort, setOwnSort] = useState<TableSort | null>(null);
  const [cell, setCell] = useState({ position: 0, column: 0 });
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const sort = props.sort === undefined ? ownSort : props.sort;

  const rowAt = useMemo(
    () =>
      orderRows(
        rowCount,
        columns.find((column) => column.id === sort?.column),
        sort?.direction ?? 'ascending',
      ),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- version stands for the data that the columns read
    [rowCount, columns, sort?.column, sort?.direction, version],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- concerns the React compiler, which we do not use
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    scrollPaddingStart: ROW_PX + 8,
  });

  const position = Math.min(cell.position, Math.max(0, rowCount - 1));
  const template = columns.map((column) => column.width ?? 'minmax(72px, 1fr)').join(' ');
  const cellId = (row: number, column: number): string => `${id}-${String(row)}-${String(column)}`;

  const changeSort = (column: string): void => {
    const next = nextSort(sort, column);
    setOwnSort(next);
    props.onSortChange?.(next);
  };
  const move = (row: number, column: number): void => {
    const target = Math.min(Math.max(0, row), Math.max(0, rowCount - 1));
    setCell({ position: target, column: Math.min(Math.max(0, column), columns.length - 1) });
    if (rowCount > 0) virtual.scrollToIndex(target);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return; // a sort button has the focus
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_PX) / ROW_PX) - 2);
    const chord = event.ctrlKey || event.metaKey;
    if (chord && event.key.toLowerCase() === 'c') {
      if (getSelection()?.isCollapsed === false) return; // the person marked some text: that is what they want
      copyText(tableToCsv(columns, rowCount, rowAt), `${String(rowCount)} rows as CSV`);
    } else if (event.key === 'ArrowDown') move(position + 1, cell.column);
    else if (event.key === 'ArrowUp') move(position - 1, cell.column);
    else if (event.key === 'ArrowRight') move(position, cell.column + 1);
    else if (event.key === 'ArrowLeft') move(position, cell.column - 1);
    else if (event.key === 'PageDown') move(position + page, cell.column);
    else if (event.key === 'PageUp') move(position - page, cell.column);
    else if (event.key === 'Home') move(chord ? 0 : position, chord ? cell.column : 0);
    else if (event.key === 'End') move(chord ? rowCount - 1 : position, chord ? cell.column : columns.length - 1);
    else if (event.key === 'Enter' && rowCount > 0) onOpenRow?.(rowAt(position));
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-activedescendant={rowCount > 0 ? cellId(position, cell.column) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cn(
        'group/grid min-h-0 overflow-auto overscroll-contain text-xs focus-visible:-outline-offset-2',
        className,
      )}
    >
      <div
        role="row"
        aria-rowindex={1}
        className="sticky top-0 z-10 grid h-7 w-max min-w-full border-b-2 border-line bg-bg"
        style={{ gridTemplateColumns: template }}
      >
        {columns.map((column) => {
          const sorted = sort?.column === column.id ? sort.direction : undefined;
          const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
          return (
            <div key={column.id} role="columnheader" aria-sort={sorted ?? 'none'} className="min-w-0">
              <button
                type="button"
                onClick={() => changeSort(column.id)}
                className={cn(
                  'flex size-full items-center gap-1 px-2 text-2xs font-bold uppercase hover:bg-raised focus-visible:-outline-offset-2',
                  column.align === 'left' ? 'justify-start' : 'flex-row-reverse justify-start',
                  sorted === undefined ? 'text-muted' : 'text-ink',
                )}
              >
                <span className="truncate">{column.header}</span>
                <Arrow
                  className={cn('size-3 shrink-0', sorted === undefined && 'invisible')}
                  strokeWidth={3}
                  aria-hidden
                />
              </button>
            </div>
          );
        })}
      </div>
      {rowCount === 0 ? (
        <div className="p-4 text-center text-sm text-muted">{empty ?? 'No rows.'}</div>
      ) : (
        <div role="rowgroup" className="relative w-max min-w-full" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rowAt(item.index);
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                onDoubleClick={() => onOpenRow?.(row)}
                className={cn(
                  'absolute inset-x-0 grid items-center border-b border-hair hover:bg-raised',
                  rowClass?.(row),
                )}
                style={{
                  height: item.size,
                  gridTemplateColumns: template,
                  transform: `translateY(${String(item.start)}px)`,
                }}
              >
                {columns.map((column, columnIndex) => (
                  <div
                    key={column.id}
                    id={cellId(item.index, columnIndex)}
                    role="gridcell"
                    aria-colindex={columnIndex + 1}
                    onPointerDown={() => setCell({ position: item.index, column: columnIndex })}
                    className={cn(
                      'h-full truncate px-2 leading-6',
                      column.align === 'left' ? 'text-left' : 'text-right',
                      column.tone?.(row),
                      item.index === position &&
                        columnIndex === cell.column &&
                        'group-focus-visible/grid:bg-accent group-focus-visible/grid:text-accent-ink',
                    )}
                  >
                    {column.text?.(row) ?? column.value(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
