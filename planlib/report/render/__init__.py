"""Blocks become HTML, notebook output, text, Markdown and Word: one module a format, listed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planlib.report.blocks import Block
from planlib.report.render.html import html
from planlib.report.render.markdown import markdown
from planlib.report.render.notebook import notebook
from planlib.report.render.text import text

Rendered = str | bytes | dict[str, str]
Renderer = Callable[[Sequence[Block]], Rendered]


def docx(blocks: Sequence[Block]) -> bytes:
    """The blocks as the file of a Word document, in the plain profile."""
    from planlib.report.word import word  # costs what few of those who render need

    return word(blocks)


# Every format there is. Another is one module here, one line here, and its test.
RENDERERS: Mapping[str, Renderer] = {
    "html": html,
    "notebook": notebook,
    "text": text,
    "markdown": markdown,
    "docx": docx,
}

__all__ = ["RENDERERS", "Rendered", "Renderer", "docx", "html", "markdown", "notebook", "text"]
