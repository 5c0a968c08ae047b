import { MARKER_SHAPES } from '../model/plot-series.js';
import type { MarkerGeometry } from '../view/marker-geometry.js';

const SIZE_PX = 8;

/** Marks, each outlined in the background so that it stands out from the candle behind it. */
export function drawMarkers(
  context: CanvasRenderingContext2D,
  markers: MarkerGeometry,
  pen: { color: string; negativeColor: string; background: string; dpr: number },
): void {
  const half = Math.round((SIZE_PX * pen.dpr) / 2);
  context.lineWidth = Math.max(1, Math.round(pen.dpr)) * 2;
  context.strokeStyle = pen.background;
  for (let mark = 0; mark < markers.count; mark++) {
    const shape = MARKER_SHAPES[markers.shape[mark]!] ?? 'dot';
    context.fillStyle = shape === 'arrow-down' || shape === 'cross' ? pen.negativeColor : pen.color;
    context.beginPath();
    outline(context, shape, Math.round(markers.x[mark]!), Math.round(markers.y[mark]!), half);
    context.stroke();
    context.fill();
  }
}

function outline(
  context: CanvasRenderingContext2D,
  shape: (typeof MARKER_SHAPES)[number],
  x: number,
  y: number,
  half: number,
): void {
  switch (shape) {
    case 'dot':
      context.arc(x, y, half * 0.75, 0, Math.PI * 2);
      return;
    case 'square':
      context.rect(x - half * 0.75, y - half * 0.75, half * 1.5, half * 1.5);
      return;
    case 'cross': {
      const arm = half / 3;
      context.rect(x - half, y - arm, half * 2, arm * 2);
      context.rect(x - arm, y - half, arm * 2, half * 2);
      return;
    }
    // An arrow's tip touches its price: buys point up from below, sells down from above.
    case 'arrow-up':
    case 'arrow-down': {
      const away = shape === 'arrow-up' ? 1 : -1;
      context.moveTo(x, y);
      context.lineTo(x + half, y + half * 1.5 * away);
      context.lineTo(x - half, y + half * 1.5 * away);
      context.closePath();
    }
  }
}
