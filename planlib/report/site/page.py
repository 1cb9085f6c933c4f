"""One executed notebook becomes one HTML page: self-contained, code folded away, contents linked.

The exporter is nbconvert's with a template of our own: the ones it ships load four things from
the network and hold half a megabyte of style. One exporter serves all pages of a process, since
making one costs more than a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML, markdown2html, strip_ansi
from nbformat import NotebookNode
from traitlets import List, default

from planlib.language.language import Language
from planlib.report.render.html import finalized
from planlib.report.render.pictures import bitmap, figure
from planlib.report.site.contents import read_contents
from planlib.report.site.frame import INDEX, TEMPLATES, Frame, page_style
from planlib.report.style import style_element

HIDDEN = "notebook-only"  # the tag of a cell that speaks to somebody in Jupyter only


@dataclass(frozen=True)
class Block:
    """What one cell shows, the code behind it, and what it said on the side (warnings)."""

    shown: tuple[Markup, ...]
    code: tuple[Markup, ...]
    notes: tuple[str, ...]


class PageExporter(TemplateExporter):
    """nbconvert with our template, escaping on, and nothing else done to the notebook."""

    default_preprocessors: List[str] = List([]).tag(config=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "planlib"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def _create_environment(self) -> jinja2.Environment:
        environment: jinja2.Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.autoescape = True
        environment.undefined = jinja2.StrictUndefined
        environment.finalize = finalized
        return environment


class PageMaker:
    """Makes pages, one after another, with one exporter."""

    def __init__(self) -> None:
        self._exporter = PageExporter()  # type: ignore[no-untyped-call]
        self._highlight = Highlight2HTML(pygments_lexer="python")
        filters: dict[str, Callable[..., object]] = {
            "blocks": self._blocks,
            "contents": read_contents,
        }
        self._exporter.environment.filters.update(filters)
        self._style = Markup(page_style("page.css"))

    def page(self, notebook: NotebookNode, frame: Frame) -> str:
        """The HTML page of an executed notebook."""
        language = Language(frame.lang)
        self._exporter.environment.globals.update(
            say=language, style=self._style, index=INDEX[frame.lang]
        )
        text, _ = self._exporter.from_notebook_node(notebook, resources={"frame": frame})
        return str(text).strip() + "\n"

    def _blocks(self, notebook: NotebookNode, _resources: object) -> list[Block]:
        """The cells as blocks; code that shows nothing stands with the next code that does."""
        found: list[Block] = []
        waiting: list[Markup] = []
        numbers = iter(range(1, 10_000))
        for cell in notebook.cells:
            if HIDDEN in cell.metadata.get("tags", []):
                continue
            if cell.cell_type == "markdown":
                html = Markup(markdown2html(cell.source))
                found.append(Block((html,), (), ()))
            elif cell.cell_type == "code":
                shown, notes = _outputs(cell.outputs, lambda: next(numbers))
                if cell.source.strip():
                    waiting.append(Markup(self._highlight(cell.source)))
                if shown:
                    found.append(Block(tuple(shown), tuple(waiting), tuple(notes)))
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
