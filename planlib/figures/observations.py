"""Observations: one row a goal, area, year and vintage, with what state the figure is in.

``vintage`` is the date of the report a figure comes from. Figures are revised and verdicts flip
when they are, so a date of the report is never thrown away: the newest vintage not later than the
as-of date counts. Missing is a state, never zero.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # pandas takes 0.3 s to import; the command line must start without it
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    Places = npt.NDArray[np.int64]

FIGURE_COLUMNS = ("value", "low", "high")  # the figure itself, or its two ends
PART_COLUMNS = ("numerator", "denominator", "assigned")  # what a percentage is made from
NUMBER_COLUMNS = ("value", *PART_COLUMNS, "low", "high")
COLUMNS = (
    "area", "goal", "year", "vintage", "member", *NUMBER_COLUMNS, "state", "source", "note",
)  # fmt: skip
OPTIONAL_COLUMNS = ("group", "exclusive", "words", "published_verdict", "published_reason")
EXCLUSIVE = ("", "low", "high", "both")  # which ends are not part of the figure: "under 5"
KEY = ("area", "goal", "year", "vintage", "group", "member")
ILLUSTRATIVE = "illustrative"  # how the source of every made-up figure begins


class State(IntEnum):
    """What state a figure is in; the codes are those of the ``state`` column in memory."""

    measured = 0
    estimate = 1
    missing = 2
    not_due = 3
    not_applicable = 4
    suppressed = 5


@dataclass(frozen=True, repr=False)
class Observations:
    """Figures as read, with where each row came from.

    ``frame`` has categorical ``area, goal, group, member, source, note, exclusive, words,
    published_verdict, published_reason, file``, whole numbers ``year``, ``vintage`` (a day number,
    see ``vintage_day``), ``state`` (a code of ``State``) and ``row`` (line of a CSV file, counted
    from 1 with the header; row of a Parquet file, counted from 1), and floats for the numbers.
    ``vintage_text`` is the report date as it was written: a year and a month say less than a day. A
    column of text that no file has is left out; the columns of numbers are always there, NaN where
    no file has them. ``public`` says that what identifies people has been withheld (see
    ``planlib.disclosure``), so that it is not done twice.
    """

    frame: pd.DataFrame
    public: bool = False

    def __post_init__(self) -> None:
        absent = [name for name in NUMBER_COLUMNS if name not in self.frame]
        if absent:
            whole = self.frame.assign(**dict.fromkeys(absent, float("nan")))
            object.__setattr__(self, "frame", whole)

    def __repr__(self) -> str:
        areas, goals = (self.frame[name].nunique() for name in ("area", "goal"))
        return f"<Observations: {len(self.frame)} figures of {goals} goals in {areas} areas>"

    @property
    def illustrative(self) -> bool:
        """Whether any figure is made up."""
        if "source" not in self.frame:
            return False
        used = self.frame["source"].cat.remove_unused_categories().cat.categories
        return any(str(source).startswith(ILLUSTRATIVE) for source in used)

    def __getstate__(self) -> dict[str, Any]:
        return {"frame": self.frame, "public": self.public}

    @cached_property
    def _by_area(self) -> tuple[Places, Places]:
        """The rows by the code of their area, and where those of each code begin."""
        import numpy as np

        area = self.frame["area"].cat
        codes = area.codes.to_numpy()
        order = np.argsort(codes, kind="stable")
        return order, np.searchsorted(codes[order], np.arange(len(area.categories) + 1))

    def rows_of(self, areas: Iterable[str]) -> Places:
        """The places of the rows of some areas, in their order; found without a look at all others."""
        import numpy as np

        order, start = self._by_area
        codes = places_of(self.frame["area"].cat.categories, tuple(dict.fromkeys(areas)))
        found = [order[start[code] : start[code + 1]] for code in codes if code >= 0]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

    def of_area(self, area: str) -> Observations:
        """The rows of one area."""
        return Observations(self.frame.take(self.rows_of([area])), self.public)

    def of_whole(self) -> Observations:
        """The rows of everybody, without those of groups."""
        return Observations(whole_rows(self.frame), self.public)


def whole_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of everybody, without those of groups."""
    return frame[frame["group"] == ""] if "group" in frame else frame


def places_of(names: pd.Index[Any], wanted: Sequence[str]) -> Places:
    """Where some names stand among others that are different; −1 where they do not."""
    import numpy as np
    import pandas as pd

    kind: Any = names.dtype
    return np.asarray(names.get_indexer(pd.Index(list(wanted), dtype=kind)), np.int64)


WHAT_IF = "what-if"  # the file and the source of a supposed figure
UNDATED = -(10**6)  # a figure without a vintage is older than every dated one


def newest_day(figures: Observations) -> int:
    """The day number of the newest report there is."""
    frame = figures.frame
    return int(frame["vintage"].max()) if len(frame) else UNDATED


def vintage_day(text: str) -> int:
    """A report date as a day number; a year or a month stands for its last day.

    Raises ValueError where the text is no date.

    >>> vintage_day("2013-12") == vintage_day("2013-12-31") == vintage_day("2013")
    True
    >>> vintage_text(vintage_day("2014-01-15"))
    '2014-01-15'
    """
    if not text:
        return UNDATED
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise ValueError(text)
    year, *rest = map(int, text.split("-"))
    month = rest[0] if rest else 12
    day = rest[1] if rest[1:] else calendar.monthrange(year, month)[1]
    return date(year, month, day).toordinal()


def vintage_text(day: int) -> str | None:
    """The ISO date of a day number; None where the figure has no date."""
    return None if day <= 0 else date.fromordinal(day).isoformat()


def year_end(year: int) -> int:
    """The day number of the last day of a calendar year."""
    return date(year, 12, 31).toordinal()
