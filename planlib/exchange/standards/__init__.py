"""Figures in the formats of statistics offices: SDMX, JSON-stat, data packages, CSV on the Web, Open SDG."""

STANDARDS = frozenset({".json", ".xml", ".csv"})  # endings of files that may be in one of them
