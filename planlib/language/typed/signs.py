"""Full-width digits and odd spaces as plain ones, and numbers without what surely parts their thousands.

Compatibility forms of Unicode are not used for that: they make 123 of 12³, a number with a footnote.
"""

from __future__ import annotations

import re
import unicodedata

_SAME = ("<wide>", "<narrow>", "<noBreak>")
_APOSTROPHES = re.compile(r"(?<![0-9.,'’])[0-9]{1,3}(?:['’][0-9]{3})+(?![0-9'’])")
_LAKHS = re.compile(r"(?<![0-9.,])[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9,])")
_BARE_POINT = re.compile(r"(?<![\w.,])\.(?=[0-9])")


def plain_signs(text: str) -> str:
    """A text whose spaces and full-width signs are plain ones; all else stays as it is.

    >>> plain_signs("１２.５"), plain_signs("1\N{NARROW NO-BREAK SPACE}200"), plain_signs("12³")
    ('12.5', '1 200', '12³')
    """
    return text if text.isascii() else "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if unicodedata.category(sign) == "Zs":
        return " "
    same = unicodedata.decomposition(sign).startswith(_SAME)
    return unicodedata.normalize("NFKC", sign) if same else sign


def without_sure_groups(text: str) -> str:
    """Numbers without apostrophes between thousands, or commas between lakhs; a point gets its zero.

    >>> (
    ...     without_sure_groups("1'234'567.5"),
    ...     without_sure_groups("12,34,567"),
    ...     without_sure_groups(".5"),
    ... )
    ('1234567.5', '1234567', '0.5')
    >>> without_sure_groups("1,234"), without_sure_groups("5'11")
    ('1,234', "5'11")
    """
    for form in (_APOSTROPHES, _LAKHS):
        text = form.sub(lambda found: re.sub("[,'’]", "", found[0]), text)
    return _BARE_POINT.sub("0.", text)
