export interface MetricSample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

function parseValue(text: string): number {
  if (text === '+Inf') return Infinity;
  return text === '-Inf' ? -Infinity : Number(text);
}

/** Samples of a Prometheus text page; lines that are none are left out. */
export function parseMetrics(text: string): MetricSample[] {
  return text.split('\n').flatMap((line) => {
    const match = line.startsWith('#') ? null : LINE.exec(line);
    if (match === null) return [];
    const [, name = '', labels = '', value = ''] = match;
    const pairs = [...labels.matchAll(LABEL)].map((pair) => [pair[1] ?? '', (pair[2] ?? '').replace(/\\(.)/g, '$1')]);
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: parseValue(value) }];
  });
}

/** Sum over all labels; `null` when the metric is absent. */
export function sumOf(samples: readonly MetricSample[], name: string): number | null {
  const found = samples.filter((sample) => sample.name === name);
  return found.length === 0 ? null : found.reduce((sum, sample) => sum + sample.value, 0);
}

/**
 * The bound in seconds below which a share `ratio` (0..1) of a histogram's observations lie; `null` before the first,
 * `Infinity` beyond the last bucket. An upper bound, not an interpolation.
 */
export function quantileBound(samples: readonly MetricSample[], name: string, ratio: number): number | null {
  const buckets = samples
    .filter((sample) => sample.name === `${name}_bucket`)
    .map((sample) => ({ bound: parseValue(sample.labels['le'] ?? '+Inf'), count: sample.value }))
    .sort((a, b) => a.bound - b.bound);
  const total = buckets.at(-1)?.count ?? 0;
  if (total === 0) return null;
  return buckets.find((bucket) => bucket.count >= total * ratio)?.bound ?? Infinity;
}
