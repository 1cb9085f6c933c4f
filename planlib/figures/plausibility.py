"""Figures that are possible and yet doubtful: warnings, each with what may have happened.

``figure_checks`` refuses what cannot be; here is what an experienced reader would ask about before
signing: a half-year figure passed off as a year's, a slip of three zeros, a total that falls, parts
that come to more than their whole, a figure far from everything the goal has ever had.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.errors import Problem, Said, said
from planlib.figures.compared import FigureColumns, Places
from planlib.figures.group_totals import doubtful_totals
from planlib.figures.limits import Mask
from planlib.figures.observations import UNDATED, State
from planlib.figures.period_checks import not_made_up
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence

MOST_OF_A_KIND = 50
ENOUGH = 4  # figures from which a goal has a history
FAR = 6.0  # times the usual distance from the middle
FEW = 10  # people or things; a percentage of fewer proves nothing
SLIP = 100.0  # an amount so many times what was assigned, or so many times less


def doubtful_figures(
    frame: pd.DataFrame, plan: Plan, past: pd.DataFrame | None = None
) -> list[Problem]:
    """A warning for every doubtful figure of ``frame``, in the order of its files and rows.

    ``past`` holds other figures of the same plan, for comparison. The figures have passed
    ``check_figures``.
    """
    if not len(frame):
        return []
    look = _Plausibility(FigureColumns(frame, plan, past), plan)
    look.part_years()
    look.units()
    look.shrunk()
    look.lost()
    look.no_percentage()
    look.far_off()
    look.parts()
    look.made_up()
    look.groups()
    files = {str(file): i for i, file in enumerate(frame["file"].cat.categories)}
    return sorted(look.found, key=lambda p: (files[str(p.file)], int(p.place or 0)))


class _Plausibility:
    """All figures, every goal at once, and which rows are to be judged."""

    def __init__(self, rows: FigureColumns, plan: Plan) -> None:
        self.plan, self.rows, self.found = plan, rows, list[Problem]()
        self.goals = list(rows.labels["goal"])

    def say(
        self, rows: Places | Mask, template: str, hint: str, column: str, /, *facts: str,
        **more: npt.NDArray[Any],
    ) -> None:  # fmt: skip
        """A warning for each judged row; ``facts`` name the columns that fill in the template.

        ``more`` are columns of their own, for those rows.
        """
        places: Places = np.flatnonzero(rows) if rows.dtype == bool else rows.astype(np.int64)
        judged = self.rows.in_order(places)
        for at in judged[:MOST_OF_A_KIND]:
            values: dict[str, Any] = {}
            for name in facts:
                told = more[name][at] if name in more else self.rows[name][places[at]]
                values[name] = period(int(told)) if name in {"year", "before"} else _plain(told)
            goal = self.goals[self.rows["goal"][places[at]]]
            advice = said(hint, year=values["year"]) if "year" in values else said(hint)
            self._tell(said(template, **values), places[at],
                       subject=said("figures.goal-subject", goal=goal), hint=advice, column=column)  # fmt: skip
        rest = judged[MOST_OF_A_KIND:]
        if len(rest):
            self._tell(said("figures.more-rows-like-this", n=len(rest)), places[rest[0]])

    def _tell(self, told: Said, place: int, **more: Any) -> None:
        file, row = self.rows.file_of(place), int(self.rows["row"][place])
        self.found.append(Problem(told, file, row, **more, warning=True))

    def part_years(self) -> None:
        vintage = self.rows["vintage"]
        early = (vintage != UNDATED) & (vintage < self.rows["year_end"])
        self.say(
            early & (self.rows["state"] == State.measured),
            "figures.reported-before-year-over",
            "figures.half-year-s-figure-state", "vintage", "year",
        )  # fmt: skip

    def units(self) -> None:
        """Figures whose size says that another unit was meant."""
        rows, value = self.rows, self.rows["value"]
        quota = rows.basis(Basis.quota)
        small = (value > 0) & (value <= 1)
        near = rows.of_goals(lambda _, target: 0.0 if target.kind.of_others else target.near or 0.0)
        fraction = small & rows.basis(Basis.share) & (near >= 20)
        # Below that a percentage may well be so small: is a hundred times it what was aimed at?
        aimed = (100 * value >= near / 4) & (100 * value <= near * 4) & (near > value)
        fraction |= small & rows.percent & ~quota & aimed
        self.say(
            fraction, "figures.percent-very-little",
            "figures.write-percent-as-98", "value", "value",
        )  # fmt: skip
        slip = (rows["figure"] > 100 * SLIP) | ((rows["figure"] < 100 / SLIP) & (value > 0))
        self.say(
            slip & quota, "figures.more-than-assigned",
            "figures.same-unit-hint", "value", "value", "assigned",
        )  # fmt: skip
        part = rows.basis(Basis.count) & (np.nan_to_num(value) % 1 != 0)
        self.say(part, "figures.count-not-whole", "figures.percentage-average", "value", "value")

    def shrunk(self) -> None:
        """A later report of the same year gives less than one made during the year."""
        rows = self.rows
        adds_up = rows.basis(Basis.count, Basis.quota) & ~rows.answers
        places = rows.reports(adds_up & ~np.isnan(rows["value"]))
        after, before = self._with_before(places, rows.same_figure(places))
        early = rows["vintage"][before] < rows["year_end"][after]
        early &= rows["state"][before] == State.measured
        fell = early & (rows["value"][after] < rows["value"][before])
        self.say(
            after[fell], "figures.fell-within-year",
            "figures.running-total-cannot-fall", "value", "value", "earlier", "year",
            earlier=rows["value"][before][fell],
        )  # fmt: skip

    def lost(self) -> None:
        """What was reached once and had to be kept is less in a later year."""
        lasting = self.rows.of_goals(
            lambda _, target: (
                (target.kind.figure != "number" and target.cadence in {Cadence.by, Cadence.keep})
                or (target.basis is Basis.count and target.cadence is Cadence.by)
            )
        )
        after, before = self._in_a_row(lasting)
        value = self.rows["value"]
        lost = value[after] < value[before]
        self._say_since(
            after[lost], before[lost], "figures.fell-since-earlier-year",
            "figures.lost-again-counted-differently",
        )  # fmt: skip

    def no_percentage(self) -> None:
        """Changes from zero, through it or below it, and growth of a stock of nothing."""
        rows, value = self.rows, self.rows["value"]
        after, before = self._in_a_row(rows.basis(Basis.change))
        wrong = (value[before] <= 0) | (value[after] < 0)
        wrong &= rows["year"][before] == rows["year"][after] - 1
        self._say_since(
            after[wrong], before[wrong],
            "figures.change-through-zero", "figures.change-through-zero-hint",
        )  # fmt: skip
        self.say(
            rows.basis(Basis.growth) & (rows["denominator"] <= 0),
            "figures.stock-no-percentage-told",
            "figures.growth-nothing-means-nothing",
            "denominator", "denominator",
        )  # fmt: skip

    def _in_a_row(self, rows: Mask) -> tuple[Places, Places]:
        """The newest reports of those that have a figure, and the one of the period before each."""
        places = self.rows.newest(rows & ~np.isnan(self.rows["value"]))
        return self._with_before(places, self.rows.same_series(places))

    def _with_before(self, places: Places, follows: Mask) -> tuple[Places, Places]:
        at = np.flatnonzero(follows)
        return places[at], places[at - 1]

    def _say_since(self, after: Places, before: Places, template: str, hint: str) -> None:
        self.say(
            after, template, hint, "value", "value", "earlier", "before",
            earlier=self.rows["value"][before], before=self.rows["year"][before],
        )  # fmt: skip

    def far_off(self) -> None:
        """Figures far from the middle of everything the goal has had in the area."""
        rows, figure, percent = self.rows, self.rows["figure"], self.rows.percent
        # A percentage of a handful jumps by nature.
        few = rows["denominator"] < FEW
        places = rows.newest(~np.isnan(figure) & ~rows.answers & ~few)
        _, begins, at, count = np.unique(
            rows.series[places], return_index=True, return_inverse=True, return_counts=True
        )
        if not len(count) or count.max() < ENOUGH:
            return
        mine, shares = figure[places], percent[places]
        middle = _medians(mine, at, begins, count)[at]
        distance = np.abs(mine - middle)
        usual = _medians(distance, at, begins, count)[at] * 1.4826
        # Whole numbers, as of cases, are counted: three where there were none is ordinary.
        whole = np.logical_and.reduceat(mine % 1 == 0, begins)[at]
        counted = rows.basis(Basis.count)[places] | (whole & ~shares)
        least = np.where(counted, np.sqrt(np.abs(middle) + 1), 2.0)
        floor = np.maximum(0.1 * np.abs(middle), np.where(shares | counted, least, 0.0))
        wrong = (count[at] >= ENOUGH) & (distance > FAR * np.maximum(usual, floor))
        for which, message in (
            (wrong & shares, "figures.percent-far-from-other-years"),
            (wrong & ~shares, "figures.far-from-other-years"),
        ):
            self.say(
                places[which], message, "figures.slip-keyboard-another-way",
                "value", "figure", "middle", "year", middle=middle[which],
            )  # fmt: skip

    @cached_property
    def newest(self) -> pd.DataFrame:
        """The newest report of each figure, in the order of the reports."""
        places = np.sort(self.rows.newest())
        return self.rows.table(places[np.argsort(self.rows["vintage"][places], kind="stable")])

    def parts(self) -> None:
        """Parts that come to more than their whole."""
        wholes: dict[str, list[Goal]] = {}
        for goal in self.plan.goals:
            if goal.part_of is not None and goal.id in self.rows.labels["goal"]:
                wholes.setdefault(goal.part_of, []).append(goal)
        if not wholes:
            return
        table = self.newest[self.newest["group"] == ""]
        for name, parts in wholes.items():
            counts = [p.id for p in parts if p.main_target().basis is Basis.count]
            if counts and self.plan.goal(name).main_target().basis is Basis.count:
                whole = table[table["goal"] == name]
                most = whole.rename(columns={"value": "most"})[["area", "year", "most"]]
                rows = table[table["goal"].isin(counts)].merge(most)
                self._too_many(rows, ["area", "year"], "value")
            shares = [p.id for p in parts if p.main_target().basis is Basis.share]
            if len(shares) > 1:
                rows = table[table["goal"].isin(shares)]
                rows = rows.assign(most=rows["denominator"])
                self._too_many(rows, ["area", "year", "denominator"], "numerator")

    def groups(self) -> None:
        """Groups that do not come to their whole."""
        if self.rows["group"].any():
            self.found += doubtful_totals(self.newest, self.plan)

    def made_up(self) -> None:
        """Figures of whole periods that their parts do not make."""
        if all(goal.made_up_by is None for goal in self.plan.goals):
            return
        wrong = not_made_up(self.newest, self.plan)
        if len(wrong):
            self._say_table(
                wrong, "figures.year-not-made-up", "figures.year-not-made-up-hint", "value",
                "column", "stated", "made", "how",
            )  # fmt: skip

    def _too_many(self, rows: pd.DataFrame, keys: list[str], column: str) -> None:
        groups = rows.groupby(keys, observed=True, sort=False)
        rows = rows.assign(total=groups[column].transform("sum"))
        wrong = rows[rows["judged"] & (rows["total"] > rows["most"])]
        self._say_table(
            wrong.drop_duplicates(keys, keep="last"),
            "figures.parts-exceed-whole",
            "figures.something-counted-twice", column, "total", "most",
        )  # fmt: skip

    def _say_table(
        self, table: pd.DataFrame, template: str, hint: str, column: str, *facts: str
    ) -> None:
        """A warning for each judged row of a table."""
        more = {name: table[name].to_numpy() for name in facts}
        self.say(table["place"].to_numpy(), template, hint, column, *facts, **more)


def _plain(told: Any) -> Any:
    """A number or text as Python has it."""
    return told.item() if isinstance(told, np.generic) else told


def _medians(
    values: npt.NDArray[Any], of: Places, begins: Places, count: Places
) -> npt.NDArray[Any]:
    """The middle of each run of values that belong together."""
    ordered = values[np.lexsort((values, of))]
    middle = (ordered[begins + (count - 1) // 2] + ordered[begins + count // 2]) / 2
    return np.asarray(middle)
