"""Periods that the proof makes of shorter ones, with code of its own."""
