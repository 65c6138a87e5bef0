"""Backtest: forecast rounds that are known, from the data before them, beside simple rules."""

from simulate.backtest.backtest import Backtest, backtest
from simulate.backtest.sensitivity import moved, signs

__all__ = ["Backtest", "backtest", "moved", "signs"]
