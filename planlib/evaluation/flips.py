"""When a verdict has flipped: one definition, for the yearly page and for ``planlib changes``.

A verdict *stands* when it was computed, or published where nothing could be computed. It has
flipped when one stood before and one stands now, and a report or a revision of the plan made it
another. Time alone flips nothing: a goal short of its target is "not yet" before its deadline and
"missed" after it, and stays short.
"""

from __future__ import annotations

from planlib.evaluation.verdicts import GoalVerdict
from planlib.scoring.verdict import JUDGED, Verdict


def standing(verdict: GoalVerdict) -> Verdict | None:
    """The verdict that stands: the computed one, else the published one, else none."""
    if verdict.verdict in JUDGED:
        return verdict.verdict
    return verdict.published_verdict


def flipped(before: GoalVerdict, after: GoalVerdict) -> bool:
    """Whether a verdict that stood says something else now."""
    old, new = (_timeless(standing(one)) for one in (before, after))
    return old is not None and new is not None and old != new


def _timeless(verdict: Verdict | None) -> Verdict | None:
    return Verdict.not_met if verdict is Verdict.not_yet else verdict
