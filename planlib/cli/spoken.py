"""The language a command speaks: that of its ``--lang`` where one was typed, else English.

Tables and reports have a language by default; what goes wrong is told in it only where it was
asked for.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

import typer

from planlib.errors import Said
from planlib.language.languages import LANGUAGES

if TYPE_CHECKING:
    from planlib.language.language import Language

NONE_ASKED = "en"
_asked = ContextVar("language", default=NONE_ASKED)


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
