"""What a page holds beside what it shows: a file of its figures, and what it says of itself."""
