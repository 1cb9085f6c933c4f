"""The page of a goal in a site: what was set, what came of it in each area, and why."""
