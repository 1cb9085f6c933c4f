"""A run in a reports folder, from request to index."""
