import { InvalidArgumentError, type Command } from 'commander';
import type { RunConfig, SlippageModel } from '@wickworks/engine';
import { parseCash, parseNumber, parseShare, parseSymbol } from '../options.js';

/** Account and venue of a run as options name them; shares are ratios. */
export interface AccountOptions {
  readonly cash?: string;
  readonly fee?: number;
  readonly makerFee?: number;
  /** By symbol. */
  readonly feeOf?: ReadonlyMap<string, number>;
  readonly makerFeeOf?: ReadonlyMap<string, number>;
  readonly slippage?: SlippageModel;
  readonly leverage?: number;
  readonly maintenance?: number;
  readonly liquidationFee?: number;
  readonly borrowPerDay?: number;
  readonly positionsMax?: number;
  readonly shorting?: boolean;
  readonly latencyMs?: number;
  readonly volumeShare?: number;
  readonly touchFills?: boolean;
}

/** The options of {@link AccountOptions}. */
export const withAccountOptions = (command: Command): Command =>
  command
    .option('--cash <amount>', 'deposit in quote currency; default: 10000', parseCash)
    .option(
      '--fee <share>',
      'fee of each fill as a share (0.001) or in basis points (10bps); default: 10bps',
      parseShare,
    )
    .option('--maker-fee <share>', 'fee of resting fills, where it differs', parseShare)
    .option('--fee-of <symbol=share>', 'fee of one market, such as ETH/USDT=5bps; may be repeated', parseShareOf)
    .option('--maker-fee-of <symbol=share>', 'fee of resting fills of one market, where it differs', parseShareOf)
    .option(
      '--slippage <share>',
      'how much worse market orders fill, as a share or in basis points; or half-spread:SHARE, volume-share:IMPACT, square-root:COEFFICIENT',
      parseSlippage,
    )
    .option(
      '--leverage <factor>',
      'most exposure over equity; default: 1',
      parseNumber({ what: 'a factor', min: 1, max: 200 }),
    )
    .option('--maintenance <share>', 'margin below which all is liquidated; default: 0.05 of the exposure', parseShare)
    .option('--liquidation-fee <share>', 'fee of a liquidation; default: none', parseShare)
    .option('--borrow-per-day <share>', 'paid a day for what is borrowed; default: nothing', parseShare)
    .option(
      '--positions-max <count>',
      'markets that may hold a position at once; default: 20',
      parseNumber({ what: 'a count', min: 1, max: 20, whole: true }),
    )
    .option('--shorting', 'short positions are allowed')
    .option(
      '--latency-ms <ms>',
      'from decision to venue',
      parseNumber({ what: 'ms', min: 0, max: 3_600_000, whole: true }),
    )
    .option('--volume-share <share>', 'most of a candle’s volume that fills may take', parseShare)
    .option('--touch-fills', 'limit orders fill when touched, not only when traded through');

/** What was asked for; the rest is the engine's default. */
export function configOf(options: AccountOptions): Partial<RunConfig> {
  const { fee, makerFee = fee } = options;
  const given = {
    cash: options.cash,
    takerFeeBps: bpsOf(fee),
    makerFeeBps: bpsOf(makerFee),
    slippage: options.slippage,
    leverage: options.leverage,
    maintenanceRatio: options.maintenance,
    liquidationFeeBps: bpsOf(options.liquidationFee),
    borrowRatioPerDay: options.borrowPerDay,
    positionsMax: options.positionsMax,
    latencyMs: options.latencyMs,
    volumeShareMax: options.volumeShare,
    shorting: options.shorting,
    touchFills: options.touchFills,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Fees a market has of its own: `--fee-of` counts for resting fills too, as `--fee` does. */
export function feesOf(
  { feeOf, makerFeeOf }: AccountOptions,
  symbol: string,
): { makerFeeBps?: number; takerFeeBps?: number } {
  const taker = feeOf?.get(symbol);
  const maker = makerFeeOf?.get(symbol) ?? taker;
  return {
    ...(maker !== undefined && { makerFeeBps: bpsOf(maker) }),
    ...(taker !== undefined && { takerFeeBps: bpsOf(taker) }),
  };
}

/** A further `SYMBOL=SHARE`. */
function parseShareOf(text: string, known: ReadonlyMap<string, number> | undefined): ReadonlyMap<string, number> {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('Accepted: a market and a share, such as ETH/USDT=5bps.');
  return new Map([...(known ?? []), [parseSymbol(text.slice(0, at)), parseShare(text.slice(at + 1))]]);
}

/** `5bps` and `0.0005` are constant; other models are named before a colon. */
function parseSlippage(text: string): SlippageModel {
  const [, model, amount = ''] = /^(?:(half-spread|volume-share|square-root):)?(.+)$/.exec(text) ?? [];
  switch (model) {
    case undefined:
      return { kind: 'bps', bps: bpsOf(parseShare(text)) };
    case 'half-spread':
      return { kind: 'half-spread', spreadBps: bpsOf(parseShare(amount)) };
    case 'volume-share':
      return { kind: 'volume-share', impact: parseFactor(amount) };
    case 'square-root':
      return { kind: 'square-root', coefficient: parseFactor(amount) };
    default:
      throw new InvalidArgumentError(
        'Accepted: a share, or half-spread:, volume-share: or square-root: before a number.',
      );
  }
}

const parseFactor = parseNumber({ what: 'a factor', min: 0, max: 10 });

/** A share in basis points, to the fourth decimal: 0.001 × 10000 is not exactly 10. */
function bpsOf(share: number): number;
function bpsOf(share: number | undefined): number | undefined;
function bpsOf(share: number | undefined): number | undefined {
  return share === undefined ? undefined : Math.round(share * 1e8) / 1e4;
}
