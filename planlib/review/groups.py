"""The groups of a goal in a year: who is furthest behind, and whether the gap between them closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from planlib.evaluation import Evaluation
from planlib.evaluation.verdicts import GoalVerdict, clean
from planlib.plan.brief import Brief
from planlib.plan.groups.dimensions import Dimension, parts_of
from planlib.plan.target import PERCENT_BASES, Basis
from planlib.plan.verdicts import SHORT

Way = Literal["closing", "widening", "steady"]
DIGITS = 2  # decimals a gap is told with, and compared by; of percentages one
PERCENT_DIGITS = 1


@dataclass(frozen=True, repr=False)
class Gap(Brief):
    """How far apart the best and the worst group of a dimension are, then and now.

    ``size`` is in the unit of the figures, in percentage points where they are percentages.
    ``then`` is the first year that all groups with a figure now had one, with the gap between the
    best and the worst of that year; None, like ``way``, where there is no such year before.
    """

    dimension: Dimension
    best: GoalVerdict
    worst: GoalVerdict
    size: float
    then: tuple[int, float] | None
    way: Way | None


@dataclass(frozen=True, repr=False)
class GoalGroups(Brief):
    """A goal with the verdicts of its groups in a year.

    ``before`` holds the first figure of each group in an earlier year of the term, by group: the
    year and the figure.
    """

    whole: GoalVerdict
    groups: tuple[GoalVerdict, ...]
    before: Mapping[str, tuple[int, float]]
    gaps: tuple[Gap, ...]

    @property
    def furthest(self) -> GoalVerdict | None:
        """The group of one dimension that is furthest short of its target; None where none is."""
        short = [
            one for one in self.groups
            if one.verdict in SHORT and one.attainment is not None and len(parts_of(one.group)) == 1
        ]  # fmt: skip
        return min(short, key=lambda one: one.attainment or 0.0, default=None)

    @property
    def aimed(self) -> bool:
        """Whether any group has a target."""
        return any(one.target is not None for one in self.groups)


def goal_groups(evaluation: Evaluation, area: str, year: int) -> tuple[GoalGroups, ...]:
    """Every goal that is followed by groups in an area, in the order of the plan."""
    names = [goal.id for goal in evaluation.plan.goals if goal.by]
    if not names:
        return ()
    years = [one for one in evaluation.plan.years if one <= year]
    by_year = {one: evaluation.group_verdicts(area, one, names) for one in years}
    wholes = evaluation.year_verdicts(area, year, names)
    return tuple(
        _of_goal(
            evaluation,
            whole,
            {one: [v for v in held if v.goal.id == whole.goal.id] for one, held in by_year.items()},
        )
        for whole in wholes
    )


def _of_goal(
    evaluation: Evaluation, whole: GoalVerdict, by_year: Mapping[int, Sequence[GoalVerdict]]
) -> GoalGroups:
    before: dict[str, tuple[int, float]] = {}
    for year, verdicts in by_year.items():
        for one in verdicts:
            if one.value is not None and one.figure_of is None and year < whole.year:
                before.setdefault(one.group, (year, one.value))
    dimensions = [one for one in evaluation.plan.header.dimensions if one.id in whole.goal.by]
    gaps = (_gap(dimension, whole.year, by_year) for dimension in dimensions)
    return GoalGroups(
        whole, tuple(by_year[whole.year]), before, tuple(gap for gap in gaps if gap is not None)
    )


def _gap(
    dimension: Dimension, year: int, by_year: Mapping[int, Sequence[GoalVerdict]]
) -> Gap | None:
    """The gap of a dimension; None where fewer than two groups have a figure, or counts differ.

    Figures that stand in are of other periods, and no gap is told between periods.

    Numbers of people in groups of different size say nothing of who is better off.
    """

    def known(at: int) -> list[GoalVerdict]:
        return [
            one for one in by_year[at]
            if one.value is not None and one.figure_of is None
            and list(parts_of(one.group)) == [dimension.id]
        ]  # fmt: skip

    now = known(year)
    target = now[0].goal.main_target() if now else None
    if target is None or len(now) < 2 or target.basis is Basis.count:
        return None
    if target.kind.figure != "number":
        return None
    percent = target.basis in PERCENT_BASES or now[0].goal.unit == "%"
    digits = PERCENT_DIGITS if percent else DIGITS
    lower = target.better == "lower"

    def ends(verdicts: Sequence[GoalVerdict]) -> tuple[GoalVerdict, GoalVerdict, float]:
        ordered = sorted(verdicts, key=lambda one: one.value or 0.0, reverse=not lower)
        best, worst = ordered[0], ordered[-1]
        return best, worst, clean(abs((best.value or 0.0) - (worst.value or 0.0))) or 0.0

    best, worst, size = ends(now)
    then = None
    for earlier in sorted(by_year):
        same = [one for one in known(earlier) if one.group in {v.group for v in now}]
        if earlier < year and len(same) == len(now):
            then = earlier, ends(same)[2]
            break
    return Gap(dimension, best, worst, size, then, _way(size, then, digits))


def _way(size: float, then: tuple[int, float] | None, digits: int) -> Way | None:
    if then is None:
        return None
    moved = round(size, digits) - round(then[1], digits)
    return "steady" if abs(moved) < 0.5 * 10.0**-digits else "widening" if moved > 0 else "closing"
