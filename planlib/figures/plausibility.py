"""Figures that are possible and yet doubtful: warnings, each with what may have happened.

``figure_checks`` refuses what cannot be; here is what an experienced reader would ask about before
signing: a half-year figure passed off as a year's, a slip of three zeros, a total that falls, parts
that come to more than their whole, a figure far from everything the goal has ever had.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import Problem, said
from planlib.figures.compared import compared_figures, newest_figures
from planlib.figures.group_totals import doubtful_totals
from planlib.figures.observations import UNDATED, State
from planlib.figures.period_checks import not_made_up
from planlib.figures.reading import joined
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
    look = _Plausibility(frame, plan, past)
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
    """All figures in one table, every goal at once, and which rows are to be judged."""

    def __init__(self, frame: pd.DataFrame, plan: Plan, past: pd.DataFrame | None) -> None:
        self.plan, self.found = plan, list[Problem]()
        frames = [compared_figures(frame, plan, judged=True)]
        if past is not None and len(past):
            places = set(frame["area"].unique())
            frames.append(compared_figures(past[past["area"].isin(places)], plan, judged=False))
        self.table = joined(frames)
        self.series = ["goal", "area", "group", "member", "length"]

    def say(self, rows: pd.DataFrame, template: str, hint: str, column: str, *facts: str) -> None:
        """A warning for each judged row; ``facts`` name the columns that fill in the template."""
        if not len(rows):
            return
        judged = rows[rows["judged"]].sort_values(["file", "row"], kind="stable")
        for row in judged.head(MOST_OF_A_KIND).to_dict("records"):
            values: dict[str, Any] = {
                name: period(int(row[name])) if name in {"year", "before"} else row[name]
                for name in facts
            }
            subject = said("figures.goal-subject", goal=row["goal"])
            told = said(hint, year=values["year"]) if "year" in values else said(hint)
            self.found.append(
                Problem(said(template, **values), row["file"], row["row"], subject, told, column,
                        warning=True)
            )  # fmt: skip
        more = judged.iloc[MOST_OF_A_KIND:]
        if len(more):
            told = said("figures.more-rows-like-this", n=len(more))
            at = more.iloc[0]
            self.found.append(Problem(told, at["file"], int(at["row"]), warning=True))

    def part_years(self) -> None:
        rows = self.table
        early = (rows["vintage"] != UNDATED) & (rows["vintage"] < rows["year_end"])
        self.say(
            rows[early & (rows["state"] == State.measured)],
            "figures.reported-before-year-over",
            "figures.half-year-s-figure-state", "vintage", "year",
        )  # fmt: skip

    def units(self) -> None:
        """Figures whose size says that another unit was meant."""
        rows, value = self.table, self.table["value"]
        small, near = (value > 0) & (value <= 1), rows["near"]
        fraction = small & (rows["basis"] == Basis.share) & (near >= 20)
        # Below that a percentage may well be so small: is a hundred times it what was aimed at?
        aimed = (100 * value >= near / 4) & (100 * value <= near * 4) & (near > value)
        fraction |= small & rows["percent"] & (rows["basis"] != Basis.quota) & aimed
        self.say(
            rows[fraction], "figures.percent-very-little",
            "figures.write-percent-as-98", "value", "value",
        )  # fmt: skip
        slip = (rows["figure"] > 100 * SLIP) | ((rows["figure"] < 100 / SLIP) & (value > 0))
        self.say(
            rows[slip & (rows["basis"] == Basis.quota)], "figures.more-than-assigned",
            "figures.same-unit-hint", "value", "value", "assigned",
        )  # fmt: skip
        part = (rows["basis"] == Basis.count) & (value % 1 != 0) & value.notna()
        self.say(
            rows[part], "figures.count-not-whole",
            "figures.percentage-average", "value", "value",
        )  # fmt: skip

    def shrunk(self) -> None:
        """A later report of the same year gives less than one made during the year."""
        adds_up = self.table["basis"].isin([Basis.count, Basis.quota]) & ~self.table["answer"]
        rows = self.table[adds_up & self.table["value"].notna()]
        ordered = rows.sort_values("vintage", kind="stable")
        groups = ordered.groupby([*self.series, "year"], observed=True, sort=False)
        before = groups[["value", "vintage", "state"]].shift()
        early = (before["vintage"] < ordered["year_end"]) & (before["state"] == State.measured)
        fell = ordered.assign(earlier=before["value"])[early & (ordered["value"] < before["value"])]
        self.say(
            fell, "figures.fell-within-year",
            "figures.running-total-cannot-fall", "value", "value", "earlier", "year",
        )  # fmt: skip

    def lost(self) -> None:
        """What was reached once and had to be kept is less in a later year."""
        rows = self.table
        lasting = rows["answer"] & rows["cadence"].isin([Cadence.by, Cadence.keep])
        lasting |= (rows["basis"] == Basis.count) & (rows["cadence"] == Cadence.by)
        newest = newest_figures(rows[lasting & rows["value"].notna()]).sort_values(
            "year", kind="stable"
        )
        before = newest.groupby(self.series, observed=True, sort=False)[["value", "year"]].shift()
        lost = newest.assign(earlier=before["value"], before=before["year"])
        self.say(
            lost[lost["value"] < lost["earlier"]], "figures.fell-since-earlier-year",
            "figures.lost-again-counted-differently", "value", "value", "earlier", "before",
        )  # fmt: skip

    def no_percentage(self) -> None:
        """Changes from zero, through it or below it, and growth of a stock of nothing."""
        rows = self.table[(self.table["basis"] == Basis.change) & self.table["value"].notna()]
        newest = newest_figures(rows).sort_values("year", kind="stable")
        before = newest.groupby(self.series, observed=True, sort=False)[["value", "year"]].shift()
        changes = newest.assign(earlier=before["value"], before=before["year"])
        wrong = (changes["earlier"] <= 0) | ((changes["value"] < 0) & changes["earlier"].notna())
        self.say(
            changes[wrong & (changes["before"] == changes["year"] - 1)],
            "figures.change-through-zero",
            "figures.change-through-zero-hint", "value", "value", "earlier", "before",
        )  # fmt: skip
        stock = (self.table["basis"] == Basis.growth) & (self.table["denominator"] <= 0)
        self.say(
            self.table[stock], "figures.stock-no-percentage-told",
            "figures.growth-nothing-means-nothing",
            "denominator", "denominator",
        )  # fmt: skip

    def far_off(self) -> None:
        """Figures far from the middle of everything the goal has had in the area."""
        known = self.table["figure"].notna() & ~self.table["answer"]
        # A percentage of a handful jumps by nature.
        few = self.table["denominator"] < FEW
        newest = newest_figures(self.table[known & ~few])
        places = newest.groupby(self.series, observed=True, sort=False)["figure"]
        middle, count = places.transform("median"), places.transform("count")
        distance = (newest["figure"] - middle).abs()
        keys = [newest[name] for name in self.series]
        usual = distance.groupby(keys, observed=True, sort=False).transform("median") * 1.4826
        # Whole numbers, as of cases, are counted: three where there were none is ordinary.
        whole = (newest["figure"] % 1 == 0).groupby(keys, observed=True, sort=False)
        counted = (newest["basis"] == Basis.count) | (whole.transform("all") & ~newest["percent"])
        least = np.where(counted, np.sqrt(middle.abs() + 1), 2.0)
        floor = np.maximum(0.1 * middle.abs(), np.where(newest["percent"] | counted, least, 0.0))
        wrong = (count >= ENOUGH) & (distance > FAR * np.maximum(usual, floor))
        far = newest.assign(middle=middle)[wrong]
        hint = "figures.slip-keyboard-another-way"
        self.say(
            far[far["percent"]], "figures.percent-far-from-other-years",
            hint, "value", "figure", "middle", "year",
        )  # fmt: skip
        self.say(
            far[~far["percent"]], "figures.far-from-other-years",
            hint, "value", "figure", "middle", "year",
        )  # fmt: skip

    def parts(self) -> None:
        """Parts that come to more than their whole."""
        wholes: dict[str, list[Goal]] = {}
        table = self.table[self.table["group"] == ""]
        for goal in self.plan.goals:
            if goal.part_of is not None:
                wholes.setdefault(goal.part_of, []).append(goal)
        for name, parts in wholes.items():
            counts = [p.id for p in parts if p.main_target().basis is Basis.count]
            if counts and self.plan.goal(name).main_target().basis is Basis.count:
                whole = newest_figures(table[table["goal"] == name])
                most = whole.rename(columns={"value": "most"})[["area", "year", "most"]]
                rows = newest_figures(table[table["goal"].isin(counts)]).merge(most)
                self._too_many(rows, ["area", "year"], "value")
            shares = [p.id for p in parts if p.main_target().basis is Basis.share]
            if len(shares) > 1:
                rows = newest_figures(table[table["goal"].isin(shares)])
                rows = rows.assign(most=rows["denominator"])
                self._too_many(rows, ["area", "year", "denominator"], "numerator")

    def groups(self) -> None:
        """Groups that do not come to their whole."""
        self.found += doubtful_totals(newest_figures(self.table), self.plan)

    def made_up(self) -> None:
        """Figures of whole periods that their parts do not make."""
        self.say(
            not_made_up(newest_figures(self.table), self.plan), "figures.year-not-made-up",
            "figures.year-not-made-up-hint", "value", "column", "stated", "made", "how",
        )  # fmt: skip

    def _too_many(self, rows: pd.DataFrame, keys: list[str], column: str) -> None:
        groups = rows.groupby(keys, observed=True, sort=False)
        rows = rows.assign(total=groups[column].transform("sum"))
        wrong = rows[rows["judged"] & (rows["total"] > rows["most"])]
        self.say(
            wrong.drop_duplicates(keys, keep="last"),
            "figures.parts-exceed-whole",
            "figures.something-counted-twice", column, "total", "most",
        )  # fmt: skip
