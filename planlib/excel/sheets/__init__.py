"""From the rows of an office's sheet to figures."""
