"""Charts of areas compared: funnel, bands of ranks, small multiples."""
