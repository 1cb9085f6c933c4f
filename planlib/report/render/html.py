"""Blocks as HTML. Everything put into a template is escaped: names in data are hostile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from planlib.report.blocks import Block, Chart, Download
from planlib.report.render.cells import row
from planlib.report.render.escaping import finalized
from planlib.report.render.pictures import figure


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("planlib.report"),
        auto_reload=False,  # a page looks up fifty templates
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["picture"] = _picture
    made.filters["address"] = _address
    made.globals["row_of"] = row
    return made


def _picture(chart: Chart) -> Markup:
    from planlib.report.charts.svg import svg_of

    return figure(svg_of(chart), chart.alt)


def _address(download: Download) -> Markup:
    from planlib.report.results.download import address

    return Markup("{}").format(address(download.text))


def html(blocks: Sequence[Block]) -> str:
    """The blocks as a piece of HTML, to stand in a page that has the stylesheet."""
    if not blocks:
        return ""
    named = [(type(block).__name__.lower(), block) for block in blocks]
    return _environment().get_template("blocks.html.j2").render(blocks=named).strip()
