"""Proves what an office hands in: documents and tables, read with code of its own."""
