"""Reading the documents that texts come in."""
