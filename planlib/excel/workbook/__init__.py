"""What an Excel file holds: its parts, its cells, and what stands against trusting them."""
