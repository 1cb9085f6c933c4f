"""A plan from its text: passages, numbers and times in them, and what they say of targets."""
