"""Forecast: the rounds after the last published one, as distributions over an ensemble of populations."""

from simulate.forecast.drawing import Drawing, line_of, weighted_line
from simulate.forecast.forecast import Forecast, ForecastError, Front, Outlook, forecast
from simulate.forecast.weighted import WeightedLine, WeightedPaths

__all__ = [
    "Drawing",
    "Forecast",
    "ForecastError",
    "Front",
    "Outlook",
    "WeightedLine",
    "WeightedPaths",
    "forecast",
    "line_of",
    "weighted_line",
]
