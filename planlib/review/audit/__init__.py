"""A plan questioned before it is held against anything: what in it cannot be judged, or be met."""
