"""What `planlib export` does."""
