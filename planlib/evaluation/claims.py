"""The verdicts of many areas as claims, scored together: what a batch adds for each area is small.

A review scores one area at a time and keeps all it can say; here every area of a plan is scored in
the same few calls. A test holds the claims against the reviews.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from planlib.evaluation.verdicts import clean, years_of
from planlib.figures.observations import Observations, State, vintage_text
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence, Target
from planlib.scoring.panel import NO_ROW, Panel
from planlib.scoring.score import Standing, score, score_term
from planlib.scoring.verdict import Verdict
from planlib.verify.evidence import Claim, HashedRow, judged_target

NUMBERS = ("value", "low", "high", "level")
YEARLY = frozenset({Cadence.every_year, Cadence.keep})
Hashed = Callable[[str, int], HashedRow]  # a row of a file with its hash
Readings = dict[str, dict[str, Any]]  # goal, reading: names of verdicts, areas × years


class Scored:
    """One scoring of some areas, as arrays of goals × areas × years."""

    def __init__(
        self, frame: pd.DataFrame, readings: Readings, shape: tuple[int, int, int]
    ) -> None:
        self.readings = readings
        self._columns = {name: frame[name].to_numpy().reshape(shape) for name in NUMBERS}
        for name in ("vintage", "row", "decided"):
            self._columns[name] = frame[name].to_numpy().reshape(shape)
        for name in ("verdict", "published_verdict"):
            self._columns[name] = frame[name].astype(object).to_numpy().reshape(shape)

    def at(self, *place: int) -> dict[str, Any]:
        """Every column of one verdict."""
        return {name: column[place] for name, column in self._columns.items()}


class AreaClaims:
    """The claims of some areas of a plan. ``as_of`` is a day number or None."""

    def __init__(
        self, plan: Plan, observations: Observations, areas: Sequence[str], as_of: int | None
    ) -> None:
        self.plan, self.areas = (plan := plan.in_force(as_of)), list(areas)
        frame = observations.frame
        self._states = frame["state"].to_numpy()
        self._rows = frame["row"].to_numpy()
        self._files = frame["file"].astype(object).to_numpy()
        self._panel = Panel(plan, observations, areas=self.areas, as_of=as_of)
        self._positions = {goal.id: self._panel.figures(goal).row for goal in plan.goals}
        rule = plan.header.rule
        self._rule = f"{rule.id} {rule.dated}"
        size = len(self.areas)

        def yearly(**more: Any) -> pd.DataFrame:
            return score(plan, observations, areas=self.areas, as_of=as_of, **more)

        def on_term(**more: Any) -> pd.DataFrame:
            standing = Standing(plan.midterm_after, as_of)
            return score_term(plan, observations, standing=standing, areas=self.areas, **more)

        goals, years = len(plan.goals), len(plan.years)
        self._annual = Scored(yearly(), _readings(plan, yearly, size), (goals, size, years))
        self._term = Scored(on_term(), _readings(plan, on_term, size), (goals, size, 1))

    def of(self, area: str, hashed: Hashed) -> Iterator[Claim]:
        """The claims of an area: year by year, then at mid-term; ``hashed`` tells of a row."""
        place = self.areas.index(area)
        for year in self.plan.years:
            for at, goal in enumerate(self.plan.goals):
                yield self._in_year("annual", at, goal, place, year, hashed)
        after = self.plan.midterm_after
        for at, goal in enumerate(self.plan.goals):
            target = goal.term_target_for()
            if target is None or target.cadence is Cadence.every_year:
                yield self._in_year("midterm", at, goal, place, after, hashed)
            else:
                told = self._term.at(at, place, 0)
                if target.cadence in YEARLY:  # a year's published verdict says nothing of the term
                    told["published_verdict"] = None
                readings = {r: str(v[place, 0]) for r, v in self._term.readings[goal.id].items()}
                rows = self._inputs(goal, target, place, told, (after, True))
                inputs = [hashed(path, row) for path, row in rows]
                yield self._claim("midterm", "term", goal, after, target, told, readings, inputs)

    def _in_year(
        self, kind: str, at: int, goal: Goal, place: int, year: int, hashed: Hashed
    ) -> Claim:
        column = self.plan.years.index(year)
        told = self._annual.at(at, place, column)
        readings = {r: str(v[place, column]) for r, v in self._annual.readings[goal.id].items()}
        target = goal.target_for(year)
        rows = self._inputs(goal, target, place, told, (year, False))
        inputs = [hashed(path, row) for path, row in rows]
        return self._claim(kind, "year", goal, year, target, told, readings, inputs)

    def _claim(
        self, kind: str, on: str, goal: Goal, year: int, target: Target | None,
        told: dict[str, Any], readings: dict[str, str], inputs: list[HashedRow],
    ) -> Claim:  # fmt: skip
        published = told["published_verdict"]
        row = int(told["row"])
        default = next((reading.id for reading in goal.readings if reading.default), None)
        return Claim.model_validate(
            {
                "goal": goal.id,
                "kind": kind,
                "year": year,
                "on": on,
                "verdict": str(told["verdict"]),
                "published": published if isinstance(published, str) else None,
                **{name: clean(float(told[name])) for name in NUMBERS},
                "estimate": row != NO_ROW and int(self._states[row]) == State.estimate,
                "target": judged_target(target),
                "reading": default,
                "readings": readings,
                "rule": self._rule,
                "vintage": vintage_text(int(told["vintage"])),
                "inputs": tuple(inputs),
            }
        )

    def _inputs(
        self,
        goal: Goal,
        target: Target | None,
        place: int,
        told: dict[str, Any],
        on: tuple[int, bool],
    ) -> Iterator[tuple[str, int]]:
        """The rows of the years a verdict was made from; ``on`` is its year, and whether the term's."""
        verdict = Verdict[str(told["verdict"])]
        positions = self._positions[goal.id][place]
        for one in sorted(years_of(self.plan, goal, target, told, verdict, *on)):
            column = self._panel.year_index(one)
            if 0 <= column < len(self._panel.years):
                for position in np.atleast_1d(positions[column]):
                    if position != NO_ROW:
                        yield str(self._files[position]), int(self._rows[position])


def _readings(plan: Plan, scored: Any, areas: int) -> Readings:
    """The verdicts of every reading: all first readings in one call, then all second ones."""
    found: Readings = {goal.id: {} for goal in plan.goals}
    for place in range(max((len(goal.readings) for goal in plan.goals), default=0)):
        asked = [goal for goal in plan.goals if place < len(goal.readings)]
        wanted = {goal.id: goal.readings[place].id for goal in asked}
        verdicts = scored(goals=asked, readings=wanted)["verdict"].astype(object).to_numpy()
        for goal, one in zip(asked, verdicts.reshape(len(asked), areas, -1), strict=True):
            found[goal.id][wanted[goal.id]] = one
    return found
