"""The one table of figures: its columns, its sources, its checks, its store."""
