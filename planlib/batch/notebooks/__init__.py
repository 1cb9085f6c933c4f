"""Notebooks themselves: cleaned, committed, looked at for what they expose."""
