import type { Graph, Series } from './graph.js';
import { map2 } from './arithmetic.js';
import { wma } from './window-linear.js';

/** Hull moving average: WMA(2·WMA(n/2) − WMA(n), √n), whole parts of n/2 and √n (Hull 2005). */
export function hull(g: Graph, input: Series, period: number): Series {
  const half = wma(g, input, Math.floor(period / 2));
  const whole = wma(g, input, period);
  return wma(
    g,
    map2(g, half, whole, (quick, calm) => 2 * quick - calm),
    Math.floor(Math.sqrt(period)),
  );
}
