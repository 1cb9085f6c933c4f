"""Help and usage errors in the reader's language: what ``--lang`` names, else the environment.

The texts of commands and options stand in English where they are declared; the catalogues in
``language/catalogues/help`` are kept by those texts, paragraph by paragraph, and hold typer's own
words too. A text without a translation stays English. Nothing of this is read until help is asked
for, or a command is used wrongly.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from planlib.errors import one_of
from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.messages import ENGLISH, Catalogue, catalogue_of

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as POSIX has it
AS_IT_STANDS = "\b"  # begins a paragraph whose lines are kept
# What typer prints around the texts; constants of its module, since it asks gettext on import.
FRAME = ("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE",
         "ERRORS_PANEL_TITLE", "DEFAULT_STRING", "REQUIRED_LONG_STRING", "RICH_HELP")  # fmt: skip
USAGE = "Usage:"
_HOLE = re.compile(r"\\\{(\w+)(?:!r)?\\\}")


def language_of_help(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language to help in: the first that ``--lang`` names, else that of the environment.

    >>> (
    ...     language_of_help(["score", "--lang=vi,en"], {}),
    ...     language_of_help([], {"LANG": "vi_VN.UTF-8"}),
    ... )
    ('vi', 'vi')
    >>> language_of_help(["--lang", "xx"], {"LC_ALL": "C", "LANG": "vi_VN"})
    'en'
    """
    for at, word in enumerate(arguments):
        name, given, value = word.partition("=")
        if name == "--lang":
            typed = value if given else " ".join(arguments[at + 1 : at + 2])
            code = typed.partition(",")[0].strip()
            return code if code in LANGUAGES else ENGLISH
    named = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    code = re.split("[_.@]", named)[0].lower()
    return code if code in LANGUAGES else ENGLISH


@cache
def _catalogue(lang: str) -> Catalogue:
    file = CATALOGUES.joinpath("help", f"{lang}.po")
    return catalogue_of([file.read_text("utf-8")] if file.is_file() else [])


def told(text: str, lang: str) -> str:
    """A text of help in a language, each paragraph on its own; English where it has no other.

    >>> told("Print JSON for other programs.", "vi"), told("No such text.", "vi")
    ('In JSON cho chương trình khác.', 'No such text.')
    """
    return "\n\n".join(_paragraph(part, lang) for part in text.split("\n\n"))


def _paragraph(text: str, lang: str) -> str:
    if text.lstrip("\n").startswith(AS_IT_STANDS):
        return text
    choice = str(one_of(LANGUAGES))
    key = " ".join(text.split()).replace(choice, "{languages}")
    found = _catalogue(lang).texts.get(key)
    return found[0].replace("{languages}", one_of(LANGUAGES).in_language(lang)) if found else text  # type: ignore[attr-defined]


def told_wrong(message: str, lang: str) -> str:
    """An error of usage in a language: the catalogue's text whose English form it fits.

    >>> told_wrong("Invalid value for --engine: No such option: --yaer", "vi")
    'Giá trị không hợp lệ cho --engine: Không có tùy chọn: --yaer'
    """
    for pattern, text in _patterns(lang):
        if found := pattern.fullmatch(message):
            facts = {name: told_wrong(fact, lang) for name, fact in found.groupdict().items()}
            return text.format(**facts)
    return message


@cache
def _patterns(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    texts = {key: forms[0] for key, forms in _catalogue(lang).texts.items() if key}
    return tuple(
        (re.compile(_HOLE.sub(r"(?P<\1>.+?)", re.escape(key)), re.DOTALL), text.replace("!r}", "}"))
        for key, text in texts.items() if "[" not in key
    )  # fmt: skip


def speak(command: Any, lang: str) -> None:
    """Let a command, and all below it, help in a language."""
    from typer import rich_utils

    for name in FRAME:
        english = _FRAME.setdefault(name, getattr(rich_utils, name))
        setattr(rich_utils, name, told(english, lang))
    for one in (command, *getattr(command, "commands", {}).values()):
        one.help = told(one.help, lang) if one.help else one.help
        for param in one.params:
            if getattr(param, "help", None):
                param.help = told(param.help, lang)
        one.get_usage = _usage(one.get_usage, lang)
        one.get_help_option = _helping(one.get_help_option, lang)


_FRAME: dict[str, str] = {}  # what typer says in English


def _usage(usage: Callable[[Any], str], lang: str) -> Callable[[Any], str]:
    return lambda ctx: usage(ctx).replace(USAGE, told(USAGE, lang), 1)


def _helping(option: Callable[[Any], Any], lang: str) -> Callable[[Any], Any]:
    def helping(ctx: Any) -> Any:
        found = option(ctx)
        if found is not None:
            found.help = told(found.help, lang)
        return found

    return helping
