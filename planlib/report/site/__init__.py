"""Pages and the index in the reports folder."""
