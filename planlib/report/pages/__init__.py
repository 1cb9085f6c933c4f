"""What each page holds, cell by cell."""
