"""Text that a spreadsheet must not take for a formula.

A cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` is run when the file is opened in
Excel. An apostrophe in front makes it text; numbers are never touched. It is taken off again when
the file is read, so nothing is lost on the way out and back.
"""

from __future__ import annotations

import re

# The full-width signs and control characters are those OWASP warns of.
_RISKY = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def risky(text: str) -> bool:
    """Whether a spreadsheet might run the text, or read it back as another one.

    >>> risky("=1+1"), risky("'=1+1"), risky("Trên 90")
    (True, True, False)
    """
    return _RISKY.match(text) is not None


def guarded(text: str) -> str:
    """The text as a spreadsheet may have it.

    >>> guarded("=1+1"), guarded("'=1"), guarded("5-7")
    ("'=1+1", "''=1", '5-7')
    """
    return f"'{text}" if risky(text) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``.

    >>> unguarded(guarded("'=1")), unguarded("'quoted'")
    ("'=1", "'quoted'")
    """
    return text[1:] if _GUARDED.match(text) else text
