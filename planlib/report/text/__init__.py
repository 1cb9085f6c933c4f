"""Findings in phrases and sentences."""
