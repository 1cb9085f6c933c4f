"""What targets say beyond their bounds, worked out by the code of the proof alone."""
