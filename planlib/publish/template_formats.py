"""How the cells of a template look: fixed, locked or to be typed in, and how high a row must be."""

from __future__ import annotations

import math
from typing import Any

from planlib.model.target import Comparison, Member
from planlib.publish.template_columns import NUMBERS

FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_FRAME = FONT | {"border": 1, "border_color": "#808080", "text_wrap": True}
_TYPED = _FRAME | {"bg_color": "#FFFBE0", "locked": False}
FORMATS: dict[str, dict[str, Any]] = {
    "plain": FONT,
    "title": FONT | {"bold": True, "font_size": 14},
    "label": FONT | {"bold": True},
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

    >>> typed_style("value", Comparison.at_least, None), typed_style("value", Comparison.done, None)
    ('typed_number', 'typed_centre')
    """
    if key not in NUMBERS:
        return _CHOSEN.get(key, "typed")
    if kind is Comparison.done or member is not None:
        return "typed_centre"
    # As text, or Excel makes a date of 2/3.
    return "typed_text" if kind is Comparison.all_of else "typed_number"


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so many characters wide.

    >>> lines_of("Tỷ lệ", 10), lines_of("a" * 30, 10)
    (1, 3)
    """
    return sum(max(1, math.ceil(len(line) * 0.95 / max(width, 1))) for line in text.split("\n"))
