"""Commands about runs: what moved between two, and a run that goes on."""
