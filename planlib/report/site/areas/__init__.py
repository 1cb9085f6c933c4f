"""Several areas of a plan: on the index while there is room, else on pages of their own."""
