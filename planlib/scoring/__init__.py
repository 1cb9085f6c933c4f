"""Pure functions over arrays: a target and figures give a verdict, for one row or for millions."""
