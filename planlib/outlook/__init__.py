"""Honest forecasts from three to six yearly figures: trend, distribution, probability, record."""
