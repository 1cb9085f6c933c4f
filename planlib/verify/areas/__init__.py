"""Proves what pages print of areas compared, with arithmetic of its own."""
