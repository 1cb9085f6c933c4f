"""Ratios as people write them: ``1:25``, ``1 in 4``, ``một trên hai mươi lăm``, ``15 per 100,000``, ``3‰``.

None of them is one number, so none is taken for a figure: a reader must know which of its two
numbers is counted, and for how many of what.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from planlib.errors import Said, said
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES

_DIGITS = r"[-+]?[0-9]+(?:[.,\s][0-9]{3})*(?:[.,][0-9]+)?"
_SIGNS = "[:/\N{DIVISION SIGN}\N{RATIO}\N{FRACTION SLASH}]"
_PERMILLE = r"[-+0-9., ]+\s*(?:‰|%\s?0(?![0-9])|‱)"
_ROUND = re.compile(r"1(?:000)+|1000|10000|100000|100|10")


@cache
def _ratio() -> re.Pattern[str]:
    def words(key: str) -> str:
        found = {w.strip() for one in LANGUAGES for w in Language(one).raw(key).split("|")}
        return "|".join(map(re.escape, sorted(found, key=len, reverse=True)))

    single = words("office.ratio.numbers")
    spoken = rf"(?:{single})(?:[ -](?:{single}))*"
    number = rf"(?:{_DIGITS}|{spoken})"
    between = rf"\s*{_SIGNS}\s*|\s+(?:{words('office.ratio.between')})\s+"
    return re.compile(rf"(?P<one>{number})(?:{between})(?P<other>{number})(?P<what>\s+\D*)?")


def ratio_hint(text: str) -> Said | None:
    """How to write what is a ratio, or a rate of so many; None for any other text.

    >>> [ratio_hint(text) is not None for text in ("1:25", "1 in 4", "25 / 1", "3‰", "1/2/2014")]
    [True, True, True, True, False]
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if re.fullmatch(_PERMILLE, plain):
        return said("figures.permille-hint")
    found = _ratio().fullmatch(plain)
    if found is None:
        return None
    other = re.sub(r"[^0-9]", "", found["other"])
    if _ROUND.fullmatch(other) and len(other) > 3:
        return said("figures.rate-hint")
    return said("figures.ratio-hint")
