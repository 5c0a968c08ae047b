import {
  INDICATOR_CANDLES_MAX,
  type CalculateReply,
  type CalculateRequest,
  type CandleRange,
  type IndicatorView,
} from '@wickworks/contracts';
import {
  candleFault,
  Candles,
  candlesBetween,
  err,
  lowerBound,
  ok,
  type CandleRow,
  type Result,
} from '@wickworks/core';
import { chooseIndicators, nullable } from '../feed/indicator-track.js';
import type { Feed } from '../feed/feed.js';
import { refusalOfFailure, refuse, type Refusal } from '../wire/problem.js';

/** Every indicator by id; the engine is loaded when first asked. */
export async function listIndicators(): Promise<IndicatorView[]> {
  const { indicators, parseParams, warmup } = await import('@wickworks/engine');
  return [...indicators.values()].map((definition): IndicatorView => {
    const defaults = parseParams(definition);
    return {
      id: definition.id,
      title: definition.title,
      group: definition.group,
      params: Object.fromEntries(
        Object.entries(definition.params).map(([name, spec]) => [
          name,
          'options' in spec ? { ...spec, options: [...spec.options] } : { ...spec },
        ]),
      ),
      outputs: Object.fromEntries(
        Object.entries(definition.outputs).map(([name, { title, plot, role }]) => [name, { title, plot, role }]),
      ),
      pane: definition.pane,
      warmup: defaults.ok ? warmup(definition, defaults.value) : 0,
      source: definition.formula,
      talib: definition.talib?.name ?? null,
    };
  });
}

/** The values of one indicator over given candles or a range of a series. */
export async function calculateIndicator(
  feed: Feed,
  request: CalculateRequest,
): Promise<Result<CalculateReply, Refusal>> {
  const chosen = await chooseIndicators([{ id: request.indicator, params: request.params }]);
  if (!chosen.ok) return err(atTopLevel(chosen.error));
  const [choice] = chosen.value;
  if (!choice) return err(refuse('unknown-indicator', `there is no indicator "${request.indicator}"`));
  const candles =
    'exchange' in request.candles ? await rangeOf(feed, request.candles, request.rangePath) : given(request.candles);
  if (!candles.ok) return candles;
  const { calculate } = await import('@wickworks/engine');
  const columns = calculate(choice.definition, choice.params, candles.value);
  return ok({
    time: [...candles.value.time.subarray(0, candles.value.length)],
    outputs: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, nullable(column)])),
  });
}

/** The checks speak of a subscription's list; here there is one indicator and its fields lie at the top. */
function atTopLevel({ code, detail, issues }: Refusal): Refusal {
  const plain = (text: string): string =>
    text.replaceAll('indicators.0.id', 'indicator').replaceAll('indicators.0.', '');
  return refuse(
    code,
    plain(detail),
    issues?.map(({ path, message }) => ({ path: plain(path), message })),
  );
}

function given(rows: readonly CandleRow[]): Result<Candles, Refusal> {
  const candles = new Candles(rows.length + 1);
  for (const [index, row] of rows.entries()) {
    const fault = candleFault(row);
    if (fault !== null) return err(invalid(`candles.${index}`, fault));
    if (index > 0 && row[0] <= candles.time[index - 1]!)
      return err(invalid(`candles.${index}`, 'must open later than the candle before it'));
    candles.push(row);
  }
  return ok(candles);
}

async function rangeOf(
  feed: Feed,
  { from, to, exchange, symbol, timeframe }: CandleRange,
  path: string,
): Promise<Result<Candles, Refusal>> {
  const key = { exchange, symbol, timeframe };
  if (to <= from) return err(invalid(`${path}to`, 'must be later than from'));
  const nothing = invalid(`${path}from`, `${exchange} ${symbol} ${timeframe} has no candles between from and to`);
  const acquired = await feed.acquireStored(key);
  if (!acquired.ok) return acquired;
  const { hub, release } = acquired.value;
  try {
    const untilMs = Math.min(to, hub.presentMs);
    const wanted = untilMs > from ? Math.ceil(candlesBetween(key.timeframe, from, untilMs)) + 1 : 0;
    if (wanted > INDICATOR_CANDLES_MAX + 1)
      return err(invalid(`${path}from`, `at most ${INDICATOR_CANDLES_MAX} candles at once`));
    if (wanted === 0) return err(nothing);
    const page = await hub.history(untilMs, wanted);
    if (!page.ok) return err(refusalOfFailure(page.error));
    const { candles } = page.value;
    candles.dropFirst(lowerBound(candles, from));
    return candles.length === 0 ? err(nothing) : ok(candles);
  } finally {
    release();
  }
}

const invalid = (path: string, message: string): Refusal =>
  refuse('invalid-field', `${path}: ${message}`, [{ path, message }]);
