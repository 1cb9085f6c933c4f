"""Reporting periods: what they are, and how they are written."""
