"""Numbers in tables of figures: strict, with what no one can misread taken as it is meant.

A space or an apostrophe between thousands, a plus sign, a typographic minus and full-width digits
leave no doubt; a decimal comma leaves none where commas do not part the columns. Everything else is
refused with what to write instead.
"""

from __future__ import annotations

import re

from planlib.errors import Said, said
from planlib.language.ratios import ratio_hint
from planlib.language.typed.signs import plain_signs, without_sure_groups

NUMBER = r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?"
THOUSANDS = r"-?[1-9][0-9]{0,2}(\.[0-9]{3})*\.[0-9]{2}0"
_NUMBER, _THOUSANDS = re.compile(NUMBER), re.compile(THOUSANDS)
_SPACED = re.compile(r"-?[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+:[0-9]{2}:[0-9]{2}")  # of a spreadsheet
_COMMA_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+")


def plain_number(text: str, *, decimal_comma: bool = False) -> str | None:
    """A cell as digits with a decimal point; None where it is no number, or could be two.

    >>> plain_number("+3.2"), plain_number("1 500"), plain_number("15,5", decimal_comma=True)
    ('3.2', '1500', '15.5')
    >>> plain_number("15,5"), plain_number("1,300", decimal_comma=True), plain_number("6.5 p")
    (None, None, None)
    """
    plain = without_sure_groups(plain_signs(text).replace("\N{MINUS SIGN}", "-").strip())
    plain = plain.removeprefix("+")
    spaced = _SPACED.fullmatch(plain)
    if spaced:
        plain = plain.replace(" ", "")
    if decimal_comma and _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif decimal_comma and _COMMA.fullmatch(plain) and not _COMMA_THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain) or (_THOUSANDS.fullmatch(plain) and not spaced):
        return None
    return plain


def number_hint(text: str) -> Said:
    """What to write instead of a cell that is no plain number."""
    plain = plain_signs(text).replace("\N{MINUS SIGN}", "-").strip()
    if not any(sign.isdigit() for sign in plain):
        return said("figures.leave-cell-empty-missing")
    if _THOUSANDS.fullmatch(plain) or _COMMA_THOUSANDS.fullmatch(plain):
        return said("figures.thousands-decimals-write-1300")
    if ratio := ratio_hint(text):
        return ratio
    if _MOMENT.fullmatch(plain):
        return said("figures.ratio-time-or-date")
    if re.fullmatch(r"\([0-9.,]+\)", plain):
        return said("figures.write-minus-sign")
    if re.fullmatch(r"[-+0-9., ]+%", plain):
        return said("figures.write-number-alone-percent")
    if plain[0] in "<>≤≥":
        return said("figures.under-5-5-high")
    if re.fullmatch(r"[-+0-9., ]+[a-z]{1,3}", plain):
        return said("figures.write-number-alone-estimate")
    if "," in plain:
        return said("figures.write-decimal-point-no")
    return said("figures.write-number-alone-words")
