"""Writes metrics.json.gz: what quantstats, empyrical-reloaded, scipy and freqtrade report of a seeded account.

    pip install quantstats==0.0.86 empyrical-reloaded==0.7.1 freqtrade==2026.9 && python packages/engine/golden/make-metrics.py

The account is 420 days of equity beside a market, and 80 trades that have nothing to do with that equity.
"""

import gzip, json, warnings
from pathlib import Path

warnings.filterwarnings('ignore')
import numpy as np, pandas as pd
import quantstats.stats as qs, quantstats, empyrical as ep, scipy.stats as st
import freqtrade, freqtrade.data.metrics as ft
from freqtrade.optimize.optimize_reports import generate_trading_stats
from freqtrade.optimize.optimize_reports.optimize_reports import _generate_result_line

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
BY_DATE = {'prepare_returns': False}
def last(months):
    return float(qs.comp(r[r.index > r.index[-1] - pd.DateOffset(months=months)]))
months = quantstats.utils.aggregate_returns(r, 'ME'); daily = r.mean() / r.std()
out |= {
 'geometricDay': qs.expected_return(r, **BY_DATE), 'geometricMonth': qs.expected_return(r, aggregate='ME', **BY_DATE),
 'bestYear': qs.best(r, aggregate='YE', **BY_DATE), 'worstYear': qs.worst(r, aggregate='YE', **BY_DATE),
 'winningQuarters': qs.win_rate(r, aggregate='QE', **BY_DATE),
 'longestWinningDays': qs.consecutive_wins(r, **BY_DATE), 'longestLosingDays': qs.consecutive_losses(r, **BY_DATE),
 'monthToDate': qs.comp(r['2024-02-01':]), 'yearToDate': qs.comp(r['2024-01-01':]),
 'last3Months': last(3), 'last6Months': last(6), 'last12Months': last(12),
 'adjustedSortino': qs.adjusted_sortino(r, periods=P), 'smartAdjustedSortino': qs.smart_sortino(r, periods=P) / np.sqrt(2),
 'downsideDeviation': ep.downside_risk(r, annualization=P), 'annualVariance': r.var() * P,
 'normalValueAtRisk95': qs.value_at_risk(r, confidence=0.95, **BY_DATE), 'normalValueAtRisk99': qs.value_at_risk(r, confidence=0.99, **BY_DATE),
 'gainToPainMonth': months.sum() / -months[months < 0].sum(),
 'probabilisticSharpe': st.norm.cdf(daily * np.sqrt(n - 1) / np.sqrt(1 - st.skew(r) * daily + (st.kurtosis(r) + 2) / 4 * daily**2)),
}
# freqtrade looks at balances; the deposit stands a day before the first of them.
balances = pd.DataFrame({'date': pd.date_range('2022-12-31', periods=n + 1, freq='D', tz='UTC'), 'total_quote': [10000, *equity]})
fall = ft.calculate_max_drawdown_from_balance(balances)
out |= {'maxDrawdownQuote': fall.drawdown_abs, 'currentDrawdown': fall.current_relative_account_drawdown,
        'cagr': ft.calculate_cagr(n, 10000, float(equity[-1]))}
# It divides by the population's deviation.
population = {'sharpe': ft.calculate_sharpe_from_balance(balances)}

size = 80
opened = np.sort(rng.integers(0, 400 * 24, size)) * 3_600_000
closed = opened + rng.integers(1, 72, size) * 3_600_000
order = np.argsort(closed, kind='stable'); opened, closed = opened[order], closed[order]
stake = np.round(rng.uniform(50, 400, size), 2)
ratio = np.round(rng.standard_t(5, size) * 0.02 + 0.003, 5)
pnl = np.round(stake * ratio, 8); short = rng.random(size) < 0.4
stamps = lambda ms: pd.to_datetime(ms, unit='ms', utc=True)
trades = pd.DataFrame({'pair': 'X/Y', 'open_date': stamps(opened), 'close_date': stamps(closed), 'profit_abs': pnl, 'profit_ratio': pnl / stake,
    'stake_amount': stake, 'is_short': short, 'trade_duration': (closed - opened) / 60_000, 'leverage': 1.0, 'exit_reason': 'x', 'enter_tag': 'x'})
stats = generate_trading_stats(trades); total = _generate_result_line(trades, stamps(np.array([0]))[0], stamps(np.array([closed[-1]]))[0], 10000, 'x')
mean_profit, per_risk = ft.calculate_expectancy(trades)
p = pd.Series(pnl / 1e6)
by_trade = {
 'expectancyQuote': mean_profit, 'expectancyRatio': per_risk, 'profitFactor': qs.profit_factor(p, **BY_DATE), 'averageStake': stake.mean(),
 'winRatio': stats['winrate'], 'winningTrips': stats['wins'], 'losingTrips': stats['losses'], 'lossRatio': stats['losses'] / size,
 'longestWinStreak': stats['max_consecutive_wins'], 'longestLossStreak': stats['max_consecutive_losses'],
 'meanTripMs': (closed - opened).mean(), 'meanWinMs': (closed - opened)[pnl > 0].mean(), 'meanLossMs': (closed - opened)[pnl < 0].mean(),
 'longestWinMs': stats['winner_holding_max_s'] * 1000, 'shortestWinMs': stats['winner_holding_min_s'] * 1000,
 'longestLossMs': stats['loser_holding_max_s'] * 1000, 'shortestLossMs': stats['loser_holding_min_s'] * 1000,
 'payoffRatio': qs.payoff_ratio(p, **BY_DATE), 'cpcIndex': qs.cpc_index(p, **BY_DATE), 'kelly': qs.kelly_criterion(p, **BY_DATE),
 'riskOfRuin': qs.risk_of_ruin(p, **BY_DATE), 'averageWin': float(pnl[pnl > 0].mean()), 'averageLoss': float(pnl[pnl < 0].mean()),
 'profitDeviation': float(np.std(pnl, ddof=1)), 'medianTripMs': float(np.median(closed - opened)),
 'expectancy': total['profit_mean'], 'grossProfit': float(pnl[pnl > 0].sum()), 'grossLoss': float(pnl[pnl < 0].sum()),
}
rounded = {'sqn': ft.calculate_sqn(trades, 10000), 'profitFactor': total['profit_factor'], 'winRatio': total['winrate']}
document = {'made': {'quantstats': quantstats.__version__, 'empyrical-reloaded': ep.__version__, 'freqtrade': freqtrade.__version__, 'numpy': np.__version__, 'pandas': pd.__version__},
  'firstDay': '2023-01-01', 'deposit': 10000, 'firstOpen': 30000, 'equity': equity.tolist(), 'prices': prices.tolist(),
  'metrics': {k: float(v) for k, v in out.items()}, 'populationMetrics': {k: float(v) for k, v in population.items()},
  'trades': [[int(a), int(b), int(c), float(d), float(e)] for a, b, c, d, e in zip(opened, closed, short, stake, pnl)],
  'tradeMetrics': {k: float(v) for k, v in by_trade.items()}, 'roundedTradeMetrics': {k: float(v) for k, v in rounded.items()}}
with open(Path(__file__).parent / 'metrics.json.gz', 'wb') as raw, gzip.GzipFile(fileobj=raw, mode='wb', mtime=0, filename='') as file:
    file.write(json.dumps(document).encode())
for part in ('metrics', 'populationMetrics', 'tradeMetrics', 'roundedTradeMetrics'):
    for k, v in document[part].items(): print(part, k, v)
