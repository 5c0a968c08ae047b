// Made by packages/engine/scripts/generate-index.mjs; do not edit.
import type { IndicatorDefinition } from './define.js';
import { adIndicator } from './ad.js';
import { adoscIndicator } from './adosc.js';
import { adxIndicator } from './adx.js';
import { adxrIndicator } from './adxr.js';
import { aroonIndicator } from './aroon.js';
import { aroonoscIndicator } from './aroonosc.js';
import { atrIndicator } from './atr.js';
import { bbandsIndicator } from './bbands.js';
import { cciIndicator } from './cci.js';
import { demaIndicator } from './dema.js';
import { dmiIndicator } from './dmi.js';
import { dxIndicator } from './dx.js';
import { emaIndicator } from './ema.js';
import { hmaIndicator } from './hma.js';
import { kamaIndicator } from './kama.js';
import { maIndicator } from './ma.js';
import { macdIndicator } from './macd.js';
import { macdextIndicator } from './macdext.js';
import { macdfixIndicator } from './macdfix.js';
import { mamaIndicator } from './mama.js';
import { mfiIndicator } from './mfi.js';
import { minusDiIndicator } from './minus-di.js';
import { minusDmIndicator } from './minus-dm.js';
import { momIndicator } from './mom.js';
import { natrIndicator } from './natr.js';
import { obvIndicator } from './obv.js';
import { plusDiIndicator } from './plus-di.js';
import { plusDmIndicator } from './plus-dm.js';
import { rmaIndicator } from './rma.js';
import { rocIndicator } from './roc.js';
import { rsiIndicator } from './rsi.js';
import { sarIndicator } from './sar.js';
import { smaIndicator } from './sma.js';
import { stochIndicator } from './stoch.js';
import { stochfIndicator } from './stochf.js';
import { stochrsiIndicator } from './stochrsi.js';
import { t3Indicator } from './t3.js';
import { temaIndicator } from './tema.js';
import { trangeIndicator } from './trange.js';
import { trimaIndicator } from './trima.js';
import { vwmaIndicator } from './vwma.js';
import { willrIndicator } from './willr.js';
import { wmaIndicator } from './wma.js';

/** Every indicator of this folder. */
export const definitions: readonly IndicatorDefinition[] = [
  adIndicator,
  adoscIndicator,
  adxIndicator,
  adxrIndicator,
  aroonIndicator,
  aroonoscIndicator,
  atrIndicator,
  bbandsIndicator,
  cciIndicator,
  demaIndicator,
  dmiIndicator,
  dxIndicator,
  emaIndicator,
  hmaIndicator,
  kamaIndicator,
  maIndicator,
  macdIndicator,
  macdextIndicator,
  macdfixIndicator,
  mamaIndicator,
  mfiIndicator,
  minusDiIndicator,
  minusDmIndicator,
  momIndicator,
  natrIndicator,
  obvIndicator,
  plusDiIndicator,
  plusDmIndicator,
  rmaIndicator,
  rocIndicator,
  rsiIndicator,
  sarIndicator,
  smaIndicator,
  stochIndicator,
  stochfIndicator,
  stochrsiIndicator,
  t3Indicator,
  temaIndicator,
  trangeIndicator,
  trimaIndicator,
  vwmaIndicator,
  willrIndicator,
  wmaIndicator,
];
