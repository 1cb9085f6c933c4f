"""What stands around the content of every page: its frame, its style, where the index is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from planlib.language.languages import DEFAULT, LANGUAGES
from planlib.report.render.html import finalized
from planlib.report.style import stylesheet

TEMPLATES = Path(str(files("planlib.report.site").joinpath("templates")))
INDEX = {lang: "index.html" if lang == DEFAULT else f"index.{lang}.html" for lang in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says around the outputs of its notebook; ``notebook`` is the file beside it."""

    lang: str
    title: str
    plan: str
    notebook: str
    as_of: str = ""
    illustrative: bool = False

    def record(self) -> dict[str, Any]:
        """The frame as plain values, to hand to another process."""
        return asdict(self)


def page_style(sheet: str) -> str:
    """The style of everything planlib shows, of every page, and of one kind of page."""
    mine = files("planlib.report.site").joinpath("templates")
    sheets = [mine.joinpath(name).read_text("utf-8") for name in ("frame.css", sheet)]
    return "\n".join([stylesheet(), *sheets]).strip()


@cache
def templates() -> jinja2.Environment:
    """The templates of pages and of the index."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "site"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
