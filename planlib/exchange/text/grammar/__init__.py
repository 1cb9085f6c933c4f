"""Words, numbers, times and amounts of a language, found in its texts."""
