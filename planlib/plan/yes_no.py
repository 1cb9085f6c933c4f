"""The unit of what is done or is not, in the words of each language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from planlib.errors import said
from planlib.language.text import Text


@cache
def _words(code: str) -> str:
    return said("plan.unit-yes-no").in_language(code)


def yes_no_unit(languages: Iterable[str]) -> Text:
    """The unit in some languages.

    >>> yes_no_unit(["en"])
    Text(en='yes/no')
    """
    return Text({code: _words(code) for code in languages})


def is_yes_no(unit: Text | str) -> bool:
    """Whether a unit is that of an answer of yes or no, in every language it is told in.

    >>> is_yes_no(Text(en="yes/no")), is_yes_no(Text(vi="có/không", en="cases")), is_yes_no("%")
    (True, False, False)
    """
    return isinstance(unit, Text) and unit == yes_no_unit(unit)
