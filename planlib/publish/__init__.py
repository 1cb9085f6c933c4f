"""Executed notebooks and results become pages anyone can open offline."""
