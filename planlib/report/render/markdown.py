"""Blocks as Markdown (CommonMark with the tables of GitHub), to paste where HTML cannot go.

Names in data are hostile: what would be markup is escaped. Facts folded under a row are left out,
as in plain text.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from planlib.language.direction import shown
from planlib.report.blocks import (
    Block,
    Chart,
    Counts,
    Download,
    Heading,
    Items,
    Paragraph,
    Placeholder,
    Remarks,
    Title,
)
from planlib.report.layout import Align, Cell, Fact, Table
from planlib.report.render.text import cell_text
from planlib.storage.whole_files import replace_bytes, unwritten

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_AT_START = re.compile(r"^(\d*)([#+=.)-])")
_BLANKS = re.compile(r"\s*[\r\n]+\s*")
_RULES: dict[Align, str] = {"left": ":--", "right": "--:", "centre": ":-:"}


def markdown(blocks: Sequence[Block], picture: Callable[[Chart], str] | None = None) -> str:
    """The blocks as Markdown.

    ``picture`` gives the address of a chart's picture; without it the picture itself stands there.
    """
    address = picture or embedded
    shown = (block for block in blocks if not isinstance(block, Download))
    return "\n\n".join(_block(block, address) for block in shown) + "\n"


def embedded(chart: Chart) -> str:
    """A chart as an address that holds the whole picture."""
    from planlib.report.charts.svg import svg_of

    data = base64.b64encode(svg_of(chart).encode()).decode()
    return f"data:image/svg+xml;base64,{data}"


def markdown_beside(blocks: Sequence[Block], file: Path) -> tuple[str, dict[Path, bytes]]:
    """Blocks as Markdown, and their pictures, which go into a folder named after the file."""
    from planlib.report.charts.svg import svg_of

    folder, pictures = file.with_name(f"{file.stem}_files"), dict[Path, bytes]()

    def beside(chart: Chart) -> str:
        picture = folder / f"picture-{len(pictures) + 1}.svg"
        pictures[picture] = svg_of(chart).encode()
        return f"<{quote(folder.name)}/{picture.name}>"

    return markdown(blocks, beside), pictures


def write_pictures(pictures: Mapping[Path, bytes]) -> None:
    """Write pictures to their places. Raises InputError."""
    for picture, data in pictures.items():
        try:
            picture.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise unwritten(picture.parent, error) from None
        replace_bytes(picture, [data])


def origin_comment(made_from: Mapping[str, str]) -> str:
    """What a report was made from, as a comment that no reader shows: a proof makes it again.

    >>> print(origin_comment({"plan": "a-plan", "issuer": "<!--Phường-->"}), end="")
    <BLANKLINE>
    <!-- planlib {"plan": "a-plan", "issuer": "\\u003c!-\\u002dPh\\u01b0\\u1eddng-\\u002d\\u003e"} -->
    """
    told = json.dumps({name: text for name, text in made_from.items() if text})
    harmless = told.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"\n<!-- planlib {harmless} -->\n"


def write_markdown(blocks: Sequence[Block], file: Path) -> str:
    """Write blocks as Markdown with their pictures beside it; gives the text. Raises InputError."""
    text, pictures = markdown_beside(blocks, file)
    write_pictures(pictures)
    replace_bytes(file, [text.encode()])
    return text


def _block(block: Block, picture: Callable[[Chart], str]) -> str:
    match block:
        case Title():
            banner = f"> **{escaped(block.banner_word)}** {escaped(block.banner)}"
            facts = [
                f"- {escaped(one.label)}{block.colon} **{_linked(one)}**" for one in block.facts
            ]
            head = f"# {escaped(block.question)}" if block.question else ""
            parts = [head, banner if block.banner else ""]
            return "\n\n".join(part for part in [*parts, "\n".join(facts)] if part)
        case Heading():
            return f"{'#' * block.level} {escaped(block.text)}"
        case Paragraph():
            described = escaped(block.text)
            return f"**{described}**" if block.lead else described
        case Items():
            return "\n".join(f"- {_linked(line)}" for line in block.lines)
        case Counts():
            return " · ".join(
                f"{one.look.glyph} {escaped(one.word)} **{one.text}**" for one in block.counts
            )
        case Table():
            return _table(block)
        case Remarks():
            return "\n\n".join(map(_said, block.said))
        case Placeholder():
            if not block.answers:
                return escaped(f"[{block.text}]")
            labels = [f"**{escaped(one.label)}** " if one.label else "" for one in block.answers]
            said = [escaped(one.text) for one in block.answers]
            return "\n\n".join(map("".join, zip(labels, said, strict=True)))
        case Download():
            return ""
        case Chart():
            return f"![{escaped(block.alt)}]({picture(block)})"


def escaped(text: str) -> str:
    r"""A text on one line that says in Markdown just what it says.

    >>> print(escaped("# <b> *x* | [y](javascript:z)"), escaped("1. one\n\n- two"))
    \# &lt;b&gt; \*x\* \| \[y\](javascript:z) 1\. one - two
    """
    line = _BLANKS.sub(" ", shown(text)).strip()
    line = re.sub("[&<>]", lambda found: _ENTITIES[found[0]], line)
    return _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", line))


def _linked(fact: Fact) -> str:
    if not fact.link:
        return escaped(fact.text)
    address = re.sub(r"[<>\s\\]", lambda found: f"%{ord(found[0]):02X}", fact.link)
    return f"[{escaped(fact.text)}](<{address}>)"


def _table(table: Table) -> str:
    wide = len(table.columns)
    lines = [_row(escaped(column.title) for column in table.columns)]
    lines.append(_row(_RULES[column.align] for column in table.columns))
    for group in table.groups:
        if group.title:
            count = f" {escaped(group.count)}" if group.count else ""
            lines.append(_row([f"**{escaped(group.title)}**{count}", *[""] * (wide - 1)]))
        lines += [_row(map(_cell, row)) for row in group.rows]
    notes = [escaped(note) for note in table.notes]
    return "\n\n".join([f"**{escaped(table.caption)}**", "\n".join(lines), *notes])


def _cell(cell: Cell) -> str:
    lines = ["\N{EM SPACE}" * cell.level + escaped(cell_text(cell)), *map(_said, cell.remarks)]
    return "<br>".join(lines)


def _said(one: Fact) -> str:
    return f"**{escaped(one.label)}** {escaped(one.text)}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
