"""Figures as they were given, and as they would be if some were others."""
