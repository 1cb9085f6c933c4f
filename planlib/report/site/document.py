"""An HTML page of ours: what its parts show, in a frame, with its contents, without a request out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from planlib.language.language import Language
from planlib.report.display import Blocks
from planlib.report.site.contents import read_contents
from planlib.report.site.described import described
from planlib.report.site.frame import INDEX, Frame, page_style, templates
from planlib.report.site.script import PAGE, policy, script


@dataclass(frozen=True)
class PageCell:
    """What one cell shows, the code behind it, and what it said on the side (warnings)."""

    shown: tuple[Markup, ...]
    code: tuple[Markup, ...] = ()
    notes: tuple[str, ...] = ()


def document(cells: Sequence[PageCell], frame: Frame, links: Markup | None = None) -> str:
    """The HTML page that shows these cells; ``links`` stand at its top where no notebook is beside it."""
    page = templates().get_template("page.html.j2")
    parts = PAGE if frame.notebook or links else ()
    text = page.render(
        titled=_titled(cells), frame=frame, links=links, say=Language(frame.lang), index=INDEX[frame.lang],
        style=Markup(page_style("page.css")), contents_of=read_contents,
        described=described, policy=policy(parts), script=Markup(script(parts)),
    )  # fmt: skip
    return text.strip() + "\n"


def _titled(cells: Sequence[PageCell]) -> tuple[list[PageCell], list[PageCell]]:
    """What a page shows up to its title, and the rest: the contents stand between them."""
    for at, cell in enumerate(cells):
        for number, piece in enumerate(cell.shown, start=1):
            if "<h1" in piece:
                first, rest = cell.shown[:number], cell.shown[number:]
                if not rest:
                    return [*cells[: at + 1]], [*cells[at + 1 :]]
                return [*cells[:at], PageCell(first)], [replace(cell, shown=rest), *cells[at + 1 :]]
    return [], [*cells]


def blocks_page(blocks: Blocks, lang: str, title: str, plan: str) -> str:
    """The HTML page of blocks alone, without a notebook or other pages beside it."""
    parts = (Blocks(blocks.blocks[:1]), Blocks(blocks.blocks[1:]))  # the title, and the rest
    shown = tuple(Markup(part.html) for part in parts if part.blocks)
    return document([PageCell(shown)], Frame(lang, title, plan, notebook=""))
