"""What moved between two days: every figure, verdict and target that is no longer the same.

Both days are replayed in full: the reports known by then and the plan as it then stood. What it
means that a verdict flipped is said in ``planlib.evaluation.flips``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planlib.evaluation.flips import flipped
from planlib.evaluation.others import held_against
from planlib.evaluation.resolved import Resolved
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import vintage_text
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence, Target
from planlib.plan.targets.revision import GoalRevision
from planlib.scoring.verdict import Verdict

Kind = Literal["new", "revised", "withdrawn", "plan"]


@dataclass(frozen=True, repr=False)
class VerdictChange(Brief):
    """One goal in one year (or over the term) on both days.

    ``kind``: a figure is ``new``, ``revised`` (another report, value or published verdict), or
    ``withdrawn``; ``plan`` where only the goal changed. ``revisions`` are those of the goal made
    between the days.
    """

    before: GoalVerdict
    after: GoalVerdict
    kind: Kind
    revisions: tuple[GoalRevision, ...]

    @property
    def flipped(self) -> bool:
        """Whether a verdict that stood says something else now (``planlib.evaluation.flips``)."""
        return flipped(self.before, self.after)


@dataclass(frozen=True, repr=False)
class PlanChanges(Brief):
    """Everything that moved in one area between two days, flipped verdicts first in each year.

    ``of_groups`` are those of groups, which are no goals of their own: no count holds them.
    ``revisions`` are the revisions of the plan between the days: (goal, revision).
    """

    plan: Plan
    area: str
    start: str
    end: str
    illustrative: bool
    changes: tuple[VerdictChange, ...]
    of_groups: tuple[VerdictChange, ...]
    revisions: tuple[tuple[Goal, GoalRevision], ...]

    @property
    def flipped(self) -> tuple[VerdictChange, ...]:
        """The changes that turned a verdict."""
        return tuple(change for change in self.changes if change.flipped)

    @property
    def figures(self) -> tuple[VerdictChange, ...]:
        """The changes of a figure; the others are of the plan alone."""
        return tuple(change for change in self.changes if change.kind != "plan")


def changes(evaluation: Resolved, area: str, start: int, end: int) -> PlanChanges:
    """Compare two days (day numbers) in one area; raises ValueError where they are out of order."""
    if start >= end:
        raise ValueError(f"the first day must lie before the last, found {start} and {end}")
    before, after = evaluation.replayed_on(start), evaluation.replayed_on(end)
    frame = evaluation.figures_about([area]).frame
    moved = set(frame.loc[(frame["vintage"] > start) & (frame["vintage"] <= end), "goal"])
    moved = held_against(after.plan, moved)
    revised = {goal.id: _between(before.plan.goal(goal.id), goal) for goal in after.plan.goals}
    ids = [goal for goal, revisions in revised.items() if goal in moved or revisions]
    found: list[VerdictChange] = []
    of_groups: list[VerdictChange] = []
    for year in (*after.plan.years, None) if ids else ():
        old, new = (
            one.term_verdicts(area, goals=ids) if year is None
            else one.year_verdicts(area, year, ids)
            for one in (before, after)
        )  # fmt: skip
        mine = [change for pair in zip(old, new, strict=True) for change in _changed(*pair)]
        found += sorted(mine, key=lambda change: not change.flipped)
        of_groups += _of_groups(before, after, area, year, ids)
    return PlanChanges(
        plan=after.plan,
        area=area,
        start=vintage_text(start) or "",
        end=vintage_text(end) or "",
        illustrative=evaluation.illustrative(area),
        changes=tuple(found),
        of_groups=tuple(of_groups),
        revisions=tuple(
            (after.plan.goal(goal), one) for goal, several in revised.items() for one in several
        ),
    )


def _of_groups(
    before: Resolved, after: Resolved, area: str, year: int | None, ids: list[str]
) -> list[VerdictChange]:
    """The changes of groups; one that had no figure yet on the first day was without data."""
    found: list[VerdictChange] = []
    earlier = {(v.goal.id, v.group): v for v in before.group_verdicts(area, year, ids)}
    for verdict in after.group_verdicts(area, year, ids):
        old = earlier.get((verdict.goal.id, verdict.group))
        if old is None:
            old = before.verdict_of(
                before.goal(verdict.goal.id).in_group(verdict.group), area, year
            )
        found += _changed(old, verdict)
    return sorted(found, key=lambda change: not change.flipped)


def _between(before: Goal, after: Goal) -> tuple[GoalRevision, ...]:
    return after.revisions[len(before.revisions) :]


def _changed(before: GoalVerdict, after: GoalVerdict) -> Iterator[VerdictChange]:
    """The change between two verdicts on the same goal and year; nothing where there is none."""
    if after.term and not (_of_the_term(before.target) or _of_the_term(after.target)):
        return  # each year's own row tells it
    revisions = _between(before.goal, after.goal)
    kind: Kind | None = None
    if _figure(before) != _figure(after):
        kind = _kind(before, after)
    elif revisions and _judged(before) != _judged(after):
        kind = "plan"
    if kind is not None:
        yield VerdictChange(before, after, kind, revisions)


def _kind(before: GoalVerdict, after: GoalVerdict) -> Kind:
    """A withheld figure was reported all the same; one that was told and no longer is, withdrawn."""
    reported = [_reported(one) for one in (before, after)]
    held = [one.verdict is Verdict.suppressed for one in (before, after)]
    if all(reported) or all(held):
        return "revised"
    if reported[1]:
        return "new"
    return "new" if held[1] and not reported[0] else "withdrawn"


def _of_the_term(target: Target | None) -> bool:
    return target is not None and target.cadence in {Cadence.over_term, Cadence.keep}


def _figure(verdict: GoalVerdict) -> tuple[object, ...]:
    return (
        verdict.value, verdict.low, verdict.high, verdict.words, verdict.vintage, verdict.estimate,
        verdict.published_verdict,
    )  # fmt: skip


def _reported(verdict: GoalVerdict) -> bool:
    """Whether a report said anything of it: a figure, words or a verdict."""
    ends = (verdict.value, verdict.low, verdict.high, verdict.published_verdict)
    return bool(verdict.words) or any(end is not None for end in ends)


def _judged(verdict: GoalVerdict) -> tuple[object, ...]:
    return (verdict.target, verdict.verdict, verdict.road)
