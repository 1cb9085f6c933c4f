"""One executed notebook becomes one HTML page: self-contained, code folded away, contents linked.

nbconvert's own templates load four things from the network and hold half a megabyte of style, so
the page has a template of ours; what is inside the cells is converted by its filters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from planlib.report.render.pictures import bitmap, figure
from planlib.report.site.document import PageCell, document
from planlib.report.site.frame import Frame
from planlib.report.site.goals.linked import with_goal_links
from planlib.report.site.notebook_format import (
    Highlight2HTML,
    NotebookNode,
    markdown2html,
    strip_ansi,
)
from planlib.report.style import style_element

HIDDEN = "notebook-only"  # the tag of a cell that speaks to somebody in Jupyter only


class PageMaker:
    """Makes pages of executed notebooks, one after another."""

    def __init__(self) -> None:
        # Thousands of pages hold the same cells.
        self._highlight = lru_cache(maxsize=256)(Highlight2HTML(pygments_lexer="python"))
        self._markdown = lru_cache(maxsize=256)(markdown2html)

    def page(self, notebook: NotebookNode, frame: Frame) -> str:
        """The HTML page of an executed notebook."""
        text = document(self._cells(notebook), frame)
        return with_goal_links(text, frame.goals, frame.lang) if frame.goals else text

    def _cells(self, notebook: NotebookNode) -> list[PageCell]:
        """What its cells show; code that shows nothing stands with the next code that does."""
        found: list[PageCell] = []
        waiting: list[Markup] = []
        numbers = iter(range(1, 10_000))
        for cell in notebook.cells:
            if HIDDEN in cell.metadata.get("tags", []):
                continue
            if cell.cell_type == "markdown":
                html = Markup(self._markdown(cell.source))
                found.append(PageCell((html,)))
            elif cell.cell_type == "code":
                shown, notes = _outputs(cell.outputs, lambda: next(numbers))
                if cell.source.strip():
                    waiting.append(Markup(self._highlight(cell.source)))
                if shown:
                    found.append(PageCell(tuple(shown), tuple(waiting), tuple(notes)))
                    waiting = []
        return found


def _outputs(outputs: Iterable[Any], number: Callable[[], int]) -> tuple[list[Markup], list[str]]:
    """What a cell's outputs show, and its messages on the side."""
    shown: list[Markup] = []
    notes: list[str] = []
    for output in outputs:
        if output.output_type == "stream":
            text = strip_ansi(output.text)
            if output.name == "stderr":
                notes.append(text)
            else:
                shown.append(Markup('<pre class="pg-text">{}</pre>').format(text))
        elif output.output_type == "error":
            notes.append(strip_ansi("\n".join(output.traceback)))
        else:
            piece = _piece(output.data, output.metadata, number)
            if piece is not None:
                shown.append(piece)
    return shown, notes


def _piece(data: Any, metadata: Any, number: Callable[[], int]) -> Markup | None:
    """The richest form of an output that a page without scripts can show."""
    if "text/html" in data:
        if data["text/html"] == style_element():
            return None  # the page has it in its head
        return Markup(data["text/html"])
    for mime in ("image/svg+xml", "image/png", "image/jpeg"):
        if mime in data:
            alt = str(metadata.get(mime, {}).get("alt", ""))
            if mime == "image/svg+xml":
                return figure(data[mime], alt, f"f{number()}-")
            return bitmap(mime, data[mime], alt)
    if "text/markdown" in data:
        return Markup(markdown2html(data["text/markdown"]))
    if "text/plain" in data:
        return Markup('<pre class="pg-text">{}</pre>').format(strip_ansi(data["text/plain"]))
    return None
