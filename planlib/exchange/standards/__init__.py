"""Figures in the formats of statistics offices: SDMX, JSON-stat, data packages, CSV on the Web, Open SDG."""
