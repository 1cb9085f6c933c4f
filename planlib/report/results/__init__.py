"""The table of results that is handed on: its rows, what is said about it, and the formats it takes."""
