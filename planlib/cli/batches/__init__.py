"""``planlib batch``: many reviews in one go."""
