"""Numbers, dates and units as people type them."""
