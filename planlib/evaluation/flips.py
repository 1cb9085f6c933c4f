"""When a verdict has flipped: one definition, for the yearly page and for ``planlib changes``.

A verdict *stands* when it was computed, or published where nothing could be computed. It has
flipped when one stood before and one stands now, and a report or a revision of the plan made it
another. Time alone flips nothing: a goal short of its target is "not yet" before its deadline and
"missed", or "nearly met", after it, and stays short.
"""

from __future__ import annotations

from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.verdicts import SHORT
from planlib.scoring.verdict import JUDGED, Verdict


def standing(verdict: GoalVerdict) -> Verdict | None:
    """The verdict that stands: the computed one, else the published one, else none."""
    if verdict.verdict in JUDGED:
        return verdict.verdict
    return verdict.published_verdict


def flipped(before: GoalVerdict, after: GoalVerdict) -> bool:
    """Whether a verdict that stood says something else now."""
    old, new = standing(before), standing(after)
    if old is None or new is None or old == new:
        return False
    return Verdict.not_yet not in {old, new} or not {old, new} <= set(SHORT)
