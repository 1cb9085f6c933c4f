"""Blocks become HTML, notebook output, text and Markdown: one module a format, listed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planlib.report.blocks import Block
from planlib.report.render.html import html
from planlib.report.render.markdown import markdown
from planlib.report.render.notebook import notebook
from planlib.report.render.text import text

Rendered = str | bytes | dict[str, str]
Renderer = Callable[[Sequence[Block]], Rendered]

# Every format there is. Another is one module here, one line here, and its test.
RENDERERS: Mapping[str, Renderer] = {
    "html": html,
    "notebook": notebook,
    "text": text,
    "markdown": markdown,
}

__all__ = ["RENDERERS", "Rendered", "Renderer", "html", "markdown", "notebook", "text"]
