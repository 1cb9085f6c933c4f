"""The nouns of a plan, and their reading from YAML."""
