"""The record: forecasts made in the past, held against what came."""
