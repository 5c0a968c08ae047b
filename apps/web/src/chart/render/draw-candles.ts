import { HIGHER, RISING, type CandleGeometry } from '../view/candle-geometry.js';
import { addColumn, beginColumns } from './lines.js';

interface Tones {
  readonly up: string;
  readonly down: string;
  readonly background: string;
}

/** Filled candles; `hollow` leaves rising bodies open and colours by the previous close. */
export function drawCandles(
  context: CanvasRenderingContext2D,
  candles: CandleGeometry,
  tones: Tones,
  hollow: boolean,
): void {
  const bit = hollow ? HIGHER : RISING;
  drawTone(context, candles, bit, bit, tones.up);
  drawTone(context, candles, bit, 0, tones.down);
  if (hollow && candles.bodyWidth > candles.wickWidth * 2) hollowOut(context, candles, tones.background);
}

function drawTone(
  context: CanvasRenderingContext2D,
  candles: CandleGeometry,
  bit: number,
  wanted: number,
  color: string,
): void {
  const { count, x, highY, lowY, openY, closeY, tone, wickWidth, bodyWidth } = candles;
  const inset = (bodyWidth - wickWidth) / 2;
  context.fillStyle = color;
  beginColumns(context, color);
  for (let entry = 0; entry < count; entry++) {
    if ((tone[entry]! & bit) !== wanted) continue;
    const top = highY[entry]!;
    const height = Math.max(1, lowY[entry]! - top);
    if (wickWidth === 1) addColumn(context, x[entry]!, top, height);
    else context.fillRect(x[entry]!, top, wickWidth, height);
    if (inset === 0) continue;
    const bodyTop = Math.min(openY[entry]!, closeY[entry]!);
    const bodyHeight = Math.abs(openY[entry]! - closeY[entry]!);
    context.fillRect(x[entry]! - inset, bodyTop, bodyWidth, Math.max(wickWidth, bodyHeight));
  }
  context.stroke();
}

function hollowOut(context: CanvasRenderingContext2D, candles: CandleGeometry, background: string): void {
  const { count, x, openY, closeY, tone, wickWidth, bodyWidth } = candles;
  const inset = (bodyWidth - wickWidth) / 2;
  context.fillStyle = background;
  for (let entry = 0; entry < count; entry++) {
    const height = openY[entry]! - closeY[entry]!;
    if ((tone[entry]! & RISING) === 0 || height <= wickWidth * 2) continue;
    context.fillRect(
      x[entry]! - inset + wickWidth,
      closeY[entry]! + wickWidth,
      bodyWidth - wickWidth * 2,
      height - wickWidth * 2,
    );
  }
}

/** High-low strokes with the open as a tick to the left and the close to the right. */
export function drawBars(context: CanvasRenderingContext2D, candles: CandleGeometry, tones: Tones): void {
  const { count, x, highY, lowY, openY, closeY, tone, wickWidth, bodyWidth } = candles;
  const reach = (bodyWidth - wickWidth) / 2;
  for (const wanted of [RISING, 0]) {
    const color = wanted === RISING ? tones.up : tones.down;
    context.fillStyle = color;
    beginColumns(context, color);
    for (let entry = 0; entry < count; entry++) {
      if ((tone[entry]! & RISING) !== wanted) continue;
      const left = x[entry]!;
      const top = highY[entry]!;
      const height = Math.max(1, lowY[entry]! - top + 1);
      if (wickWidth === 1) addColumn(context, left, top, height);
      else context.fillRect(left, top, wickWidth, height);
      if (reach === 0) continue;
      context.fillRect(left - reach, openY[entry]! - (wickWidth >> 1), reach, wickWidth);
      context.fillRect(left + wickWidth, closeY[entry]! - (wickWidth >> 1), reach, wickWidth);
    }
    context.stroke();
  }
}
