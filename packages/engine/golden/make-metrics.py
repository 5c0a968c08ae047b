# Golden figures of metrics: computed once with quantstats and empyrical-reloaded on a seeded series of daily returns.
import json, sys, warnings
warnings.filterwarnings('ignore')
import numpy as np, pandas as pd
import quantstats.stats as qs, quantstats, empyrical as ep, scipy.stats as st
rng = np.random.default_rng(20240817)
n = 420
market = np.round(rng.standard_t(4, n) * 0.018 + 0.0007, 6)
returns = np.round(0.45 * market + rng.normal(0.0004, 0.009, n), 6)
returns[rng.random(n) < 0.12] = 0.0
dates = pd.date_range('2023-01-01', periods=n, freq='D')
equity = 10000 * np.cumprod(1 + returns); prices = 30000 * np.cumprod(1 + market)
# what is committed are the levels; returns are theirs again
equity = np.round(equity, 6); prices = np.round(prices, 6)
r = pd.Series(np.concatenate([[10000], equity])).pct_change().dropna(); r = pd.Series(r.values, dates)
b = pd.Series(np.concatenate([[30000], prices])).pct_change().dropna(); b = pd.Series(b.values, dates)
P = 365
active = r - b
out = {
 'totalReturn': qs.comp(r), 'volatility': qs.volatility(r, periods=P), 'sharpe': qs.sharpe(r, periods=P), 'sortino': qs.sortino(r, periods=P),
 'smartSharpe': qs.smart_sharpe(r, periods=P), 'smartSortino': qs.smart_sortino(r, periods=P),
 'omega': ep.omega_ratio(r), 'gainToPain': qs.gain_to_pain_ratio(r), 'serenity': qs.serenity_index(r),
 'maxDrawdown': -qs.max_drawdown(r), 'tailRatio': ep.tail_ratio(r), 'valueAtRisk95': ep.value_at_risk(r, 0.05), 'valueAtRisk99': ep.value_at_risk(r, 0.01),
 'outlierWinRatio': qs.outlier_win_ratio(r), 'outlierLossRatio': qs.outlier_loss_ratio(r), 'commonSenseRatio': qs.profit_factor(r) * ep.tail_ratio(r),
 'skew': st.skew(r), 'kurtosis': st.kurtosis(r), 'beta': ep.beta(r, b), 'alpha': qs.greeks(r, b, periods=P)['alpha'],
 'correlation': float(np.corrcoef(r, b)[0, 1]), 'rSquared': qs.r_squared(r, b, prepare_returns=False), 'informationRatio': qs.information_ratio(r, b, prepare_returns=False) * np.sqrt(P),
 'trackingError': float(active.std(ddof=1) * np.sqrt(P)), 'bestDay': float(r.max()), 'worstDay': float(r.min()), 'meanDay': float(r.mean()),
 'winningDays': qs.win_rate(r), 'bestMonth': qs.best(r, aggregate='ME', prepare_returns=False), 'worstMonth': qs.worst(r, aggregate='ME', prepare_returns=False),
 'meanUpMonth': qs.avg_win(r, aggregate='ME', prepare_returns=False), 'meanDownMonth': qs.avg_loss(r, aggregate='ME', prepare_returns=False), 'winningMonths': qs.win_rate(r, aggregate='ME', prepare_returns=False),
 'cagr': qs.cagr(r, periods=P), 'calmar': qs.cagr(r, periods=P) / -ep.max_drawdown(r),
}
dd = ep.max_drawdown(r)
json.dump({'made': {'quantstats': quantstats.__version__, 'empyrical-reloaded': ep.__version__, 'numpy': np.__version__, 'pandas': pd.__version__},
  'firstDay': '2023-01-01', 'deposit': 10000, 'firstOpen': 30000, 'equity': equity.tolist(), 'prices': prices.tolist(),
  'metrics': {k: float(v) for k, v in out.items()}}, open(sys.argv[1], 'w'))
for k, v in out.items(): print(k, float(v))
