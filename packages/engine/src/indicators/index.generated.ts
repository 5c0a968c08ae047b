// Made by packages/engine/scripts/generate-index.mjs; do not edit.
import type { IndicatorDefinition } from './define.js';
import { acIndicator } from './ac.js';
import { accbandsIndicator } from './accbands.js';
import { acosIndicator } from './acos.js';
import { adIndicator } from './ad.js';
import { addIndicator } from './add.js';
import { adoscIndicator } from './adosc.js';
import { adrIndicator } from './adr.js';
import { adxIndicator } from './adx.js';
import { adxrIndicator } from './adxr.js';
import { allTimeHighIndicator } from './all-time-high.js';
import { allTimeLowIndicator } from './all-time-low.js';
import { almaIndicator } from './alma.js';
import { aoIndicator } from './ao.js';
import { apoIndicator } from './apo.js';
import { aroonIndicator } from './aroon.js';
import { aroonoscIndicator } from './aroonosc.js';
import { asinIndicator } from './asin.js';
import { atanIndicator } from './atan.js';
import { atrIndicator } from './atr.js';
import { avgdevIndicator } from './avgdev.js';
import { avgpriceIndicator } from './avgprice.js';
import { barsSinceIndicator } from './bars-since.js';
import { bbPercentIndicator } from './bb-percent.js';
import { bbWidthIndicator } from './bb-width.js';
import { bbandsIndicator } from './bbands.js';
import { betaIndicator } from './beta.js';
import { bopIndicator } from './bop.js';
import { cciIndicator } from './cci.js';
import { ceilIndicator } from './ceil.js';
import { chaikinVolatilityIndicator } from './chaikin-volatility.js';
import { chandeKrollStopIndicator } from './chande-kroll-stop.js';
import { chandelierIndicator } from './chandelier.js';
import { choppinessIndicator } from './choppiness.js';
import { cmfIndicator } from './cmf.js';
import { cmoIndicator } from './cmo.js';
import { cmouIndicator } from './cmou.js';
import { cogIndicator } from './cog.js';
import { connorsRsiIndicator } from './connors-rsi.js';
import { coppockIndicator } from './coppock.js';
import { correlIndicator } from './correl.js';
import { cosIndicator } from './cos.js';
import { coshIndicator } from './cosh.js';
import { crossIndicator } from './cross.js';
import { crossoverIndicator } from './crossover.js';
import { crossunderIndicator } from './crossunder.js';
import { cumIndicator } from './cum.js';
import { demaIndicator } from './dema.js';
import { divIndicator } from './div.js';
import { dmiIndicator } from './dmi.js';
import { donchianIndicator } from './donchian.js';
import { dpoIndicator } from './dpo.js';
import { dxIndicator } from './dx.js';
import { elderRayIndicator } from './elder-ray.js';
import { emaIndicator } from './ema.js';
import { envelopeIndicator } from './envelope.js';
import { eomIndicator } from './eom.js';
import { erIndicator } from './er.js';
import { expIndicator } from './exp.js';
import { fallingIndicator } from './falling.js';
import { fisherIndicator } from './fisher.js';
import { floorIndicator } from './floor.js';
import { forceIndexIndicator } from './force-index.js';
import { foscIndicator } from './fosc.js';
import { fractalsIndicator } from './fractals.js';
import { garmanKlassIndicator } from './garman-klass.js';
import { heikinAshiIndicator } from './heikin-ashi.js';
import { highestCandlesIndicator } from './highest-candles.js';
import { hmaIndicator } from './hma.js';
import { htDcperiodIndicator } from './ht-dcperiod.js';
import { htDcphaseIndicator } from './ht-dcphase.js';
import { htPhasorIndicator } from './ht-phasor.js';
import { htSineIndicator } from './ht-sine.js';
import { htTrendlineIndicator } from './ht-trendline.js';
import { htTrendmodeIndicator } from './ht-trendmode.js';
import { hurstIndicator } from './hurst.js';
import { ichimokuIndicator } from './ichimoku.js';
import { iiiIndicator } from './iii.js';
import { imiIndicator } from './imi.js';
import { jmaIndicator } from './jma.js';
import { kamaIndicator } from './kama.js';
import { kdjIndicator } from './kdj.js';
import { keltnerIndicator } from './keltner.js';
import { klingerIndicator } from './klinger.js';
import { kstIndicator } from './kst.js';
import { linearregAngleIndicator } from './linearreg-angle.js';
import { linearregInterceptIndicator } from './linearreg-intercept.js';
import { linearregSlopeIndicator } from './linearreg-slope.js';
import { linearregIndicator } from './linearreg.js';
import { linregChannelIndicator } from './linreg-channel.js';
import { lnIndicator } from './ln.js';
import { log10Indicator } from './log10.js';
import { lowestCandlesIndicator } from './lowest-candles.js';
import { maIndicator } from './ma.js';
import { macdIndicator } from './macd.js';
import { macdextIndicator } from './macdext.js';
import { macdfixIndicator } from './macdfix.js';
import { mamaIndicator } from './mama.js';
import { marketfiIndicator } from './marketfi.js';
import { massIndexIndicator } from './mass-index.js';
import { mavpIndicator } from './mavp.js';
import { maxIndicator } from './max.js';
import { maxindexIndicator } from './maxindex.js';
import { mcginleyIndicator } from './mcginley.js';
import { medianIndicator } from './median.js';
import { medpriceIndicator } from './medprice.js';
import { mfiIndicator } from './mfi.js';
import { midpointIndicator } from './midpoint.js';
import { midpriceIndicator } from './midprice.js';
import { minIndicator } from './min.js';
import { minindexIndicator } from './minindex.js';
import { minmaxIndicator } from './minmax.js';
import { minmaxindexIndicator } from './minmaxindex.js';
import { minusDiIndicator } from './minus-di.js';
import { minusDmIndicator } from './minus-dm.js';
import { modeIndicator } from './mode.js';
import { momIndicator } from './mom.js';
import { multIndicator } from './mult.js';
import { natrIndicator } from './natr.js';
import { nviIndicator } from './nvi.js';
import { obvIndicator } from './obv.js';
import { parkinsonIndicator } from './parkinson.js';
import { abandonedBabyPattern } from './patterns/abandoned-baby.js';
import { advanceBlockPattern } from './patterns/advance-block.js';
import { beltHoldPattern } from './patterns/belt-hold.js';
import { breakawayPattern } from './patterns/breakaway.js';
import { closingMarubozuPattern } from './patterns/closing-marubozu.js';
import { concealingBabySwallowPattern } from './patterns/concealing-baby-swallow.js';
import { counterattackPattern } from './patterns/counterattack.js';
import { darkCloudCoverPattern } from './patterns/dark-cloud-cover.js';
import { dojiStarPattern } from './patterns/doji-star.js';
import { dojiPattern } from './patterns/doji.js';
import { dragonflyDojiPattern } from './patterns/dragonfly-doji.js';
import { engulfingPattern } from './patterns/engulfing.js';
import { eveningDojiStarPattern } from './patterns/evening-doji-star.js';
import { eveningStarPattern } from './patterns/evening-star.js';
import { gapSideSideWhitePattern } from './patterns/gap-side-side-white.js';
import { gapThreeMethodsPattern } from './patterns/gap-three-methods.js';
import { gravestoneDojiPattern } from './patterns/gravestone-doji.js';
import { hammerPattern } from './patterns/hammer.js';
import { hangingManPattern } from './patterns/hanging-man.js';
import { haramiCrossPattern } from './patterns/harami-cross.js';
import { haramiPattern } from './patterns/harami.js';
import { highWavePattern } from './patterns/high-wave.js';
import { hikkakeModifiedPattern } from './patterns/hikkake-modified.js';
import { hikkakePattern } from './patterns/hikkake.js';
import { homingPigeonPattern } from './patterns/homing-pigeon.js';
import { identicalThreeCrowsPattern } from './patterns/identical-three-crows.js';
import { inNeckPattern } from './patterns/in-neck.js';
import { invertedHammerPattern } from './patterns/inverted-hammer.js';
import { kickingByLengthPattern } from './patterns/kicking-by-length.js';
import { kickingPattern } from './patterns/kicking.js';
import { ladderBottomPattern } from './patterns/ladder-bottom.js';
import { longLeggedDojiPattern } from './patterns/long-legged-doji.js';
import { longLinePattern } from './patterns/long-line.js';
import { marubozuPattern } from './patterns/marubozu.js';
import { matHoldPattern } from './patterns/mat-hold.js';
import { matchingLowPattern } from './patterns/matching-low.js';
import { morningDojiStarPattern } from './patterns/morning-doji-star.js';
import { morningStarPattern } from './patterns/morning-star.js';
import { onNeckPattern } from './patterns/on-neck.js';
import { piercingPattern } from './patterns/piercing.js';
import { rickshawManPattern } from './patterns/rickshaw-man.js';
import { risingFallingThreeMethodsPattern } from './patterns/rising-falling-three-methods.js';
import { separatingLinesPattern } from './patterns/separating-lines.js';
import { shootingStarPattern } from './patterns/shooting-star.js';
import { shortLinePattern } from './patterns/short-line.js';
import { spinningTopPattern } from './patterns/spinning-top.js';
import { stalledPatternPattern } from './patterns/stalled-pattern.js';
import { stickSandwichPattern } from './patterns/stick-sandwich.js';
import { takuriPattern } from './patterns/takuri.js';
import { tasukiGapPattern } from './patterns/tasuki-gap.js';
import { threeBlackCrowsPattern } from './patterns/three-black-crows.js';
import { threeInsidePattern } from './patterns/three-inside.js';
import { threeLineStrikePattern } from './patterns/three-line-strike.js';
import { threeOutsidePattern } from './patterns/three-outside.js';
import { threeStarsInSouthPattern } from './patterns/three-stars-in-south.js';
import { threeWhiteSoldiersPattern } from './patterns/three-white-soldiers.js';
import { thrustingPattern } from './patterns/thrusting.js';
import { tristarPattern } from './patterns/tristar.js';
import { twoCrowsPattern } from './patterns/two-crows.js';
import { uniqueThreeRiverPattern } from './patterns/unique-three-river.js';
import { upsideGapTwoCrowsPattern } from './patterns/upside-gap-two-crows.js';
import { percentileLinearIndicator } from './percentile-linear.js';
import { percentileIndicator } from './percentile.js';
import { percentrankIndicator } from './percentrank.js';
import { pineKcIndicator } from './pine-kc.js';
import { pivotHighIndicator } from './pivot-high.js';
import { pivotLowIndicator } from './pivot-low.js';
import { pivotsCamarillaIndicator } from './pivots-camarilla.js';
import { pivotsClassicIndicator } from './pivots-classic.js';
import { pivotsDemarkIndicator } from './pivots-demark.js';
import { pivotsFibonacciIndicator } from './pivots-fibonacci.js';
import { pivotsWoodieIndicator } from './pivots-woodie.js';
import { plusDiIndicator } from './plus-di.js';
import { plusDmIndicator } from './plus-dm.js';
import { ppoIndicator } from './ppo.js';
import { pviIndicator } from './pvi.js';
import { pvoIndicator } from './pvo.js';
import { pvtIndicator } from './pvt.js';
import { qqeIndicator } from './qqe.js';
import { qstickIndicator } from './qstick.js';
import { rangeIndicator } from './range.js';
import { ratingIndicator } from './rating.js';
import { rciIndicator } from './rci.js';
import { realisedVolatilityIndicator } from './realised-volatility.js';
import { renkoIndicator } from './renko.js';
import { risingIndicator } from './rising.js';
import { rmaIndicator } from './rma.js';
import { rocIndicator } from './roc.js';
import { rocpIndicator } from './rocp.js';
import { rocrIndicator } from './rocr.js';
import { rocr100Indicator } from './rocr100.js';
import { rogersSatchellIndicator } from './rogers-satchell.js';
import { rsiIndicator } from './rsi.js';
import { rvgiIndicator } from './rvgi.js';
import { rviIndicator } from './rvi.js';
import { rvolIndicator } from './rvol.js';
import { sarIndicator } from './sar.js';
import { sarextIndicator } from './sarext.js';
import { sessionVolumeProfileIndicator } from './session-volume-profile.js';
import { sinIndicator } from './sin.js';
import { sinhIndicator } from './sinh.js';
import { smaIndicator } from './sma.js';
import { smiIndicator } from './smi.js';
import { sqrtIndicator } from './sqrt.js';
import { squeezeIndicator } from './squeeze.js';
import { stcIndicator } from './stc.js';
import { stddevIndicator } from './stddev.js';
import { stochIndicator } from './stoch.js';
import { stochfIndicator } from './stochf.js';
import { stochrsiIndicator } from './stochrsi.js';
import { subIndicator } from './sub.js';
import { sumIndicator } from './sum.js';
import { supertrendIndicator } from './supertrend.js';
import { swmaIndicator } from './swma.js';
import { t3Indicator } from './t3.js';
import { tanIndicator } from './tan.js';
import { tanhIndicator } from './tanh.js';
import { temaIndicator } from './tema.js';
import { trangeIndicator } from './trange.js';
import { trimaIndicator } from './trima.js';
import { trixIndicator } from './trix.js';
import { tsfIndicator } from './tsf.js';
import { tsiIndicator } from './tsi.js';
import { typpriceIndicator } from './typprice.js';
import { ulcerIndicator } from './ulcer.js';
import { ultoscIndicator } from './ultosc.js';
import { valueWhenIndicator } from './value-when.js';
import { varIndicator } from './var.js';
import { vhfIndicator } from './vhf.js';
import { vidyaIndicator } from './vidya.js';
import { vortexIndicator } from './vortex.js';
import { vwapAnchoredIndicator } from './vwap-anchored.js';
import { vwapCumulativeIndicator } from './vwap-cumulative.js';
import { vwapIndicator } from './vwap.js';
import { vwmaIndicator } from './vwma.js';
import { wadIndicator } from './wad.js';
import { wavetrendIndicator } from './wavetrend.js';
import { wclpriceIndicator } from './wclprice.js';
import { willrIndicator } from './willr.js';
import { wmaIndicator } from './wma.js';
import { wvadIndicator } from './wvad.js';
import { yangZhangIndicator } from './yang-zhang.js';
import { zigzagIndicator } from './zigzag.js';
import { zlemaIndicator } from './zlema.js';
import { zscoreIndicator } from './zscore.js';

/** Every indicator of this folder. */
export const definitions: readonly IndicatorDefinition[] = [
  acIndicator,
  accbandsIndicator,
  acosIndicator,
  adIndicator,
  addIndicator,
  adoscIndicator,
  adrIndicator,
  adxIndicator,
  adxrIndicator,
  allTimeHighIndicator,
  allTimeLowIndicator,
  almaIndicator,
  aoIndicator,
  apoIndicator,
  aroonIndicator,
  aroonoscIndicator,
  asinIndicator,
  atanIndicator,
  atrIndicator,
  avgdevIndicator,
  avgpriceIndicator,
  barsSinceIndicator,
  bbPercentIndicator,
  bbWidthIndicator,
  bbandsIndicator,
  betaIndicator,
  bopIndicator,
  cciIndicator,
  ceilIndicator,
  chaikinVolatilityIndicator,
  chandeKrollStopIndicator,
  chandelierIndicator,
  choppinessIndicator,
  cmfIndicator,
  cmoIndicator,
  cmouIndicator,
  cogIndicator,
  connorsRsiIndicator,
  coppockIndicator,
  correlIndicator,
  cosIndicator,
  coshIndicator,
  crossIndicator,
  crossoverIndicator,
  crossunderIndicator,
  cumIndicator,
  demaIndicator,
  divIndicator,
  dmiIndicator,
  donchianIndicator,
  dpoIndicator,
  dxIndicator,
  elderRayIndicator,
  emaIndicator,
  envelopeIndicator,
  eomIndicator,
  erIndicator,
  expIndicator,
  fallingIndicator,
  fisherIndicator,
  floorIndicator,
  forceIndexIndicator,
  foscIndicator,
  fractalsIndicator,
  garmanKlassIndicator,
  heikinAshiIndicator,
  highestCandlesIndicator,
  hmaIndicator,
  htDcperiodIndicator,
  htDcphaseIndicator,
  htPhasorIndicator,
  htSineIndicator,
  htTrendlineIndicator,
  htTrendmodeIndicator,
  hurstIndicator,
  ichimokuIndicator,
  iiiIndicator,
  imiIndicator,
  jmaIndicator,
  kamaIndicator,
  kdjIndicator,
  keltnerIndicator,
  klingerIndicator,
  kstIndicator,
  linearregAngleIndicator,
  linearregInterceptIndicator,
  linearregSlopeIndicator,
  linearregIndicator,
  linregChannelIndicator,
  lnIndicator,
  log10Indicator,
  lowestCandlesIndicator,
  maIndicator,
  macdIndicator,
  macdextIndicator,
  macdfixIndicator,
  mamaIndicator,
  marketfiIndicator,
  massIndexIndicator,
  mavpIndicator,
  maxIndicator,
  maxindexIndicator,
  mcginleyIndicator,
  medianIndicator,
  medpriceIndicator,
  mfiIndicator,
  midpointIndicator,
  midpriceIndicator,
  minIndicator,
  minindexIndicator,
  minmaxIndicator,
  minmaxindexIndicator,
  minusDiIndicator,
  minusDmIndicator,
  modeIndicator,
  momIndicator,
  multIndicator,
  natrIndicator,
  nviIndicator,
  obvIndicator,
  parkinsonIndicator,
  abandonedBabyPattern,
  advanceBlockPattern,
  beltHoldPattern,
  breakawayPattern,
  closingMarubozuPattern,
  concealingBabySwallowPattern,
  counterattackPattern,
  darkCloudCoverPattern,
  dojiStarPattern,
  dojiPattern,
  dragonflyDojiPattern,
  engulfingPattern,
  eveningDojiStarPattern,
  eveningStarPattern,
  gapSideSideWhitePattern,
  gapThreeMethodsPattern,
  gravestoneDojiPattern,
  hammerPattern,
  hangingManPattern,
  haramiCrossPattern,
  haramiPattern,
  highWavePattern,
  hikkakeModifiedPattern,
  hikkakePattern,
  homingPigeonPattern,
  identicalThreeCrowsPattern,
  inNeckPattern,
  invertedHammerPattern,
  kickingByLengthPattern,
  kickingPattern,
  ladderBottomPattern,
  longLeggedDojiPattern,
  longLinePattern,
  marubozuPattern,
  matHoldPattern,
  matchingLowPattern,
  morningDojiStarPattern,
  morningStarPattern,
  onNeckPattern,
  piercingPattern,
  rickshawManPattern,
  risingFallingThreeMethodsPattern,
  separatingLinesPattern,
  shootingStarPattern,
  shortLinePattern,
  spinningTopPattern,
  stalledPatternPattern,
  stickSandwichPattern,
  takuriPattern,
  tasukiGapPattern,
  threeBlackCrowsPattern,
  threeInsidePattern,
  threeLineStrikePattern,
  threeOutsidePattern,
  threeStarsInSouthPattern,
  threeWhiteSoldiersPattern,
  thrustingPattern,
  tristarPattern,
  twoCrowsPattern,
  uniqueThreeRiverPattern,
  upsideGapTwoCrowsPattern,
  percentileLinearIndicator,
  percentileIndicator,
  percentrankIndicator,
  pineKcIndicator,
  pivotHighIndicator,
  pivotLowIndicator,
  pivotsCamarillaIndicator,
  pivotsClassicIndicator,
  pivotsDemarkIndicator,
  pivotsFibonacciIndicator,
  pivotsWoodieIndicator,
  plusDiIndicator,
  plusDmIndicator,
  ppoIndicator,
  pviIndicator,
  pvoIndicator,
  pvtIndicator,
  qqeIndicator,
  qstickIndicator,
  rangeIndicator,
  ratingIndicator,
  rciIndicator,
  realisedVolatilityIndicator,
  renkoIndicator,
  risingIndicator,
  rmaIndicator,
  rocIndicator,
  rocpIndicator,
  rocrIndicator,
  rocr100Indicator,
  rogersSatchellIndicator,
  rsiIndicator,
  rvgiIndicator,
  rviIndicator,
  rvolIndicator,
  sarIndicator,
  sarextIndicator,
  sessionVolumeProfileIndicator,
  sinIndicator,
  sinhIndicator,
  smaIndicator,
  smiIndicator,
  sqrtIndicator,
  squeezeIndicator,
  stcIndicator,
  stddevIndicator,
  stochIndicator,
  stochfIndicator,
  stochrsiIndicator,
  subIndicator,
  sumIndicator,
  supertrendIndicator,
  swmaIndicator,
  t3Indicator,
  tanIndicator,
  tanhIndicator,
  temaIndicator,
  trangeIndicator,
  trimaIndicator,
  trixIndicator,
  tsfIndicator,
  tsiIndicator,
  typpriceIndicator,
  ulcerIndicator,
  ultoscIndicator,
  valueWhenIndicator,
  varIndicator,
  vhfIndicator,
  vidyaIndicator,
  vortexIndicator,
  vwapAnchoredIndicator,
  vwapCumulativeIndicator,
  vwapIndicator,
  vwmaIndicator,
  wadIndicator,
  wavetrendIndicator,
  wclpriceIndicator,
  willrIndicator,
  wmaIndicator,
  wvadIndicator,
  yangZhangIndicator,
  zigzagIndicator,
  zlemaIndicator,
  zscoreIndicator,
];
