"""The stylesheet of every page: rules from ``templates/style.css``, colours from the vocabulary."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from planlib.show.display import Shown
from planlib.show.layout import verdict_style
from planlib.show.vocabulary import LOOKS


@cache
def stylesheet() -> str:
    """The whole stylesheet, ready for a ``<style>`` element."""
    rules = files("planlib.show").joinpath("templates", "style.css").read_text(encoding="utf-8")
    colours = "\n".join(
        f".{verdict_style(verdict)} {{ --pl-colour: {look.colour}; --pl-ink: {look.ink}; }}"
        for verdict, look in LOOKS.items()
    )
    return f"{colours}\n{rules}"


def style() -> Shown:
    """The stylesheet as the output of a notebook cell; it says nothing in words."""
    return Shown(html=f"<style>\n{stylesheet()}</style>", text="")
