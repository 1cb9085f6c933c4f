"""Years, areas and languages as people write them: ``2011-2015``, ``a,b``, ``vi,en``."""

from __future__ import annotations

import re

from planlib.errors import one_of
from planlib.language.languages import CHOICES, LANGUAGES


def periods_in(text: str) -> tuple[int | str, ...]:
    """Years and other periods as typed; raises ValueError for anything else.

    What a period means only a plan can tell: years of four digits come as numbers, all others as
    they were typed. Two years with a hyphen between them are a span.

    >>> periods_in("2011-2013, 2015")
    (2011, 2012, 2013, 2015)
    >>> periods_in("2023/24, 2023/24-Q2")
    ('2023/24', '2023/24-Q2')
    """
    from planlib.plan.periods.typed import names_a_period

    found: list[int | str] = []
    for part in (one.strip() for one in text.split(",")):
        years = re.fullmatch(r"([0-9]{4})(?: ?[-–] ?([0-9]{4}))?", part)
        if years and int(years[2] or years[1]) >= int(years[1]):
            found += range(int(years[1]), int(years[2] or years[1]) + 1)
        elif not years and names_a_period(part):
            found.append(part)
        else:
            raise ValueError(f"years such as 2011,2013 or 2011-2015, found '{text}'")
    return tuple(found)


def languages_in(text: str) -> tuple[str, ...]:
    """Languages as typed; raises ValueError for any other.

    >>> languages_in("en, vi")
    ('en', 'vi')
    """
    langs = names_in(text)
    if not langs or not set(langs) <= set(LANGUAGES):
        raise ValueError(f"{one_of(CHOICES)}, found '{text}'")
    return tuple(dict.fromkeys(langs))


FORMATS = ("html", "docx", "odt", "pdf", "md")


def formats_in(text: str) -> tuple[str, ...]:
    """The formats of documents beside the pages, as typed; raises ValueError for any other.

    Pages are always written, so ``html`` must be among what is typed.

    >>> formats_in("html, pdf,docx")
    ('docx', 'pdf')
    """
    names = names_in(text)
    if "html" not in names or not set(names) <= set(FORMATS):
        known = ", ".join(FORMATS[1:])
        raise ValueError(f"html, with any of {known} beside it, found '{text}'")
    return tuple(name for name in FORMATS[1:] if name in names)


def names_in(text: str) -> tuple[str, ...]:
    """Names joined by commas, in their order.

    >>> names_in("ward-01, ward-02")
    ('ward-01', 'ward-02')
    """
    return tuple(name for name in (part.strip() for part in text.split(",")) if name)
