"""Writes talib-*.json.gz: what TA-Lib (PyPI package TA-Lib, BSD licence) gives for the candles beside it.

    pip install TA-Lib==0.8.2 && python packages/engine/golden/make-talib.py

Of every output the first values, then every 9th and the last are kept; of candlestick patterns every hit.
"""

import csv
import gzip
import json
import sys
from pathlib import Path

import numpy as np
import talib
from talib import abstract

HERE = Path(__file__).parent
FIRST_KEPT = 24
STRIDE = 9

# Beyond the defaults: short and odd windows, every kind of average.
MA_KINDS = range(9)
VARIANTS = {
    "MA": [{"timeperiod": 11, "matype": k} for k in MA_KINDS],
    "BBANDS": [{"timeperiod": 5}] + [{"timeperiod": 13, "nbdevup": 1.5, "nbdevdn": 2.5, "matype": k} for k in MA_KINDS],
    "APO": [{"fastperiod": 5, "slowperiod": 13, "matype": k} for k in (0, 2, 4)],
    "PPO": [{"fastperiod": 5, "slowperiod": 13, "matype": k} for k in (0, 2, 4)],
    "MACDEXT": [
        {"fastperiod": 5, "fastmatype": a, "slowperiod": 13, "slowmatype": b, "signalperiod": 4, "signalmatype": c}
        for a, b, c in ((1, 1, 1), (2, 0, 1), (6, 1, 2), (3, 4, 5), (8, 1, 0))
    ],
    "STOCH": [
        {"fastk_period": 14, "slowk_period": 3, "slowk_matype": a, "slowd_period": 5, "slowd_matype": b}
        for a, b in ((0, 0), (1, 1), (2, 5))
    ],
    "MAVP": [{"minperiod": 3, "maxperiod": 12, "matype": 1}],
    "SAR": [{"acceleration": 0.05, "maximum": 0.3}, {"acceleration": 0.5, "maximum": 0.2}],
    "SAREXT": [
        {"startvalue": -40000.0, "offsetonreverse": 0.01},
        {"accelerationinitlong": 0.01, "accelerationlong": 0.03, "accelerationmaxlong": 0.1, "accelerationshort": 0.05},
    ],
    "MACD": [{"fastperiod": 26, "slowperiod": 12, "signalperiod": 5}, {"fastperiod": 3, "slowperiod": 7, "signalperiod": 2}],
    "MAMA": [{"fastlimit": 0.8, "slowlimit": 0.1}],
    "T3": [{"timeperiod": 9, "vfactor": 0.3}],
    "ULTOSC": [{"timeperiod1": 3, "timeperiod2": 11, "timeperiod3": 5}],
    "STOCHRSI": [{"timeperiod": 9, "fastk_period": 7, "fastd_period": 4, "fastd_matype": 1}],
    "ADOSC": [{"fastperiod": 12, "slowperiod": 5}],
}


def read_candles(name):
    with gzip.open(HERE / f"candles-{name}.csv.gz", "rt") as file:
        rows = [[float(x) for x in row] for row in list(csv.reader(file))[1:]]
    _, *columns = (np.array(column) for column in zip(*rows))
    inputs = dict(zip(("open", "high", "low", "close", "volume"), columns))
    inputs["periods"] = 2 + np.arange(len(rows)) % 29.0
    return inputs


def keep(values, integer, lookback):
    if integer:
        hits = [[i, int(v)] for i, v in enumerate(values) if v]
        if len(hits) * 4 < len(values):
            return {"hits": hits}
        values = values.astype(float)
        values[:lookback] = np.nan
    begin = int(np.argmax(~np.isnan(values))) if not np.isnan(values).all() else len(values)
    chosen = [i for i in range(begin, len(values)) if i < begin + FIRST_KEPT or i % STRIDE == 0 or i == len(values) - 1]
    return {"begin": begin, "index": chosen, "values": [None if not np.isfinite(values[i]) else float(values[i]) for i in chosen]}


def cases(function):
    defaults = dict(function.info["parameters"])
    yield {}
    yield from VARIANTS.get(function.info["name"], [])
    periods = [name for name in defaults if name == "timeperiod"]
    if periods and function.info["name"] not in VARIANTS:
        yield {"timeperiod": 3}
        yield {"timeperiod": 41}


def main(market):
    inputs = read_candles(market)
    results = []
    for name in sorted(talib.get_functions()):
        function = abstract.Function(name)
        for params in cases(function):
            function = abstract.Function(name)
            function.parameters = params
            out = function(inputs)
            columns = out if isinstance(out, list) else [out]
            integer = [column.dtype.kind == "i" for column in columns]
            lookback = function.lookback
            results.append(
                {
                    "name": name,
                    "params": {**dict(function.info["parameters"])},
                    "isDefault": params == {},
                    "lookback": lookback,
                    "outputs": [keep(column, i, lookback) for column, i in zip(columns, integer)],
                }
            )
    document = {"made": f"TA-Lib {talib.__ta_version__.decode().split()[0]}, PyPI TA-Lib {talib.__version__}", "functions": results}
    with open(HERE / f"talib-{market}.json.gz", "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(json.dumps(document, separators=(",", ":")).encode())


if __name__ == "__main__":
    for market in sys.argv[1:] or ("btcusdt-1h", "avaxusdt-1m"):
        main(market)
