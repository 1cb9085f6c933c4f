"""What a target says beyond its comparison, basis and cadence."""
