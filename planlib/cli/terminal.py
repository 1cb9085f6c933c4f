"""What goes to the terminal: texts as texts, in the language that was asked for.

No name in a plan or a file is obeyed as a control. The language is that of a command's ``--lang``
where one was typed, else English: tables and reports have a language by default; what goes wrong
is told in it only where it was asked for.
"""

from __future__ import annotations

import json
import re
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TextIO

import typer

from planlib.errors import Said
from planlib.language.direction import for_terminal
from planlib.language.languages import LANGUAGES

if TYPE_CHECKING:
    from planlib.language.language import Language

NONE_ASKED = "en"
_asked = ContextVar("language", default=NONE_ASKED)
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def tell(text: object, *, file: TextIO | None = None) -> None:
    """Print a line, or several, with every control character spelled out that would be obeyed."""
    print(for_terminal(str(text)), file=file or sys.stdout)


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

    return Text(for_terminal(text))


def heard(ctx: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """The callback of every ``--lang``: remembers what was typed, the first of several."""
    source = ctx.get_parameter_source(param.name or "")
    first = (value or "").partition(",")[0].strip()
    if source is not None and source.name == "COMMANDLINE" and first in LANGUAGES:
        _asked.set(first)
    return value


def forget() -> None:
    """The command is done: nothing is asked for any more."""
    _asked.set(NONE_ASKED)


def lang_asked() -> str:
    """The code of the language that was asked for; ``en`` where none was."""
    return _asked.get()


def spoken() -> Language:
    """The language that what a command did is told in."""
    from planlib.language.language import Language

    return Language(lang_asked())


def translated(message: Said) -> str:
    """A message in the language that was asked for."""
    return message.in_language(lang_asked())


def wrong_use(message: Said, option: str) -> typer.BadParameter:
    """What an option must be, in the language that was asked for; exit code 2."""
    return typer.BadParameter(translated(message), param_hint=option)
