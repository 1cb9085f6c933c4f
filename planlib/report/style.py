"""The stylesheet of every page: rules from ``templates/style.css``, colours from the vocabulary."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from planlib.report.display import Shown
from planlib.report.vocabulary import LOOKS, OUTLOOKS, outlook_style, verdict_style


@cache
def stylesheet() -> str:
    """The whole stylesheet, ready for a ``<style>`` element."""
    rules = files("planlib.report").joinpath("templates", "style.css").read_text(encoding="utf-8")
    looks = {verdict_style(verdict): look for verdict, look in LOOKS.items()}
    looks |= {outlook_style(outlook): look for outlook, look in OUTLOOKS.items()}
    colours = "\n".join(
        f'.{name} {{ --pl-colour: {look.colour}; --pl-ink: {look.ink}; --pl-sign: "{look.glyph}"; }}'
        for name, look in looks.items()
    )
    return f"{colours}\n{rules}"


def style() -> Shown:
    """The stylesheet as the output of a notebook cell; it says nothing in words."""
    return Shown(html=f"<style>\n{stylesheet()}</style>", text="")
