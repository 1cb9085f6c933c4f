"""Reads the passages of a document: text, Word, web pages, PDF files with text."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.errors import InputError, Problem, refused, said
from planlib.exchange.text.files.markdown import from_markdown
from planlib.exchange.text.files.page_tables import page_passages
from planlib.exchange.text.passages import (
    HEADING,
    Passage,
    as_row,
    from_lines,
    looks_like_heading,
)
from planlib.figures.csv_text import decoded
from planlib.storage.whole_files import read_whole

if TYPE_CHECKING:
    from bs4.element import Tag

_BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "dd", "dt", "blockquote", "caption", "div", "td", "th", "section", "article", "main", "body"]  # fmt: skip
SECONDS = 120  # for a PDF file
LARGEST = 2**26  # bytes of a document
MOST_COLUMNS = 200  # that one cell goes over


def read_passages(file: Path) -> list[Passage]:
    """The passages of a document, by the ending of its name: .txt, .md, .docx, .html, .pdf.

    Raises InputError for a file that cannot be read, of another kind, or without any text.
    """
    kind = file.suffix.lower()
    data = read_whole(file, LARGEST)
    if kind in {".txt", ".text"}:
        found = from_lines(decoded(data, file))
    elif kind in {".md", ".markdown"}:
        found = from_markdown(decoded(data, file))
    elif kind in {".docx", ".html", ".htm", ".pdf"}:
        found = _passages_of(kind, data, file)
    else:
        raise refused(
            said("from-text.kind-unknown"), file, hint=said("from-text.kind-unknown-hint")
        )
    found = [one for one in found if re.search(r"\w", one.text)]
    if not found:
        message = said("from-text.scanned" if kind == ".pdf" else "from-text.empty")
        hint = said("from-text.scanned-hint") if kind == ".pdf" else None
        raise InputError([Problem(message, str(file), hint=hint)])
    return found


def _passages_of(kind: str, data: bytes, file: Path) -> list[Passage]:
    """The passages of a document of a kind; raises InputError where it is none."""
    if kind == ".docx":
        return list(_of_word(data, file))
    return _of_pdf(file) if kind == ".pdf" else list(_of_page(data))


def _of_word(data: bytes, file: Path) -> Iterator[Passage]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        raise refused(said("from-text.no-word-file"), file) from None
    number = 0
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            seen = dict[int, object]()  # cells, kept so that no other takes the id of one
            for index, row in enumerate(part.rows):
                number += 1
                cells = [_clean(cell.text) for cell in row.cells]
                merged = []
                for cell in row.cells:
                    merged.append(id(cell._tc) in seen)
                    seen[id(cell._tc)] = cell._tc
                yield as_row(cells, merged, number, opens=not index)
            continue
        number += 1
        text = _clean(part.text)
        style = str(part.style.name if part.style is not None else "")
        headed = style.startswith(("Heading", "Title")) and len(text) <= HEADING
        yield Passage(text, headed or looks_like_heading(text), lines=((0, number),))


def _of_page(data: bytes) -> Iterator[Passage]:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(data, "html.parser")
    for unseen in soup(["script", "style", "nav", "template", "noscript", "head"]):
        unseen.decompose()
    hanging = dict[int, tuple[object, dict[int, tuple[int, str]]]]()
    for block in soup.find_all(_BLOCKS):
        if block.find(_BLOCKS) is not None and block.name != "tr":
            yield from _loose(block)
            continue
        if block.name in {"td", "th"} or (block.name != "tr" and block.find_parent("tr")):
            continue
        if block.name == "tr":
            table = block.find_parent("table")
            opens = id(table) not in hanging
            _, above = hanging.setdefault(id(table), (table, {}))
            cells, merged = _grid_row(block, above)
            if cells:
                yield as_row(cells, merged, block.sourceline or 1, opens=opens)
            continue
        text = _clean(block.get_text(" "))
        heading = bool(re.fullmatch("h[1-6]", block.name)) or looks_like_heading(text)
        yield Passage(text, heading, lines=((0, block.sourceline or 1),))


def _grid_row(row: Tag, above: dict[int, tuple[int, str]]) -> tuple[list[str], list[bool]]:
    """The cells of a row by their columns, and which of them are merged with one before or above.

    ``above`` holds the cells that hang down from rows before: how many rows still, and their words.
    """
    cells, merged = list[str](), list[bool]()

    def hung() -> None:
        while (at := len(cells)) in above:
            left, text = above.pop(at)
            cells.append(text)
            merged.append(True)
            if left > 1:
                going[at] = (left - 1, text)

    going = dict[int, tuple[int, str]]()
    for cell in row.find_all(["td", "th"]):
        hung()
        text = _clean(cell.get_text(" "))
        for first in range(min(_span(cell, "colspan"), MOST_COLUMNS)):
            if (down := _span(cell, "rowspan")) > 1:
                going[len(cells)] = (down - 1, text)
            cells.append(text)
            merged.append(first > 0)
    hung()
    above.clear()
    above.update(going)
    return cells, merged


def _span(cell: Tag, name: str) -> int:
    """Over how many columns or rows a cell goes."""
    told = str(cell.get(name, "1")).strip()
    return max(int(told), 1) if told.isdecimal() and len(told) < len(str(LARGEST)) else 1


def _loose(block: Tag) -> Iterator[Passage]:
    """Text that stands in a block beside other blocks."""
    text = _clean(" ".join(str(one) for one in block.find_all(string=True, recursive=False)))
    if text:
        yield Passage(text, looks_like_heading(text), lines=((0, block.sourceline or 1),))


def _of_pdf(file: Path) -> list[Passage]:
    tool = shutil.which("pdftotext")
    if tool is None:
        raise refused(
            said("from-text.no-pdftotext"), file, hint=said("from-text.no-pdftotext-hint")
        )
    plain, shown = (_pages(tool, file, *more) for more in ((), ("-layout",)))
    pages = zip(plain, shown, strict=True)
    return [
        one
        for page, (text, layout) in enumerate(pages, 1)
        for one in page_passages(text, layout, page)
    ]


def _pages(tool: str, file: Path, *more: str) -> list[str]:
    """The text of each page."""
    try:
        done = subprocess.run(
            [tool, *more, "-enc", "UTF-8", str(file.absolute()), "-"],
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise refused(said("from-text.no-pdf-file"), file) from None
    if done.returncode:
        raise refused(said("from-text.no-pdf-file"), file)
    return done.stdout.decode("utf-8", "replace").split("\f")


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
