"""Periods that are made of shorter ones, and verdicts seen along longer or shorter periods."""
