"""How a template looks: its cells, how high a row must be, its sheets' names and its dates."""

from __future__ import annotations

import math
import os
import re
from calendar import monthrange
from datetime import UTC, date, datetime

from planlib.excel.template.columns import NUMBERS
from planlib.plan.comparisons.base import Comparison
from planlib.plan.periods.calendar import DECEMBER, Calendar, Frequency, frequency_of
from planlib.plan.target import Member

FONT: dict[str, object] = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_FRAME = FONT | {"border": 1, "border_color": "#808080", "text_wrap": True}
_TYPED = _FRAME | {"bg_color": "#FFFBE0", "locked": False}
FORMATS: dict[str, dict[str, object]] = {
    "plain": FONT,
    "title": FONT | {"bold": True, "font_size": 14},
    "label": FONT | {"bold": True},
    "internal": FONT | {"bold": True, "font_color": "#C00000"},
    "wrap": FONT | {"text_wrap": True, "valign": "top"},
    "day": FONT | {"num_format": "dd/mm/yyyy"},
    "head": _FRAME | {"bold": True, "align": "center", "bg_color": "#DCE6F1"},
    "fixed": _FRAME,
    "fixed_right": _FRAME | {"align": "right"},
    "fixed_centre": _FRAME | {"align": "center"},
    "part": _FRAME | {"indent": 1},
    "locked": _FRAME | {"bg_color": "#EDEDED"},
    "typed": _TYPED,
    "typed_text": _TYPED | {"num_format": "@"},
    "typed_number": _TYPED | {"num_format": "#,##0.###", "align": "right"},
    "typed_centre": _TYPED | {"align": "center"},
    "typed_date": _TYPED | {"num_format": "dd/mm/yyyy", "align": "center"},
    "shared_date": _TYPED | {"num_format": "dd/mm/yyyy", "align": "left"},
    "whole": {"num_format": "#,##0"},  # laid over numbers without decimals, which would keep a mark
}
_FIXED = {"order": "fixed_centre", "unit": "fixed_centre", "before": "fixed_right"}
_CHOSEN = {"vintage": "typed_date", "state": "typed_centre", "published_verdict": "typed_centre"}


def fixed_style(key: str, *, part: bool) -> str:
    """The format of a cell that is written and not typed; ``part`` for a name below its whole."""
    return "part" if part else _FIXED.get(key, "fixed")


def typed_style(key: str, kind: Comparison, member: Member | None) -> str:
    """The format of a cell to be typed in.

    >>> from planlib.plan.comparisons.registry import KINDS
    >>> typed_style("value", KINDS["at_least"], None), typed_style("value", KINDS["done"], None)
    ('typed_number', 'typed_centre')
    """
    if key not in NUMBERS:
        return _CHOSEN.get(key, "typed")
    if kind.figure == "yes_no" or member is not None:
        return "typed_centre"
    # As text, or Excel makes a date of 2/3.
    return "typed_text" if kind.figure == "members" else "typed_number"


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so many characters wide.

    >>> lines_of("Tỷ lệ", 10), lines_of("a" * 30, 10)
    (1, 3)
    """
    return sum(max(1, math.ceil(len(line) * 0.95 / max(width, 1))) for line in text.split("\n"))


def created() -> datetime:
    """The date inside the file: a fixed one, or that of ``SOURCE_DATE_EPOCH``."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isascii() and epoch.isdigit() else 946_684_800
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


# Months from the end of a year, or of a shorter period, and the day of the month; 31 is its last.
_DAYS_OF_YEAR = ((-6, 31), (-3, 31), (-2, 31), (-1, 31), (0, 15), (0, 31), (1, 15), (1, 31), (3, 31),
                 (6, 31))  # fmt: skip
_DAYS = ((0, 15), (0, 31), (1, 15), (1, 31), (2, 15), (2, 31), (3, 31), (6, 31))


def report_days(calendar: Calendar, code: int) -> list[date]:
    """The days on which a period's figures are usually reported.

    >>> from planlib.plan.periods.calendar import Period
    >>> quarter = Period.of(Frequency.quarter, 2013, 4, split=True)
    >>> [str(day) for day in report_days(Calendar(Frequency.quarter, 3), quarter)[1:4]]
    ['2014-03-31', '2014-04-15', '2014-04-30']
    """
    end = date.fromordinal(calendar.end(code))
    whole = frequency_of(code) is Frequency.year
    found = []
    for after, day in _DAYS_OF_YEAR if whole else _DAYS:
        years, month = divmod(end.month - 1 + after, DECEMBER)
        last = monthrange(end.year + years, month + 1)[1]
        found.append(date(end.year + years, month + 1, min(day, last)))
    return found


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes and no other sheet has; it is entered among the ``taken``.

    >>> names = {"a-b"}
    >>> sheet_name("A/B", names), sheet_name("'*'", names)
    ('A-B (2)', '-')
    """
    clean = re.sub(r"[\[\]:*?/\\]", "-", name).strip("' ")[:31] or "-"
    number = 1
    while clean.casefold() in taken:
        number += 1
        clean = f"{clean[:27]} ({number})"
    taken.add(clean.casefold())
    return clean
