"""The reports of one area as a proof reads them, along periods of any length, and those of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.figures import figure_of
from planlib.verify.periods.rows import Row, Rows
from planlib.verify.targets.elsewhere import Elsewhere
from planlib.verify.targets.interval import Figure
from planlib.verify.targets.others import HeldAgainst, held_against
from planlib.verify.targets.standing_in import EARLIER_YEARS, done_before, newest_in_reach


class AreaReports:
    """Figures of one area on a day.

    ``rows`` are the observations of that area, ``as_of`` a day number or None, ``elsewhere`` the
    reports of the other areas, without which there are none.
    """

    def __init__(
        self, plan: Plan, rows: Iterable[Row], as_of: int | None = None, *, area: str = "",
        elsewhere: Elsewhere | None = None,
    ) -> None:  # fmt: skip
        held = list(rows)
        self.plan, self.as_of = plan.in_force(as_of), as_of
        self.area = area or (str(held[0]["area"]) if held else "")
        self._given = held
        self.publishes_exceeded = any(
            row.get("published_verdict") == "exceeded"
            and (as_of is None or row["vintage"] <= as_of)
            for row in held
        )
        self.rows = Rows(self.plan, held, as_of)
        self.first, self.last = plan.years[0], plan.years[-1]
        self.base = plan.base_period
        self.elsewhere = elsewhere or Elsewhere({self.area: held})
        self._days: dict[int, Rows] = {}
        self._views: dict[Frequency, Any] = {plan.frequency: self}

    @property
    def reports(self) -> list[Row]:
        """Every row that was given, of all days up to that of the reports."""
        return [
            row for row in self._given if self.as_of is None or int(row["vintage"]) <= self.as_of
        ]

    def rows_of_day(self, day: int) -> Rows:
        """The rows that counted on a day before that of the reports."""
        if day not in self._days:
            self._days[day] = Rows(self.plan, self._given, day)
        return self._days[day]

    def along(self, frequency: Frequency) -> Self:
        """The same along periods of another length."""
        if frequency not in self._views:
            other = type(self)(
                self.plan.along(frequency), self._given, self.as_of,
                area=self.area, elsewhere=self.elsewhere,
            )  # fmt: skip
            other._views = self._views
            self._views[frequency] = other
        found = self._views[frequency]
        assert isinstance(found, type(self))
        return found

    def in_area(self, name: str) -> Self:
        """The reports of another area, along the same periods."""
        if name == self.area:
            return self

        def made(rows: Iterable[Row]) -> AreaReports:
            return type(self)(self.plan, rows, self.as_of, area=name, elsewhere=self.elsewhere)

        found = self.elsewhere.area(name, made).along(self.plan.frequency)
        assert isinstance(found, type(self))
        return found

    def plain(self, goal: Goal, target: Target, year: int) -> Figure:
        """The figure of a period by itself."""
        return figure_of(self.rows, goal, target, year, self.first, self.base)

    def held(self, goal: Goal, target: Target, year: int) -> HeldAgainst:
        """The figure of a period as its target asks for it."""
        return held_against(self, goal, target, year, self.plain(goal, target, year))

    def speaking(self, goal: Goal, target: Target, year: int) -> int:
        """The period whose figure speaks for another."""
        milestone = target.comparison == RecomputedComparison.done and target.due is not None
        in_term = self.first <= year <= self.last
        if not (goal.latest_within or milestone) or not in_term or not self._over(year):
            return year

        def figure(one: int) -> Figure:
            return self.held(goal, target, one).figure

        found = newest_in_reach(self.rows, goal, year, figure)
        if found != year or not milestone:
            return found
        longest = EARLIER_YEARS * self.plan.frequency.in_year + year - self.first
        return done_before(self.rows, goal, year, longest, figure)

    def _over(self, year: int) -> bool:
        return self.as_of is None or self.plan.calendar.end(year) <= self.as_of
