"""How sure recomputed verdicts are, from the errors of their figures: with code of its own."""
