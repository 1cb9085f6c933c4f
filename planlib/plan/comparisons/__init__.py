"""How a figure is held against a target: one module for each way; ``registry`` finds them."""
