"""Writes peers-py-*.json.gz: what Python libraries give for the candles beside it.

    pip install numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 ta==0.11.0 finta==1.3 stockstats==0.6.10 talipp==2.7.0 \
        pandas-ta-classic==0.8.32
    python packages/engine/golden/make-peers.py

Of every output the first values, then every 9th and the last are kept; of rare marks every one.
"""

import gzip
import json
import math
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import pandas_ta_classic as pta
import scipy.stats
import ta
import talipp.indicators as talipp
from finta import TA as finta
from stockstats import StockDataFrame
from talipp.ohlcv import OHLCV

warnings.filterwarnings("ignore")
HERE = Path(__file__).parent
COUNT = 600
UNUSED = {"QQEl_14_5_4.236", "QQEs_14_5_4.236", "QQEb_l_14_5_4.236", "QQEb_s_14_5_4.236", "QQEd_14_5_4.236", "RVGIh_10_4", "SQZ_OFF", "SQZ_NO", "ICS_26", "ISB_26", "BBL_20_2.0", "BBM_20_2.0", "BBU_20_2.0", "BBB_20_2.0"}
MARKETS = {"btcusdt-1h": "1D", "avaxusdt-1m": "1D"}


def read_candles(name):
    frame = pd.read_csv(HERE / f"candles-{name}.csv.gz", nrows=COUNT)
    frame.index = pd.to_datetime(frame.time, unit="ms", utc=True)
    return frame.drop(columns="time").astype(float)


def keep(values):
    numbers = [float(f"{v:.14g}") if v is not None and math.isfinite(v) else None for v in values]
    kept = [i for i, v in enumerate(numbers) if v is not None]
    if not kept:
        return {"begin": len(numbers), "index": [], "values": []}
    begin = kept[0]
    if len(kept) * 4 >= len(numbers):
        kept = [i for i in range(begin, len(numbers)) if i < begin + 24 or i % 9 == 0 or i == len(numbers) - 1]
    return {"begin": begin, "index": kept, "values": [numbers[i] for i in kept]}


def rolling(series, n, f):
    """f over the last n values; nothing before there are as many."""
    values = np.asarray(series, float)
    return [f(values[i - n + 1 : i + 1]) if i >= n - 1 else None for i in range(len(values))]


def from_pandas_ta(c):
    o, h, l, k, v = c.open, c.high, c.low, c.close, c.volume
    ichimoku = pta.ichimoku(h, l, k, 9, 26, 52)[0]
    frames = {
        "mcgd(14, c=1)": pta.mcgd(k, 14, c=1),
        "vidya(14)": pta.vidya(k, 14),
        "kdj(9, 3)": pta.kdj(h, l, k, 9, 3),
        "qqe(14, 5, 4.236)": pta.qqe(k, 14, 5, 4.236),
        "rvgi(10, 4)": pta.rvgi(o, h, l, k, 10, 4),
        "squeeze(lazybear)": pta.squeeze(h, l, k, 20, 2, 20, 1.5, 12, 6, use_tr=True, lazybear=True),
        "ce(22, 3)": pta.ce(h, l, k, 22, 3),
        "chop(14)": pta.chop(h, l, k, 14, 1),
        "ichimoku(9, 26, 52)": ichimoku,
        "eom(14, 10000)": pta.eom(h, l, k, v, 14, 10000),
        "ui(14)": pta.ui(k, 14),
        "zscore(20)": pta.zscore(k, 20, 1),
        "hvol(30, 365)": pta.hvol(k, 30, 365),
        "cg(10)": pta.cg(k, 10),
        "median(20)": pta.median(k, 20),
        "bbands(20)": pta.bbands(k, 20, 2, ddof=0),
        "vwap(D)": pta.vwap(h, l, k, v, anchor="D"),
    }
    columns = {}
    for name, found in frames.items():
        if isinstance(found, pd.DataFrame):
            for part in found.columns:
                if found[part].notna().any() and part not in UNUSED:
                    columns[f"{name}.{part}"] = found[part].reindex(c.index)
        else:
            columns[name] = found
    # Klinger's volume force from the second candle on, its averages by this library (both seeded by a first mean).
    price = (h + l + k) / 3
    force = v.where(price.diff() >= 0, -v).iloc[1:]
    klinger = pta.ema(force, 34) - pta.ema(force, 55)
    columns["ema(34) - ema(55) of signed volume"] = klinger.reindex(c.index)
    columns["ema(13) of ema(34) - ema(55) of signed volume"] = pta.ema(klinger.dropna(), 13).reindex(c.index)
    return columns


def from_ta(c):
    o, h, l, k, v = c.open, c.high, c.low, c.close, c.volume
    bands = ta.volatility.BollingerBands(k, 20, 2)
    kst = ta.trend.KSTIndicator(k)
    ichimoku = ta.trend.IchimokuIndicator(h, l, 9, 26, 52)
    keltner = ta.volatility.KeltnerChannel(h, l, k, 20, 10, original_version=False, multiplier=2)
    return {
        "BollingerBands.pband": bands.bollinger_pband(),
        "BollingerBands.wband / 100": bands.bollinger_wband() / 100,
        "KST": kst.kst(),
        "KST.sig": kst.kst_sig(),
        "Ichimoku.conversion": ichimoku.ichimoku_conversion_line(),
        "Ichimoku.base": ichimoku.ichimoku_base_line(),
        "Ichimoku.a": ichimoku.ichimoku_a(),
        "Ichimoku.b": ichimoku.ichimoku_b(),
        "Keltner.upper": keltner.keltner_channel_hband(),
        "Keltner.middle": keltner.keltner_channel_mband(),
        "EaseOfMovement(14).sma": ta.volume.EaseOfMovementIndicator(h, l, v, 14).sma_ease_of_movement(),
        "UlcerIndex(14)": ta.volatility.UlcerIndex(k, 14).ulcer_index(),
    }


def from_talipp(c):
    candles = [OHLCV(*row) for row in c[["open", "high", "low", "close", "volume"]].itertuples(index=False)]
    closes = list(c.close)
    stop = talipp.ChandeKrollStop(10, 1, 9, candles)
    kst = talipp.KST(10, 10, 15, 10, 20, 10, 30, 15, 9, closes)
    keltner = talipp.KeltnerChannels(20, 10, 2, 2, candles)
    ichimoku = talipp.Ichimoku(26, 9, 26, 52, 26, candles)
    pick = lambda values, name: [None if v is None else getattr(v, name) for v in values]
    return {
        "ALMA(9, 0.85, 6)": list(talipp.ALMA(9, 0.85, 6, closes)),
        "ChandeKrollStop(10, 1, 9).short_stop": pick(stop, "short_stop"),
        "ChandeKrollStop(10, 1, 9).long_stop": pick(stop, "long_stop"),
        "CHOP(14)": list(talipp.CHOP(14, candles)),
        "EMV(14, 10000)": list(talipp.EMV(14, 10000, candles)),
        "KST.kst": pick(kst, "kst"),
        "KST.signal": pick(kst, "signal"),
        "KeltnerChannels(20, 10, 2).ub": pick(keltner, "ub"),
        "KeltnerChannels(20, 10, 2).cb": pick(keltner, "cb"),
        "McGinleyDynamic(14)": list(talipp.McGinleyDynamic(14, closes)),
        "RogersSatchell(30)": list(talipp.RogersSatchell(30, candles)),
        "VWAP from candle 48 on": [None] * 48 + list(talipp.VWAP(candles[48:])),
    }


def from_stockstats(c):
    frame = StockDataFrame.retype(c.copy())
    return {name: frame[name] for name in ("kdjk_9", "kdjd_9", "kdjj_9", "wt1_10,21", "chop_14")}


def from_finta(c, session):
    """Pivot points of whole sessions, given to the candles of the next one."""
    days = c.resample(session).agg({"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"})
    # finta itself reads the candle before, so its row of a session is what holds during it.
    columns = {}
    for name, found in (("PIVOT", finta.PIVOT(days)), ("PIVOT_FIB", finta.PIVOT_FIB(days))):
        for part in found.columns:
            columns[f"{name}.{part}"] = found[part].reindex(c.index, method="ffill")
    return columns


def from_scipy(c):
    k = c.close
    change = np.log(k / k.shift(1))
    place = np.arange(100)

    def channel(window, which):
        slope, start = np.polyfit(place, window, 1)
        line = start + slope * place
        spread = math.sqrt(np.mean((window - line) ** 2))
        return {"upper": line[-1] + 2 * spread, "middle": line[-1], "lower": line[-1] - 2 * spread, "slope": slope}[which]

    spearman = lambda w: 100 * scipy.stats.spearmanr(np.arange(len(w)), w).statistic
    return {
        **{f"numpy.polyfit(100).{w}": rolling(k, 100, lambda x, w=w: channel(x, w)) for w in ("upper", "middle", "lower", "slope")},
        "scipy.stats.spearmanr(10)": rolling(k, 10, spearman),
        "numpy.median(20)": rolling(k, 20, np.median),
        "scipy.stats.mode(20)": rolling(k, 20, lambda w: scipy.stats.mode(w).mode),
        "numpy.percentile(30, 50, hazen)": rolling(k, 30, lambda w: np.percentile(w, 50, method="hazen")),
        "numpy.percentile(20, 85, hazen)": rolling(k, 20, lambda w: np.percentile(w, 85, method="hazen")),
        "numpy.percentile(20, 85, inverted_cdf)": rolling(k, 20, lambda w: np.percentile(w, 85, method="inverted_cdf")),
        "scipy.stats.percentileofscore(100, weak)": rolling(k, 101, lambda w: scipy.stats.percentileofscore(w[:-1], w[-1], kind="weak")),
        "numpy.ptp(20)": rolling(k, 20, np.ptp),
        "scipy.stats.zscore(20)": rolling(k, 20, lambda w: scipy.stats.zscore(w)[-1]),
        "pandas.std(30) of log returns": 100 * math.sqrt(365) * change.rolling(30).std(),
        "pandas: above max(3) before": (k > k.shift(1).rolling(3).max()).astype(float).where(np.arange(len(k)) >= 3),
        "pandas: below min(3) before": (k < k.shift(1).rolling(3).min()).astype(float).where(np.arange(len(k)) >= 3),
        "pandas.std(20)": k.rolling(20).std(),
        "pandas.var(20)": k.rolling(20).var(),
        "numpy.maximum.accumulate": np.maximum.accumulate(c.high),
        "numpy.minimum.accumulate": np.minimum.accumulate(c.low),
    }


def main():
    for market, session in MARKETS.items():
        c = read_candles(market)
        libraries = {
            "pandas-ta-classic": from_pandas_ta(c),
            "ta": from_ta(c),
            "talipp": from_talipp(c),
            "stockstats": from_stockstats(c),
            "finta": from_finta(c, session),
            "scipy": from_scipy(c),
        }
        document = {
            "candles": COUNT,
            "libraries": {
                f"{name} {version(name)}": {column: kept for column, kept in ((column, keep(values)) for column, values in columns.items()) if kept["index"]}
                for name, columns in libraries.items()
            },
        }
        with open(HERE / f"peers-py-{market}.json.gz", "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
            file.write(json.dumps(document, separators=(",", ":")).encode())


if __name__ == "__main__":
    main()
