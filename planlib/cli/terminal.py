"""What goes to the terminal: texts as texts. No name in a plan or a file is obeyed as a control."""

from __future__ import annotations

import json
import re
import sys
from typing import Any, TextIO

from planlib.errors import printable

_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def tell(text: object, *, file: TextIO | None = None) -> None:
    """Print a line, or several, with every control character spelled out."""
    print(printable(str(text)), file=file or sys.stdout)


def tell_json(value: Any) -> None:
    """Print JSON for other programs; the same value, whatever controls its texts hold.

    >>> tell_json(["Tỷ lệ \x9b31m"])
    [
      "Tỷ lệ \\u009b31m"
    ]
    """
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    print(_UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def plain(text: str) -> Any:
    """A text for a table of rich: no markup, no emoji by name, and no control that is obeyed."""
    from rich.text import Text

    return Text(printable(text))
