"""The office's workbook: template, import and export."""
