"""Tables of indicators, CSV or Excel: read by a mapping of their columns, which is proposed."""
