"""Plan, figures, as-of day and audience held together."""
