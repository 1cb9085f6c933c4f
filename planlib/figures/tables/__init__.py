"""Cells of tables of figures: numbers, periods and units of whatever source."""
