"""A Markdown report as its reader sees it; what a renderer would hide or take for markup is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from planlib.language.languages import LANGUAGES
from planlib.verify.markup import plain
from planlib.verify.office.items import (
    GAP,
    Cells,
    OfficeFile,
    OfficeLine,
    OfficeTable,
    UnlikeDocument,
)
from planlib.verify.texts import filled, keys_of

_ORIGIN = re.compile(r"<!-- planlib (\{.*\}) -->")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(<([^<>\s]*)>\)")
_PICTURE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\((<[^<>]*>|[^\s()]*)\)")
_COUNT = re.compile(r"([^\s-] [^*]+?) \*\*([^*]+)\*\*")
_RAW = re.compile(r"(?<!\\)(?:\\\\)*([<>`~$_]|\*(?!\*)|\[|&(?!amp;|lt;|gt;))")
_BOLD = re.compile(r"(?<!\\)\*\*")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def read_markdown(data: bytes) -> OfficeFile:
    """Read a Markdown report. Raises UnlikeDocument where it is no UTF-8 text."""
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise UnlikeDocument from None
    file = OfficeFile()
    found = _ORIGIN.fullmatch(lines[-2]) if len(lines) > 1 and not lines[-1] else None
    if found:
        try:
            told = json.loads(found[1])
        except ValueError:
            raise UnlikeDocument from None
        file.about = {str(name): str(text) for name, text in told.items()}
        lines = lines[:-2]
    file.items = list(_items(lines, file))
    return file


def _items(lines: list[str], file: OfficeFile) -> Iterator[OfficeLine | OfficeTable]:
    lang = file.about.get("lang", "")
    gaps = set()
    if lang in LANGUAGES:
        gaps = {f"[{filled(key, lang)}]" for key in keys_of(lang, "document.gap.")}
        file.notes = filled("document.note", lang)
    links = set[str]()
    tables = at = 0
    while at < len(lines):
        line, place = lines[at], f"line {at + 1}"
        at += 1
        if not line.strip():
            continue
        if line.startswith("|"):
            rows = [line]
            while at < len(lines) and lines[at].startswith("|"):
                rows.append(lines[at])
                at += 1
            tables += 1
            yield OfficeTable(tuple(_rows(rows, file, place)), f"table {tables}")
            continue
        counts = [_COUNT.fullmatch(part) for part in line.split(" · ")]
        if all(counts):
            cells = tuple((_text(one[1]), _text(one[2])) for one in counts if one is not None)
            yield OfficeTable((cells,), place)
            continue
        if picture := _PICTURE.fullmatch(line):
            links.add(picture[2].strip("<>"))
            yield OfficeLine(plain(_text(picture[1])), "picture", place)
            continue
        links |= {found[2] for found in _LINK.finditer(line)}
        bare = _LINK.sub(lambda found: found[1], line)
        if strange := _RAW.search(_BOLD.sub("", bare)):
            file.holds(f"'{strange[1]}' in '{plain(line)[:80]}'", place)
        marks = re.match(r"(#{1,6}) ", bare)
        following = next((one for one in lines[at:] if one.strip()), "")
        whole = re.fullmatch(r"\*\*(.*)\*\*", bare)
        style = "text"
        if marks:
            style, bare = f"heading {max(len(marks[1]) - 1, 1)}", bare[marks.end() :]
        elif whole and following.startswith("|"):
            style = "caption"
        text = plain(_text(bare.removeprefix("- ")))
        yield OfficeLine(text, style, place, GAP if text in gaps else "")
    file.links = frozenset(links)


def _rows(lines: list[str], file: OfficeFile, place: str) -> Iterator[Cells]:
    for at, line in enumerate(lines):
        cells = re.split(r"(?<!\\)\|", line.strip())[1:-1]
        if at == 1 and all(re.fullmatch(r" :?-+:? ", cell) for cell in cells):
            continue
        for cell in cells:
            if strange := _RAW.search(
                _BOLD.sub("", _LINK.sub(lambda found: found[1], cell)).replace("<br>", "")
            ):
                file.holds(f"'{strange[1]}' in '{plain(cell)[:80]}'", place)
        texts = [_text(cell.strip("\N{EM SPACE} ")) for cell in cells]
        if len(texts) > 1 and cells[0].lstrip().startswith("**") and not any(texts[1:]):
            texts = texts[:1]
        yield tuple(tuple(text.split("<br>")) if text else () for text in texts)


def _text(raw: str) -> str:
    """What a stretch of Markdown says: without bold marks, escapes and entities."""
    bare = _LINK.sub(lambda found: found[1], raw)
    bare = _BOLD.sub("", bare)
    bare = re.sub(r"\\([^\w\s])", r"\1", bare)
    return re.sub("&(lt|gt|amp);", lambda found: _ENTITIES[found[0]], bare)
