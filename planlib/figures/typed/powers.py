"""Numbers written with a power of ten: ``1e+05`` of a program, ``1.23E+06`` of a narrow column."""

from __future__ import annotations

import re
from decimal import Decimal

from planlib.errors import said
from planlib.language.typed.unreadable import Unreadable

_POWER = re.compile(r"([-+]?[0-9](?:[.,][0-9]+)?)(e[-+][0-9]{2,3})", re.IGNORECASE)
LARGEST = Decimal(10) ** 15


def of_power(shown: str) -> float | None:
    """The number, None for what is not written so. Raises Unreadable for what lost its digits.

    A spreadsheet writes a capital E where a number has no room in its column, and saves that.

    >>> of_power("1e+05"), of_power("-2.5e-01"), of_power("12")
    (100000.0, -0.25, None)
    """
    found = _POWER.fullmatch(shown)
    if found is None:
        return None
    if found[2].startswith("E"):
        raise Unreadable(
            said("figures.shortened", text=repr(shown)), said("figures.shortened-hint")
        )
    number = Decimal(found[1].replace(",", ".") + found[2])
    if abs(number) > LARGEST:
        raise Unreadable(said("figures.text-number-too-large", text=repr(shown)))
    return float(number)
