"""Pure functions over arrays: a target and figures give a verdict, for one row or for millions."""

from planlib.scoring.score import Standing, score, score_term
from planlib.scoring.verdict import Verdict

__all__ = ["Standing", "Verdict", "score", "score_term"]
