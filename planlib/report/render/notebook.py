"""Blocks as the output of a notebook cell: HTML for those who look, text for those who listen."""

from __future__ import annotations

from collections.abc import Sequence

from planlib.report.blocks import Block
from planlib.report.render.html import html
from planlib.report.render.text import text


def notebook(blocks: Sequence[Block]) -> dict[str, str]:
    """The output by its MIME types, as Jupyter asks for it."""
    return {"text/html": html(blocks), "text/plain": text(blocks)}
