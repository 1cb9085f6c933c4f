"""Results for readers: Markdown, and HTML that an e-mail keeps as it is."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from planlib.language.language import Language
from planlib.report.blocks import Block, Heading, Items, Paragraph, items
from planlib.report.layout import Cell, Column, Group, Table
from planlib.report.render.escaping import finalized
from planlib.report.render.markdown import markdown, origin_comment
from planlib.report.results.about import ResultsAbout
from planlib.report.results.table import ResultsCell, ResultsColumn, ResultsTable
from planlib.report.vocabulary import Look

CODES = ("goal_code", "area_code", "group_code")  # for programs only


def shown_columns(table: ResultsTable) -> list[tuple[int, ResultsColumn]]:
    """The columns that a reader needs, each with its place."""
    return [(at, one) for at, one in enumerate(table.columns) if one.key not in CODES]


def results_markdown(table: ResultsTable, about: ResultsAbout, language: Language) -> bytes:
    """The results as Markdown: title, warnings, the table, notes and sources."""
    shown = shown_columns(table)
    columns = tuple(
        Column(one.key, one.title, "left" if one.kind == "text" else "right") for _, one in shown
    )
    rows = tuple(tuple(_cell(row[at]) for at, _ in shown) for row in table.rows)
    blocks: list[Block] = [
        Heading(about.title, "top", 1),
        *(Paragraph(one, lead=True) for one in about.warnings),
        items(language.labelled(one.label, one.text) for one in about.facts),
        Table(columns, (Group(rows),), language("results.caption")),
        Heading(language("results.notes"), "notes"),
        items(about.notes),
        Heading(language("heading.sources"), "sources"),
        Items(about.sources),
    ]
    return (markdown(blocks) + origin_comment(about.codes)).encode()


def _cell(cell: ResultsCell) -> Cell:
    return Cell(cell.text, look=cell.look)


def tint(look: Look) -> str:
    """A pale form of a verdict's colour, on which black reads well.

    >>> from planlib.report.vocabulary import LOOKS
    >>> from planlib.plan.verdicts import Verdict
    >>> tint(LOOKS[Verdict.suppressed]), tint(LOOKS[Verdict.not_applicable])
    ('#D5D5D5', '#FFFFFF')
    """
    parts = (int(look.colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{255 - round((255 - part) / 4):02X}" for part in parts)


def results_mail(table: ResultsTable, about: ResultsAbout, language: Language) -> bytes:
    """The results as HTML whose every style stands in its element, as programs for e-mail need it."""
    made = Environment(
        loader=PackageLoader("planlib.report"), autoescape=True, undefined=StrictUndefined,
        finalize=finalized, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["tint"] = tint
    text = made.get_template("results_mail.html.j2").render(
        about=about, shown=shown_columns(table), rows=table.rows, say=language
    )
    return (text.strip() + "\n").encode()
