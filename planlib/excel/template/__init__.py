"""The workbook an office fills in."""
