"""Forecast: the rounds after the last published one, as distributions over an ensemble of populations."""

from simulate.forecast.forecast import Forecast, ForecastError, Front, Outlook, forecast

__all__ = ["Forecast", "ForecastError", "Front", "Outlook", "forecast"]
