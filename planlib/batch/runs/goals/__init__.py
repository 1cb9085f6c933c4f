"""The pages of goals that a run writes."""
