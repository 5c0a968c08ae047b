import { formatCount } from '../../format/number.js';
import type { TestReport } from '../../data/engine-worker-protocol.js';

/** What decided the order of events inside candles, in a sentence. */
export function intrabarWords({ intrabar, setup }: Pick<TestReport, 'intrabar' | 'setup'>): string {
  const { detailTimeframe } = setup;
  if (intrabar === null || intrabar === undefined)
    return detailTimeframe === null
      ? 'What came first inside a candle is not known: the worse order was assumed.'
      : `Inside a candle ${detailTimeframe} candles decided what came first; where there were none, the worse order was assumed.`;
  const { trades, detail, candles } = intrabar;
  const total = trades + detail + candles;
  if (total === 0) return 'Nothing could happen inside a candle: no order was open in one.';
  const share = (count: number): string => `${formatCount(count)} (${String(Math.round((count / total) * 100))} %)`;
  const parts = [
    trades > 0 ? `stored trades decided ${share(trades)}` : '',
    detail > 0 && detailTimeframe !== null
      ? `${detailTimeframe} candles ${trades > 0 ? '' : 'decided '}${share(detail)}`
      : '',
    candles > 0 ? `in ${share(candles)} the worse order was assumed` : '',
  ].filter(Boolean);
  const candleWord = total === 1 ? 'candle' : 'candles';
  return `Of ${formatCount(total)} ${candleWord} in which orders could fill, ${parts.join(', ')}.`;
}
