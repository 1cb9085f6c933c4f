"""The rows of a table as HTML; every text in them is escaped.

A page has hundreds of cells, and thousands of pages are made: so they are written here and not by a
template, which takes three times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from planlib.report.layout import Cell, Column, Fact
from planlib.report.render.escaping import written

LONG = 500  # letters of a text that has its own scrolling


def row(cells: Sequence[Cell], columns: Sequence[Column]) -> Markup:
    """A row: what it is about, for programs that read the page, and its cells."""
    about = [
        f' data-{name}="{written(value)}"'
        for cell in cells
        if cell.goal
        for name, value in (("goal", cell.goal), ("group", cell.group), ("reading", cell.reading))
        if value
    ]
    about += [f' data-area="{written(cell.area)}"' for cell in cells if cell.area]
    inside = map(_cell, cells, columns)
    return Markup(f"<tr{''.join(about)}>{''.join(inside)}</tr>")


def _cell(cell: Cell, column: Column) -> str:
    """One cell. A strip stands before a number, and below a cell of two lines."""
    below = ""
    if cell.under:
        below = f'<span class="pl-under">{written(cell.under)}</span>'
    if cell.sure:
        below += f'<span class="pl-sure">{written(cell.sure)}</span>'
    if cell.under:
        below += _strip(cell)
    return f'<td class="{_classes(cell, column)}">{_content(cell)}{below}</td>'


def _classes(cell: Cell, column: Column) -> str:
    classes = f"pl-c-{written(column.key)}"
    numbers = cell.number and column.align == "right"
    if column.align != "left" and not cell.glyph_only and not numbers:
        classes = f"pl-{written(column.align)} {classes}"
    if cell.quiet:
        classes += " pl-quiet"
    if cell.number:
        classes += " pl-number" if cell.number[1] else " pl-number pl-whole"
    if cell.level:
        classes += " pl-sub"
    return f"{classes} pl-square" if cell.glyph_only else classes


def _content(cell: Cell) -> str:
    if cell.facts:
        facts = "".join(map(_fact, cell.facts))
        return f'<details><summary>{_inside(cell)}</summary>\n<dl class="pl-facts">{facts}</dl></details>'
    if cell.strip and not cell.under:
        return f'<span class="pl-drawn">{_strip(cell)}<span>{_inside(cell)}</span></span>'
    return _inside(cell)


def _fact(fact: Fact) -> str:
    return f"<dt>{written(fact.label)}</dt><dd>{_linked(fact.text, fact.link)}</dd>"


def _linked(text: str, link: str) -> str:
    return f'<a href="{written(link)}">{written(text)}</a>' if link else written(text)


def _strip(cell: Cell) -> str:
    if not cell.strip:
        return ""
    marks = (
        f'<span class="{written(mark.classes)}" style="{written(mark.style)}"></span>'
        for mark in cell.strip
    )
    return f'<span class="pl-strip" aria-hidden="true">{"".join(marks)}</span>'


def _inside(cell: Cell) -> str:
    """The words of a cell."""
    text = written(cell.text)
    if cell.look:
        name, glyph = f"pl-{cell.look.name}", written(cell.look.glyph)
        if cell.glyph_only:
            hidden = f'<span class="pl-hidden">{text}</span>'
            return f'<span class="pl-glyph {name}" aria-hidden="true">{glyph}</span>{hidden}'
        shown = f'<span class="pl-glyph" aria-hidden="true">{glyph}</span> {text}'
        return f'<span class="pl-chip {name}">{shown}</span>{written(cell.mark)}'
    if cell.number:
        whole, fraction = cell.number
        after = f'<span class="pl-fraction">{written(fraction)}</span>' if fraction else ""
        return f"{written(whole)}{after}"
    if cell.link:
        return f'<a href="{written(cell.link)}">{text}</a>{written(cell.mark)}'
    if cell.items:
        return f"<ul>{''.join(_items(cell.items))}</ul>"
    if len(cell.text) > LONG:
        return f'<span class="pl-long" tabindex="0">{text}</span>{written(cell.mark)}'
    return f"{text}{written(cell.mark)}"


def _items(items: Iterable[str]) -> Iterable[str]:
    return (f"<li>{written(item)}</li>" for item in items)
