"""What the strips of each table show: a figure against its target, its schedule, its past."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from planlib.evaluation.verdicts import GoalVerdict
from planlib.report.strips import Kind, Mark, StripScale
from planlib.review.annual import Revision
from planlib.scoring.verdict import Verdict

ATTAINED = StripScale(0.0, 1.5)  # shares of the target
TRAVELLED = StripScale(0.0, 1.25)  # shares of the road from the baseline to the target
_NARROW = 0.03  # the width of a good side that is a single value
_LEAST, _MOST = -0.5, 2.0  # shares of the target outside which a revised figure is at the edge
_NARROWEST = 0.1  # no scale is narrower than this, lest a trifle look like a landslide


def attainment_strip(verdict: GoalVerdict) -> tuple[Mark, ...]:
    """A figure as a share of its target, its good side shaded; nothing without such a share."""
    level, target = verdict.level, verdict.target
    if level is None or target is None:
        return ()
    tick = ATTAINED.place(1.0)
    if target.kind.closed(target):
        good = Mark("good", tick - _NARROW / 2, tick + _NARROW / 2)
    # Below zero a greater share of the target means lower.
    elif (target.better != "lower") == ((target.near or 0.0) > 0):
        good = Mark("good", tick, 1.0)
    else:
        good = Mark("good", 0.0, tick)
    return (good, Mark("tick", tick), _dot(ATTAINED, level, verdict.verdict))


def schedule_strip(verdict: GoalVerdict) -> tuple[Mark, ...]:
    """The road so far and the way to where the time gone puts it; nothing without a road."""
    road, expected = verdict.road, verdict.time_share
    if road is None or expected is None:
        return ()
    return (
        _span(TRAVELLED.place(road), TRAVELLED.place(expected)),
        Mark("tick", TRAVELLED.place(expected)),
        _dot(TRAVELLED, road, verdict.verdict),
    )


def revision_strip(revision: Revision, scale: StripScale) -> tuple[Mark, ...]:
    """The old and the new figure as shares of the target; nothing where the new one has none."""
    old, new = revision.before.level, revision.verdict.level
    if new is None:
        return ()
    marks = [Mark("tick", scale.place(1.0)), _dot(scale, new, revision.verdict.verdict)]
    if old is not None:
        span = _span(scale.place(old), scale.place(new))
        marks[1:1] = [span, _dot(scale, old, revision.before.verdict, kind="was")]
    return tuple(marks)


def revision_scale(revisions: Iterable[Revision]) -> StripScale:
    """One scale for figures before and after, with the target and a little air on it."""
    ends = [end for one in revisions for end in (one.before.level, one.verdict.level)]
    return _around([end for end in ends if end is not None])


def _around(levels: Sequence[float]) -> StripScale:
    low = max(min([*levels, 1.0]), _LEAST)
    high = min(max([*levels, 1.0]), _MOST)
    air = max(0.08 * (high - low), (_NARROWEST - (high - low)) / 2, 0.02)
    return StripScale(low - air, high + air)


def _span(one: float, other: float) -> Mark:
    return Mark("span", min(one, other), max(one, other))


def _dot(scale: StripScale, value: float, verdict: Verdict, *, kind: Kind = "dot") -> Mark:
    beyond: Literal["", "low", "high"] = ""
    if not scale.holds(value):
        beyond = "low" if value < scale.low else "high"
    return Mark(kind, scale.place(value), verdict=verdict, beyond=beyond)
