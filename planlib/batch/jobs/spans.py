"""Years, areas and languages as people write them: ``2011-2015``, ``a,b``, ``vi,en``."""

from __future__ import annotations

import re

from planlib.errors import one_of
from planlib.language.languages import CHOICES, LANGUAGES


def years_in(text: str) -> tuple[int, ...]:
    """Years as typed; raises ValueError for anything else.

    >>> years_in("2011-2013, 2015")
    (2011, 2012, 2013, 2015)
    """
    years: list[int] = []
    for part in text.replace(" ", "").split(","):
        found = re.fullmatch(r"([0-9]{4})(?:[-–]([0-9]{4}))?", part)
        if not found or int(found[2] or found[1]) < int(found[1]):
            raise ValueError(f"years such as 2011,2013 or 2011-2015, found '{text}'")
        years += range(int(found[1]), int(found[2] or found[1]) + 1)
    return tuple(years)


def languages_in(text: str) -> tuple[str, ...]:
    """Languages as typed; raises ValueError for any other.

    >>> languages_in("en, vi")
    ('en', 'vi')
    """
    langs = names_in(text)
    if not langs or not set(langs) <= set(LANGUAGES):
        raise ValueError(f"{one_of(CHOICES)}, found '{text}'")
    return tuple(dict.fromkeys(langs))


def names_in(text: str) -> tuple[str, ...]:
    """Names joined by commas, in their order.

    >>> names_in("ward-01, ward-02")
    ('ward-01', 'ward-02')
    """
    return tuple(name for name in (part.strip() for part in text.split(",")) if name)
