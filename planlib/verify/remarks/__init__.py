"""What an office says, on pages: its own words, all of them, and nothing else."""
