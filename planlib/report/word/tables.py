"""Tables as tables: their head repeated on every page, no row cut in two, sections in bold.

Written as text and parsed once: a plan of three hundred goals has thousands of cells, and a library
that walks the table for each of them takes seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docx.oxml.ns import nsdecls

from planlib.report.blocks import Counts
from planlib.report.layout import Align, Cell, Column, Table
from planlib.report.word.columns import after_glyph, column_widths
from planlib.report.word.paragraphs import PALE, glyph, paragraph, run

_JUSTIFIED: dict[Align, str] = {"left": "left", "right": "right", "centre": "center"}
_INDENT = 200  # twentieths of a point for a level
_QUIET = '<w:color w:val="6B6B6B"/>'
_SMALL = '<w:sz w:val="16"/><w:szCs w:val="16"/>'
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="9A9A9A"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table_xml(table: Table, width: int) -> str:
    """A table that is ``width`` twentieths of a point wide, as WordprocessingML."""
    widths = column_widths(table, width)
    head = [
        _cell(paragraph([run(one.title, "<w:b/>")], "TableText", _justified(one)), wide, "EEF2F5")
        for one, wide in zip(table.columns, widths, strict=True)
    ]
    rows = [_row(head, "<w:tblHeader/>")]
    for group in table.groups:
        if group.title:
            title = [run(group.title, "<w:b/>")]
            title += [run(f"  {group.count}", _QUIET)] if group.count else []
            text = paragraph(title, "TableText", "<w:keepNext/>")
            rows.append(_row([_cell(text, sum(widths), "F7F7F7", span=len(widths))]))
        for row in group.rows:
            rows.append(_row(_cells(row, table.columns, widths)))
            rows += [
                _row([_cell(paragraph([run(f"{one.label} ", _QUIET), run(one.text)], "TableText"),
                            sum(widths), span=len(widths))])
                for cell in row
                for one in cell.remarks
            ]  # fmt: skip
    return _framed(rows, widths, table.caption)


def counts_xml(counts: Counts, width: int) -> str:
    """Counts side by side, each in its colour, as WordprocessingML."""
    widths = [width // len(counts.counts)] * len(counts.counts)
    cells = []
    for one, wide in zip(counts.counts, widths, strict=True):
        ink = f'<w:color w:val="{one.look.ink.lstrip("#")}"/>'
        words = [run(f"{one.look.glyph} {one.word}\n", ink), run(one.text, "<w:b/>", ink)]
        text = paragraph(words, "TableText", '<w:jc w:val="center"/>')
        cells.append(_cell(text, wide, one.look.colour.lstrip("#")))
    return _framed([_row(cells)], widths, "")


def _framed(rows: Sequence[str], widths: Sequence[int], caption: str) -> str:
    from planlib.report.word.paragraphs import safe

    described = f'<w:tblCaption w:val="{safe(caption).replace(chr(34), "&quot;")}"/>'
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    return (
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_LINES}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1" w:val="0020"/>'
        f"{described if caption else ''}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _row(cells: Iterable[str], *properties: str) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{''.join(properties)}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(content: str, width: int, ground: str = "", *, span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{shade}</w:tcPr>{content}</w:tc>'


def _justified(column: Column) -> str:
    return f'<w:jc w:val="{_JUSTIFIED[column.align]}"/>'


def _cells(row: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    for cell, column, wide in zip(row, columns, widths, strict=True):
        yield _cell("".join(_lines(cell, column)), wide, _ground(cell))


def _ground(cell: Cell) -> str:
    look = cell.look
    bare = look is not None and cell.glyph_only
    return look.colour.lstrip("#") if bare and look and look.colour in PALE - {"#FFFFFF"} else ""


def _lines(cell: Cell, column: Column) -> Iterator[str]:
    indent = f'<w:ind w:left="{_INDENT * cell.level}"/>' if cell.level else ""
    first = [glyph(cell.look)] if cell.look else []
    if cell.text and not (cell.look and cell.glyph_only):
        look = [_QUIET] if cell.quiet else []
        plain = not (cell.look or cell.mark)
        told = (
            cell.text
            if plain
            else f"{after_glyph(cell.text) if cell.look else ''}{cell.text}{cell.mark}"
        )
        first.append(run(told, *look))
    if first or not cell.items:
        yield paragraph(first, "TableText", indent, _justified(column))
    for text in filter(None, (cell.under, cell.sure)):
        yield paragraph([run(text, _QUIET, _SMALL)], "TableText", indent, _justified(column))
    for item in cell.items:
        yield paragraph([run(item)], "TableText", indent)
