"""The reporting periods of a plan that was read from a text, and how its times are written in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from planlib.exchange.text.proposals import Proposal
from planlib.exchange.text.reading import TextReading
from planlib.exchange.timing import DECEMBER
from planlib.plan.periods.calendar import Calendar, Frequency

LONGEST_TERM = 50  # years
LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
QUARTER = 3  # months


class PlanTime:
    """The calendar of a plan: as short a period as its text names, financial years where it has them."""

    def __init__(self, reading: TextReading, year_ends: int) -> None:
        proposals = reading.proposals
        fiscal = sum(one.fiscal for one in proposals)
        self.split = fiscal > 0 and fiscal * 2 > sum(1 for one in proposals if one.due)
        self.year_ends = year_ends if self.split and year_ends != DECEMBER else DECEMBER
        self.split = self.year_ends != DECEMBER
        self.frequency = self._frequency(proposals)
        self.calendar = Calendar(self.frequency, self.year_ends)
        self.first, self.last = self._term(reading)

    def _frequency(self, proposals: Sequence[Proposal]) -> Frequency:
        parts = {
            one.due[1] for one in proposals if one.due and one.terms.get("comparison") != "done"
        }
        every = {one.every for one in proposals}
        if "month" in every or any(
            _month(part) % QUARTER for part in parts if part and part[0] != "Q"
        ):
            return Frequency.month
        return Frequency.quarter if "quarter" in every or any(parts) else Frequency.year

    def _year(self, due: tuple[int, str], *, fiscal: bool) -> int:
        """The year of the plan in which a due time lies, by the calendar year its years begin in."""
        year, part = due
        if not self.split:
            return year + 1 if fiscal and not part else year
        if fiscal:
            return year
        month = _month(part) if part else DECEMBER
        return year if month > self.year_ends else year - 1

    def _term(self, reading: TextReading) -> tuple[int, int]:
        years = [self._year(one.due, fiscal=one.fiscal) for one in reading.proposals if one.due]
        last = max(
            [*years, *([reading.last] if reading.last else [])], default=date.today().year + 4
        )
        if self.split and reading.last is not None:
            last = max([*years, reading.last - 1])
        starts = [one.baseline[0] + 1 for one in reading.proposals if one.baseline]
        starts += [reading.base + 1] if reading.base else []
        first = (
            reading.first if reading.first is not None else min([*years, *starts], default=last - 4)
        )
        return max(min(first, last), last - LONGEST_TERM + 1), last

    def written(self, year: int) -> int | str:
        """A year as the plan writes it."""
        return f"{year}/{(year + 1) % 100:02d}" if self.split else year

    def due(self, proposal: Proposal, otherwise: int | None) -> tuple[int | str, bool]:
        """When a target is due, and whether in a period shorter than a year.

        ``otherwise`` is the year where the text names none.
        """
        if proposal.due is None:
            return self.written(self.last if otherwise is None else otherwise), False
        year, part = proposal.due
        at = self._year(proposal.due, fiscal=proposal.fiscal)
        at = min(max(at, self.first), self.last)
        if not part:
            return self.written(at), False
        if part[0] == "Q" and proposal.terms.get("comparison") == "done":
            month = self.year_ends % DECEMBER + QUARTER * int(part[1])
            at, month = at + (month - 1) // DECEMBER, (month - 1) % DECEMBER + 1
            return date(at, month, _last_day(at, month)).isoformat(), False
        if part[0] == "Q":
            return f"{self.written(at)}-{part}", True
        month = _month(part)
        day = int(part[3:]) if len(part) > 2 else _last_day(year, month)
        if proposal.terms.get("comparison") == "done":
            return date(year, month, min(day, _last_day(year, month))).isoformat(), False
        if self.frequency is Frequency.month:
            return f"{year}-{month:02d}", True
        quarter = ((month - self.year_ends - 1) % DECEMBER) // QUARTER + 1
        return f"{self.written(at)}-Q{quarter}", True


def _month(part: str) -> int:
    return int(part[1]) * QUARTER if part.startswith("Q") else int(part[:2] or DECEMBER)


def _last_day(year: int, month: int) -> int:
    following = date(year + month // DECEMBER, month % DECEMBER + 1, 1)
    return (following - timedelta(days=1)).day
