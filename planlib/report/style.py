"""The stylesheet of every page: rules from ``templates/style.css``, colours from the vocabulary."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from planlib.report.vocabulary import LOOKS, OUTLOOKS


@cache
def stylesheet() -> str:
    """The whole stylesheet, ready for a ``<style>`` element."""
    rules = files("planlib.report").joinpath("templates", "style.css").read_text(encoding="utf-8")
    colours = "\n".join(
        f".pl-{look.name} {{ --pl-colour: {look.colour}; --pl-ink: {look.ink}; "
        f'--pl-sign: "{look.glyph}"; }}'
        for look in (*LOOKS.values(), *OUTLOOKS.values())
    )
    return f"{colours}\n{rules}"


@cache
def style_element() -> str:
    """The stylesheet as the element a page has once."""
    return f"<style>\n{stylesheet()}</style>"


class Style:
    """The stylesheet as the output of a notebook cell; it says nothing in words."""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": style_element(), "text/plain": ""}
