"""What the index of a site prints, held against what was recomputed."""
