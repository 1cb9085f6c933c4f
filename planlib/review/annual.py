"""The yearly review: what was promised for the year, what came of it, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planlib.model.observations import Observations, vintage_text
from planlib.model.plan import Plan
from planlib.review.sections import SectionReview, by_section, rolled
from planlib.review.verdicts import GoalVerdict, clean, goal_verdicts
from planlib.scoring.rollup import Rollup
from planlib.scoring.score import score
from planlib.scoring.verdict import Verdict


@dataclass(frozen=True)
class Revision:
    """A figure that a later report changed, with the verdict before and after.

    ``old_level`` is the old figure over its target, None where there is no such ratio;
    ``old_source`` the earlier report.
    """

    verdict: GoalVerdict
    old_vintage: str | None
    old_value: float | None
    old_verdict: Verdict
    old_level: float | None = None
    old_source: str = ""

    @property
    def old_ends(self) -> tuple[float, ...]:
        """The old figure, where it was one number."""
        return () if self.old_value is None else (self.old_value,)

    @property
    def flipped(self) -> bool:
        """Whether the revision changed the verdict."""
        return self.old_verdict != self.verdict.verdict


@dataclass(frozen=True)
class AnnualReview:
    """One area in one year."""

    plan: Plan
    area: str
    year: int
    as_of: str | None
    illustrative: bool
    public: bool
    verdicts: tuple[GoalVerdict, ...]
    sections: tuple[SectionReview, ...]
    rollup: Rollup
    revisions: tuple[Revision, ...]

    @property
    def missing(self) -> tuple[GoalVerdict, ...]:
        """Goals due this year without a figure, or with one that is withheld."""
        silent = {Verdict.no_data, Verdict.suppressed}
        return tuple(v for v in self.verdicts if v.verdict in silent)

    @property
    def disagreements(self) -> tuple[GoalVerdict, ...]:
        """Goals whose published verdict is another than the computed one."""
        return tuple(v for v in self.verdicts if v.disagrees)

    @property
    def unsettled(self) -> tuple[GoalVerdict, ...]:
        """Goals whose verdict depends on how the text is read."""
        return tuple(v for v in self.verdicts if v.reading_matters)


def annual(
    plan: Plan, observations: Observations, area: str, year: int, as_of: int | None = None
) -> AnnualReview:
    """Review one area in one year, by the plan in force on the as-of day (a day number).

    Raises ValueError for a year outside the term.
    """
    plan = plan.in_force(as_of)
    verdicts = goal_verdicts(plan, observations, area, year, as_of=as_of)
    return AnnualReview(
        plan=plan,
        area=area,
        year=year,
        as_of=vintage_text(as_of) if as_of else None,
        illustrative=observations.of_area(area).illustrative,
        public=observations.public,
        verdicts=verdicts,
        sections=by_section(plan, verdicts),
        rollup=rolled(plan, verdicts),
        revisions=tuple(_revisions(plan, observations, area, year, as_of, verdicts)),
    )


def _revisions(
    plan: Plan, observations: Observations, area: str, year: int, as_of: int | None,
    verdicts: tuple[GoalVerdict, ...],
) -> list[Revision]:  # fmt: skip
    """For every figure of the year with an earlier report: what that report said."""
    everything = observations.of_area(area).frame
    mine = everything[everything["year"] == year]
    if as_of is not None:
        mine = mine[mine["vintage"] <= as_of]
    found = []
    by_goal = {verdict.goal.id: verdict for verdict in verdicts}
    cutoffs: dict[int, list[str]] = {}
    for goal, vintages in mine.groupby("goal", observed=True)["vintage"]:
        days = np.unique(vintages.to_numpy())
        if len(days) > 1 and str(goal) in by_goal:
            cutoffs.setdefault(int(days[-2]), []).append(str(goal))
    for known_by, goals in cutoffs.items():
        old = score(
            plan, observations.of_area(area), years=[year], areas=[area], as_of=as_of,
            known_by=known_by, goals=[plan.goal(goal) for goal in goals],
        )  # fmt: skip
        for row in old.to_dict("records"):
            now = by_goal[str(row["goal"])]
            value, verdict = clean(row["value"]), Verdict[str(row["verdict"])]
            if value != now.value or verdict != now.verdict:
                vintage = vintage_text(int(row["vintage"]))
                source = _source(everything, int(row["row"]))
                found.append(Revision(now, vintage, value, verdict, clean(row["level"]), source))
    order = {goal: index for index, goal in enumerate(plan.goal_ids)}
    return sorted(found, key=lambda r: (not r.flipped, order[r.verdict.goal.id]))


def _source(frame: pd.DataFrame, row: int) -> str:
    """The source of a row of an area's figures; empty without one."""
    return str(frame["source"].iloc[row]) if row >= 0 and "source" in frame else ""
