// Made by packages/engine/scripts/generate-index.mjs; do not edit.
import type { IndicatorDefinition } from './define.js';
import { accbandsIndicator } from './accbands.js';
import { acosIndicator } from './acos.js';
import { adIndicator } from './ad.js';
import { addIndicator } from './add.js';
import { adoscIndicator } from './adosc.js';
import { adxIndicator } from './adx.js';
import { adxrIndicator } from './adxr.js';
import { apoIndicator } from './apo.js';
import { aroonIndicator } from './aroon.js';
import { aroonoscIndicator } from './aroonosc.js';
import { asinIndicator } from './asin.js';
import { atanIndicator } from './atan.js';
import { atrIndicator } from './atr.js';
import { avgdevIndicator } from './avgdev.js';
import { avgpriceIndicator } from './avgprice.js';
import { bbandsIndicator } from './bbands.js';
import { betaIndicator } from './beta.js';
import { bopIndicator } from './bop.js';
import { cciIndicator } from './cci.js';
import { ceilIndicator } from './ceil.js';
import { cmoIndicator } from './cmo.js';
import { correlIndicator } from './correl.js';
import { cosIndicator } from './cos.js';
import { coshIndicator } from './cosh.js';
import { demaIndicator } from './dema.js';
import { divIndicator } from './div.js';
import { dmiIndicator } from './dmi.js';
import { dxIndicator } from './dx.js';
import { emaIndicator } from './ema.js';
import { expIndicator } from './exp.js';
import { floorIndicator } from './floor.js';
import { hmaIndicator } from './hma.js';
import { htDcperiodIndicator } from './ht-dcperiod.js';
import { htDcphaseIndicator } from './ht-dcphase.js';
import { htPhasorIndicator } from './ht-phasor.js';
import { htSineIndicator } from './ht-sine.js';
import { htTrendlineIndicator } from './ht-trendline.js';
import { htTrendmodeIndicator } from './ht-trendmode.js';
import { imiIndicator } from './imi.js';
import { kamaIndicator } from './kama.js';
import { linearregAngleIndicator } from './linearreg-angle.js';
import { linearregInterceptIndicator } from './linearreg-intercept.js';
import { linearregSlopeIndicator } from './linearreg-slope.js';
import { linearregIndicator } from './linearreg.js';
import { lnIndicator } from './ln.js';
import { log10Indicator } from './log10.js';
import { maIndicator } from './ma.js';
import { macdIndicator } from './macd.js';
import { macdextIndicator } from './macdext.js';
import { macdfixIndicator } from './macdfix.js';
import { mamaIndicator } from './mama.js';
import { mavpIndicator } from './mavp.js';
import { maxIndicator } from './max.js';
import { maxindexIndicator } from './maxindex.js';
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
import { momIndicator } from './mom.js';
import { multIndicator } from './mult.js';
import { natrIndicator } from './natr.js';
import { obvIndicator } from './obv.js';
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
import { plusDiIndicator } from './plus-di.js';
import { plusDmIndicator } from './plus-dm.js';
import { ppoIndicator } from './ppo.js';
import { rmaIndicator } from './rma.js';
import { rocIndicator } from './roc.js';
import { rocpIndicator } from './rocp.js';
import { rocrIndicator } from './rocr.js';
import { rocr100Indicator } from './rocr100.js';
import { rsiIndicator } from './rsi.js';
import { sarIndicator } from './sar.js';
import { sarextIndicator } from './sarext.js';
import { sinIndicator } from './sin.js';
import { sinhIndicator } from './sinh.js';
import { smaIndicator } from './sma.js';
import { sqrtIndicator } from './sqrt.js';
import { stddevIndicator } from './stddev.js';
import { stochIndicator } from './stoch.js';
import { stochfIndicator } from './stochf.js';
import { stochrsiIndicator } from './stochrsi.js';
import { subIndicator } from './sub.js';
import { sumIndicator } from './sum.js';
import { t3Indicator } from './t3.js';
import { tanIndicator } from './tan.js';
import { tanhIndicator } from './tanh.js';
import { temaIndicator } from './tema.js';
import { trangeIndicator } from './trange.js';
import { trimaIndicator } from './trima.js';
import { trixIndicator } from './trix.js';
import { tsfIndicator } from './tsf.js';
import { typpriceIndicator } from './typprice.js';
import { ultoscIndicator } from './ultosc.js';
import { varIndicator } from './var.js';
import { vwmaIndicator } from './vwma.js';
import { wclpriceIndicator } from './wclprice.js';
import { willrIndicator } from './willr.js';
import { wmaIndicator } from './wma.js';

/** Every indicator of this folder. */
export const definitions: readonly IndicatorDefinition[] = [
  accbandsIndicator,
  acosIndicator,
  adIndicator,
  addIndicator,
  adoscIndicator,
  adxIndicator,
  adxrIndicator,
  apoIndicator,
  aroonIndicator,
  aroonoscIndicator,
  asinIndicator,
  atanIndicator,
  atrIndicator,
  avgdevIndicator,
  avgpriceIndicator,
  bbandsIndicator,
  betaIndicator,
  bopIndicator,
  cciIndicator,
  ceilIndicator,
  cmoIndicator,
  correlIndicator,
  cosIndicator,
  coshIndicator,
  demaIndicator,
  divIndicator,
  dmiIndicator,
  dxIndicator,
  emaIndicator,
  expIndicator,
  floorIndicator,
  hmaIndicator,
  htDcperiodIndicator,
  htDcphaseIndicator,
  htPhasorIndicator,
  htSineIndicator,
  htTrendlineIndicator,
  htTrendmodeIndicator,
  imiIndicator,
  kamaIndicator,
  linearregAngleIndicator,
  linearregInterceptIndicator,
  linearregSlopeIndicator,
  linearregIndicator,
  lnIndicator,
  log10Indicator,
  maIndicator,
  macdIndicator,
  macdextIndicator,
  macdfixIndicator,
  mamaIndicator,
  mavpIndicator,
  maxIndicator,
  maxindexIndicator,
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
  momIndicator,
  multIndicator,
  natrIndicator,
  obvIndicator,
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
  plusDiIndicator,
  plusDmIndicator,
  ppoIndicator,
  rmaIndicator,
  rocIndicator,
  rocpIndicator,
  rocrIndicator,
  rocr100Indicator,
  rsiIndicator,
  sarIndicator,
  sarextIndicator,
  sinIndicator,
  sinhIndicator,
  smaIndicator,
  sqrtIndicator,
  stddevIndicator,
  stochIndicator,
  stochfIndicator,
  stochrsiIndicator,
  subIndicator,
  sumIndicator,
  t3Indicator,
  tanIndicator,
  tanhIndicator,
  temaIndicator,
  trangeIndicator,
  trimaIndicator,
  trixIndicator,
  tsfIndicator,
  typpriceIndicator,
  ultoscIndicator,
  varIndicator,
  vwmaIndicator,
  wclpriceIndicator,
  willrIndicator,
  wmaIndicator,
];
