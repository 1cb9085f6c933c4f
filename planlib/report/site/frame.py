"""What stands around the content of every page: its frame, its style, where the index is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from planlib.language.foreign import foreign_in, remembered
from planlib.language.language import ForeignWords
from planlib.language.languages import DEFAULT, LANGUAGES
from planlib.report.render.escaping import finalized
from planlib.report.style import stylesheet

TEMPLATES = Path(str(files("planlib.report.site").joinpath("templates")))
# A page links to the index in its own language; which languages there are, the whole site decides.
INDEX = {lang: "index.html" if lang == DEFAULT else f"index.{lang}.html" for lang in LANGUAGES}


def index_names(languages: Sequence[str]) -> dict[str, str]:
    """The files of an index in some languages, each with its language.

    ``index.html``, which people open, is in the first of them where none has that name to itself.

    >>> index_names(["vi", "en"])
    {'index.html': 'vi', 'index.en.html': 'en'}
    >>> index_names(["en"])
    {'index.html': 'en', 'index.en.html': 'en'}
    """
    named = {INDEX[lang]: lang for lang in languages}
    return {INDEX[DEFAULT]: languages[0], **named}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says around the outputs of its notebook; ``notebook`` is the file beside it.

    ``goals`` leads to the pages of its goals, and is empty where there are none. ``foreign`` are the
    names in its title that are of another language: as they stand there, the words, and which.
    """

    lang: str
    title: str
    plan: str
    notebook: str
    as_of: str = ""
    illustrative: bool = False
    goals: str = ""
    foreign: Sequence[Sequence[str]] = ()

    def record(self) -> dict[str, Any]:
        """The frame as plain values, to hand to another process."""
        names = [[one, one.words, one.lang] for one in self._names()]
        told = {name: getattr(self, name) for name in self.__slots__}
        return told | ({"foreign": names} if names else {})

    def _names(self) -> list[ForeignWords]:
        told = (ForeignWords.within(*one) for one in self.foreign)
        return [*told, *foreign_in(self.plan), *foreign_in(self.title)]

    def named(self, text: str) -> str:
        """Its title or its plan, with the names in it that are of another language."""
        return remembered(text, self._names())


_REMARK = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_AROUND_MARKS = re.compile(r"\s*([{};])\s*")  # no text of ours holds one


@cache
def page_style(sheet: str) -> str:
    """The style of everything planlib shows, of every page, and of one kind of page; no remarks, few spaces."""
    mine = files("planlib.report.site").joinpath("templates")
    sheets = [mine.joinpath(name).read_text("utf-8") for name in ("frame.css", sheet)]
    return _AROUND_MARKS.sub(r"\1", _REMARK.sub("", "\n".join([stylesheet(), *sheets]))).strip()


@cache
def templates() -> jinja2.Environment:
    """The templates of pages and of the index."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "site"),
        auto_reload=False,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
