"""Would another reasonable analyst say the same? Every verdict again under every alternative.

A verdict is robust when no alternative moves the goal between reached and not reached. The
alternatives are the readings of the text, rounding, one case more or fewer, the report before the
newest, and each missing figure at the best and the worst that was ever seen for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planlib.evaluation import Evaluation
from planlib.evaluation.certainty import unsure
from planlib.evaluation.others import held_against, of_area_alone
from planlib.evaluation.scores import AreaScores
from planlib.evaluation.verdicts import GoalVerdict, clean
from planlib.figures.observations import Observations
from planlib.plan.brief import Brief
from planlib.plan.plan import Plan
from planlib.review.sections import by_section, rolled
from planlib.scoring.alternatives import (
    Alter,
    altered_goals,
    missing_at,
    one_case,
    previous_report,
    rounded,
)
from planlib.scoring.counts import EXPECTED, VerdictCounts
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


@dataclass(frozen=True, repr=False)
class GoalSensitivity(Brief):
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
        attainment = self.verdict.attainment
        known += [attainment] if attainment is not None else []
        return max(known) - min(known) if known else 0.0


@dataclass(frozen=True, repr=False)
class Sensitivity(Brief):
    """All goals of one year; parts of another goal are left out, as in the roll-up."""

    goals: tuple[GoalSensitivity, ...]
    weights: tuple[float, float, float] | None
    without_section: tuple[tuple[str, int, int], ...]

    @property
    def counts(self) -> VerdictCounts:
        """What is counted of the verdicts as reported."""
        return VerdictCounts.of(goal.verdict.verdict for goal in self.goals)

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

    @property
    def to_check(self) -> tuple[GoalSensitivity, ...]:
        """Goals whose figure to check first: those and the unsure ones, the least sure first."""
        found = [g for g in self.goals if not g.robust or unsure(g.verdict.certainty)]

        def rank(goal: GoalSensitivity) -> tuple[float, float, int]:
            sure = goal.verdict.certainty
            return 1.0 if sure is None else sure, -goal.spread, -len(goal.flips)

        return tuple(sorted(found, key=rank))


def sensitivity(evaluation: Evaluation, area: str, year: int) -> Sensitivity:
    """Try every alternative on the verdicts of a year. Raises InputError.

    A missing figure is guessed at only where there should be one. ``weights`` are the 5th, 50th and
    95th percentile of mean attainment when the goals' weights are drawn at random (Dirichlet, all
    weights equally likely, fixed seed); None where no goal has a ratio. ``without_section`` gives,
    for each section left out, how many goals are reached and how many are judged.
    """
    evaluation, year = evaluation.at(year)
    area = evaluation.area(area)
    verdicts = evaluation.year_verdicts(area, year)
    wholes = [v for v in verdicts if v.goal.part_of is None]
    tried: dict[str, list[Alternative]] = {v.goal.id: [] for v in wholes}
    about = evaluation.figures_about([area]).of_whole()
    if evaluation.as_of is not None:
        about = Observations(about.frame[about.frame["vintage"] <= evaluation.as_of])
    frame, others = of_area_alone(about, area)  # figures of others stay as they are
    known = Observations(frame)
    within, along = evaluation.plan.calendar.within, evaluation.plan.frequency
    codes = (int(code) for code in frame["year"].unique())
    periods = (year, *(c for c in codes if c != year and within(c, along) == year))
    if len(frame):
        for kind, alter in _alterations(evaluation).items():
            altered = alter(known, periods, [v.goal for v in wholes])
            touched = held_against(evaluation.plan, altered_goals(known, altered))
            if len(others):
                altered = Observations(pd.concat([altered.frame, others], ignore_index=True))
            scores = AreaScores(evaluation.plan, altered, [area], evaluation.as_of)
            for verdict in wholes:
                if kind not in GUESSED or verdict.verdict in EXPECTED:
                    one = _alternative(
                        kind, verdict, scores if verdict.goal.id in touched else None
                    )
                    tried[verdict.goal.id].append(one)
    for verdict in wholes:
        for reading, name in verdict.readings.items():
            tried[verdict.goal.id].append(Alternative("reading", reading, Verdict[name], None))
    return Sensitivity(
        goals=tuple(GoalSensitivity(v, tuple(tried[v.goal.id])) for v in wholes),
        weights=_weights([v.attainment for v in wholes if v.attainment is not None]),
        without_section=tuple(_without_section(evaluation.plan, verdicts)),
    )


def _alterations(evaluation: Evaluation) -> dict[str, Alter]:
    """How the figures are altered for each kind of alternative."""
    found: tuple[Alter, ...] = (
        rounded(1), rounded(-1), one_case(1), one_case(-1), previous_report,
        *(missing_at(evaluation.figures.of_whole(), best=best) for best in (True, False)),
    )  # fmt: skip
    return dict(zip(ALTERNATIVES, found, strict=True))


def _alternative(kind: str, verdict: GoalVerdict, altered: AreaScores | None) -> Alternative:
    """The verdict from altered figures; the same where the goal's own were not altered."""
    if altered is None:
        return Alternative(kind, None, verdict.verdict, verdict.attainment)
    scores = altered.yearly(verdict.goal)
    at = altered.place(verdict.area), altered.plan.years.index(verdict.year)
    attainment = clean(float(scores.attainment[at]))
    return Alternative(kind, None, Verdict(int(scores.verdict[at])), attainment)


def _weights(attained: Sequence[float]) -> tuple[float, float, float] | None:
    if not attained:
        return None
    drawn = np.random.default_rng(SEED).dirichlet(np.ones(len(attained)), DRAWS)
    low, middle, high = np.percentile(drawn @ np.asarray(attained), [5, 50, 95])
    return float(low), float(middle), float(high)


def _without_section(plan: Plan, verdicts: tuple[GoalVerdict, ...]) -> list[tuple[str, int, int]]:
    found = []
    for section in by_section(plan, verdicts):
        left = {v.goal.id for v in section.verdicts}
        rollup = rolled(plan, [v for v in verdicts if v.goal.id not in left])
        found.append((section.section.section, rollup.counts.reached, rollup.counts.judged))
    return found
