"""The checks of a plan that need more than one of its files."""
