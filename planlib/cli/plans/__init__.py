"""The commands that make plans: anew, from a file of somebody else's, and for elsewhere."""
