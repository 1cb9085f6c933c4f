"""Would another reasonable analyst say the same? Every verdict again under every alternative.

A verdict is robust when no alternative moves the goal between reached and not reached. The alternatives are
the readings of the text, rounding, one case more or fewer, the report before the newest, and each
missing figure at the best and the worst that was ever seen for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planlib.evaluation.verdicts import GoalVerdict, clean
from planlib.figures.observations import Observations, vintage_day
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.review.annual import AnnualReview
from planlib.review.sections import rolled
from planlib.scoring.alternatives import Change, missing_at, one_case, previous_report, rounded
from planlib.scoring.counts import EXPECTED, Counts
from planlib.scoring.score import score
from planlib.scoring.verdict import REACHED, Verdict

ALTERNATIVES = (
    "rounded_up", "rounded_down", "one_more", "one_fewer", "previous_report", "missing_best",
    "missing_worst",
)  # fmt: skip
GUESSED = ("missing_best", "missing_worst")
DRAWS, SEED = 2000, 20102015


@dataclass(frozen=True)
class Alternative:
    """One other way to see a figure or a text; ``kind`` is one of ``ALTERNATIVES`` or ``reading``."""

    kind: str
    reading: str | None
    verdict: Verdict
    attainment: float | None


@dataclass(frozen=True)
class GoalSensitivity:
    """One goal's verdict and what would change it."""

    verdict: GoalVerdict
    alternatives: tuple[Alternative, ...]

    @property
    def reached(self) -> bool:
        """Whether the goal is met or exceeded as reported."""
        return self.verdict.verdict in REACHED

    @property
    def flips(self) -> tuple[Alternative, ...]:
        """The alternatives that move the goal between reached and not reached."""
        return tuple(d for d in self.alternatives if (d.verdict in REACHED) != self.reached)

    @property
    def robust(self) -> bool:
        """Whether no alternative moves it."""
        return not self.flips

    @property
    def spread(self) -> float:
        """How much of the goal's attainment hangs on its alternatives, 0 to 1."""
        known = [d.attainment for d in self.alternatives if d.attainment is not None]
        own = self.verdict.attainment
        known += [own] if own is not None else []
        return max(known) - min(known) if known else 0.0


@dataclass(frozen=True)
class Sensitivity:
    """All goals of one year; parts of another goal are left out, as in the roll-up."""

    goals: tuple[GoalSensitivity, ...]
    weights: tuple[float, float, float] | None
    without_section: tuple[tuple[str, int, int], ...]

    @property
    def counts(self) -> Counts:
        """What is counted of the verdicts as reported."""
        return Counts.of(goal.verdict.verdict for goal in self.goals)

    @property
    def reached_always(self) -> int:
        """Goals met or exceeded under every alternative."""
        return sum(goal.reached and goal.robust for goal in self.goals)

    @property
    def reached_at_best(self) -> int:
        """Goals met or exceeded under at least one alternative."""
        return sum(goal.reached or not goal.robust for goal in self.goals)

    @property
    def not_robust(self) -> tuple[GoalSensitivity, ...]:
        """Goals whose verdict hangs on something, the one that would change most first."""
        found = [goal for goal in self.goals if not goal.robust]
        return tuple(sorted(found, key=lambda goal: (-goal.spread, -len(goal.flips))))


def sensitivity(plan: Plan, observations: Observations, review: AnnualReview) -> Sensitivity:
    """Try every alternative on a yearly review.

    A missing figure is guessed at only where there should be one. ``weights`` are the 5th, 50th and 95th percentile of mean attainment when the goals' weights
    are drawn at random (Dirichlet, all weights equally likely, fixed seed); None where no goal has
    a ratio. ``without_section`` gives, for each section left out, how many goals are reached and
    how many are judged.
    """
    as_of = vintage_day(review.as_of) if review.as_of else None
    plan = plan.in_force(as_of)
    mine = observations.of_area(review.area)
    mine = Observations(mine.frame.reset_index(drop=True))
    if as_of is not None:
        known = mine.frame[mine.frame["vintage"] <= as_of].reset_index(drop=True)
        mine = Observations(known)
    wholes = [v for v in review.verdicts if v.goal.part_of is None]
    goals = [verdict.goal for verdict in wholes]
    expected = [verdict.goal for verdict in wholes if verdict.verdict in EXPECTED]
    tried: dict[str, list[Alternative]] = {goal.id: [] for goal in goals}
    if len(mine.frame):
        changes: tuple[Change, ...] = (
            rounded(1), rounded(-1), one_case(1), one_case(-1), previous_report,
            missing_at(True, observations), missing_at(False, observations),
        )  # fmt: skip
        for kind, change in zip(ALTERNATIVES, changes, strict=True):
            changed = change(mine, review.year, goals)
            asked = expected if kind in GUESSED else goals
            for goal, alternative in _scored(plan, changed, review, asked, kind, as_of):
                tried[goal].append(alternative)
    for verdict in wholes:
        for reading, name in verdict.readings.items():
            alternative = Alternative("reading", reading, Verdict[name], None)
            tried[verdict.goal.id].append(alternative)
    return Sensitivity(
        goals=tuple(GoalSensitivity(v, tuple(tried[v.goal.id])) for v in wholes),
        weights=_weights([v.attainment for v in wholes if v.attainment is not None]),
        without_section=tuple(_without_section(plan, review)),
    )


def _scored(
    plan: Plan, changed: Observations, review: AnnualReview, goals: Sequence[Goal], kind: str,
    as_of: int | None,
) -> list[tuple[str, Alternative]]:  # fmt: skip
    frame = score(plan, changed, years=[review.year], areas=[review.area], as_of=as_of, goals=goals)
    return [
        (str(goal), Alternative(kind, None, Verdict[str(verdict)], clean(attainment)))
        for goal, verdict, attainment in zip(
            frame["goal"], frame["verdict"], frame["attainment"], strict=True
        )
    ]


def _weights(attained: Sequence[float]) -> tuple[float, float, float] | None:
    if not attained:
        return None
    drawn = np.random.default_rng(SEED).dirichlet(np.ones(len(attained)), DRAWS)
    low, middle, high = np.percentile(drawn @ np.asarray(attained), [5, 50, 95])
    return float(low), float(middle), float(high)


def _without_section(plan: Plan, review: AnnualReview) -> list[tuple[str, int, int]]:
    found = []
    for section in review.sections:
        left = {v.goal.id for v in section.verdicts}
        rollup = rolled(plan, [v for v in review.verdicts if v.goal.id not in left])
        found.append((section.section.section, rollup.counts.reached, rollup.counts.judged))
    return found
