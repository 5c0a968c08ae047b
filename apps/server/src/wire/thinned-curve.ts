type Point = readonly [number, number, number];

/**
 * At most about `count` points of a curve, in order: the first, the last, and of each stretch between the lowest and
 * the highest, so that no peak and no trough is lost.
 */
export function thinned(points: readonly Point[], count: number): Point[] {
  if (points.length <= count) return [...points];
  const stretches = Math.max(1, Math.floor((count - 2) / 2));
  const kept = new Set([0, points.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    let [lowest, highest] = [from, from];
    for (let index = from; index < to; index++) {
      if (points[index]![1] < points[lowest]![1]) lowest = index;
      if (points[index]![1] > points[highest]![1]) highest = index;
    }
    kept.add(lowest).add(highest);
  }
  return [...kept].sort((a, b) => a - b).map((index) => points[index]!);
}
