"""Forecast: the rounds after the last published one, as distributions over an ensemble of populations."""
