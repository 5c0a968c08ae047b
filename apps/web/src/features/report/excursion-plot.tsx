import { useCallback } from 'react';
import type { TradeColumns } from '../../data/engine-worker-protocol.js';
import { formatChange } from '../../format/number.js';
import { CanvasPlot, type PlotSurface } from './canvas-plot.js';

const EDGE_PX = 28;
/** Holds the labels beside the axis. */
const LEFT_PX = 64;
/** Farther than this from every point, the pointer means none. */
const REACH_PX = 14;

export interface ExcursionPlotProps {
  trades: TradeColumns;
  kind: 'mae' | 'mfe';
  onPick: (trade: number) => void;
  className?: string;
}

/** Each trade by how far it went against (or for) us and by what it made: where stops and targets would have been. */
export function ExcursionPlot({ trades, kind, onPick, className }: ExcursionPlotProps) {
  const across = kind === 'mae' ? trades.maeRatio : trades.mfeRatio;
  const { count, returnRatio } = trades;
  const place = useCallback(
    ({ width, height }: { width: number; height: number }) => {
      let [right, top, bottom] = [1e-6, 1e-6, -1e-6];
      for (let index = 0; index < count; index++) {
        right = Math.max(right, across[index]!);
        top = Math.max(top, returnRatio[index]!);
        bottom = Math.min(bottom, returnRatio[index]!);
      }
      return {
        right,
        top,
        bottom,
        x: (ratio: number) => LEFT_PX + (ratio / right) * (width - LEFT_PX - 12),
        y: (ratio: number) => 10 + ((top - ratio) / (top - bottom)) * (height - EDGE_PX - 10),
      };
    },
    [across, count, returnRatio],
  );
  const paint = useCallback(
    ({ context, width, height, theme, cursor }: PlotSurface) => {
      const { x, y, right, top, bottom } = place({ width, height });
      context.font = `11px ${theme.fontFamily}`;
      context.fillStyle = theme.muted;
      context.textBaseline = 'middle';
      context.textAlign = 'right';
      context.fillText(formatChange(top), LEFT_PX - 6, 10);
      context.fillText(formatChange(bottom), LEFT_PX - 6, height - EDGE_PX);
      context.fillText(`${kind === 'mae' ? 'against' : 'for'} us ${formatChange(right)}`, width - 12, height - 10);
      context.textAlign = 'left';
      context.strokeStyle = theme.border;
      context.beginPath();
      context.moveTo(LEFT_PX, Math.round(y(0)) + 0.5);
      context.lineTo(width - 12, Math.round(y(0)) + 0.5);
      context.moveTo(LEFT_PX + 0.5, 10);
      context.lineTo(LEFT_PX + 0.5, height - EDGE_PX);
      context.stroke();
      const size = count > 2_000 ? 2 : count > 300 ? 3 : 5;
      context.globalAlpha = count > 2_000 ? 0.5 : 0.8;
      for (let index = 0; index < count; index++) {
        const made = returnRatio[index]!;
        context.fillStyle = made >= 0 ? theme.up : theme.down;
        const [cx, cy] = [x(across[index]!), y(made)];
        // Wins are round, losses square: the shape says what the colour says.
        if (made >= 0 && size > 2) {
          context.beginPath();
          context.arc(cx, cy, size / 2, 0, Math.PI * 2);
          context.fill();
        } else context.fillRect(cx - size / 2, cy - size / 2, size, size);
      }
      context.globalAlpha = 1;
      if (cursor === null) return;
      context.strokeStyle = theme.foreground;
      context.lineWidth = 2;
      context.strokeRect(x(across[cursor]!) - 5, y(returnRatio[cursor]!) - 5, 10, 10);
    },
    [across, count, kind, place, returnRatio],
  );
  const pointAt = (px: number, py: number, size: { width: number; height: number }): number | null => {
    const { x, y } = place(size);
    let best: number | null = null;
    let distance = REACH_PX ** 2;
    for (let index = 0; index < count; index++) {
      const away = (x(across[index]!) - px) ** 2 + (y(returnRatio[index]!) - py) ** 2;
      if (away < distance) [best, distance] = [index, away];
    }
    return best;
  };
  return (
    <CanvasPlot
      label={kind === 'mae' ? 'Adverse excursion of each trade' : 'Favourable excursion of each trade'}
      count={count}
      paint={paint}
      pointAt={pointAt}
      describe={(index) =>
        `trade ${String(index + 1)}: ${kind === 'mae' ? 'against' : 'for'} us ${formatChange(across[index]!)}, made ${formatChange(returnRatio[index]!)}`
      }
      onPick={onPick}
      {...(className === undefined ? {} : { className })}
    />
  );
}
