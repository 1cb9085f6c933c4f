"""What a PDF says of itself, how its letters look, and its text, where ``pdftotext`` is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from planlib.errors import Problem, said
from planlib.verify.office.differences import Differences, differences
from planlib.verify.office.items import OfficeFile, OfficeLine, UnlikeDocument

SECONDS = 120
LARGEST = 60_000_000  # bytes of what is drawn, unpacked
PALE = 0.75  # of the light of paper
_KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]{1,2000})</pdf:Keywords>")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
# A colour of letters, how they are drawn, their size, letters themselves, and what keeps a state.
_DRAWN = re.compile(
    rb"(?:\(|<[0-9A-Fa-f]*>\s*Tj\b|\]\s*TJ\b)|((?:[\d.]+ +){1,4}(?:rg|g|k|scn|sc))\b|"
    rb"(\d) +Tr\b|([\d.]+) +Tf\b|\b([qQ])\b"
)
_PRODUCER = re.compile(rb"<pdf:Producer>([^<]{1,200})</pdf:Producer>")


def pdf_origin(data: bytes) -> Mapping[str, str]:
    """What a PDF of planlib was made from. Raises UnlikeDocument for what is no PDF."""
    if not data.startswith(b"%PDF-"):
        raise UnlikeDocument
    found = _KEYWORDS.findall(data)
    if len(found) != 1:
        return {}
    words = (one.partition("=") for one in found[0].decode("utf-8", "replace").split("|"))
    return {name: unquote(text) for name, _, text in words}


def pdf_producer(data: bytes) -> str:
    """Which program wrote it."""
    found = _PRODUCER.search(data)
    return found[1].decode("utf-8", "replace") if found else ""


def pdf_lines(data: bytes) -> OfficeFile | None:
    """The text of a PDF; None where there is no program that reads it."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-raw", "-enc", "UTF-8", "-", "-"],
            input=data, capture_output=True, timeout=SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        return None
    file = OfficeFile()
    for number, page in enumerate(done.stdout.decode("utf-8", "replace").split("\f"), start=1):
        for line in page.splitlines():
            if line.strip():
                file.items.append(OfficeLine(line.strip(), "text", f"page {number}"))
    return file


def pdf_looks(data: bytes) -> Counter[str]:
    """How letters are drawn in a PDF: how often in each colour, way of drawing and size.

    >>> drawn = zlib.compress(b"BT 1 1 1 rg /F1 12 Tf <01>Tj ET")
    >>> pdf_looks(b"stream\\n" + drawn + b"endstream")
    Counter({'1 1 1 rg, 12 points': 1})
    """
    return Counter(look for drawn in _drawings(data) for look in _looks(drawn))


def pdf_differences(file: str, found: bytes, right: bytes) -> Differences | None:
    """In what a PDF says something else than another, or draws it in another way.

    Where another version of LibreOffice made it, their bytes differ: this is what must not. None
    where there is no program that reads the text.
    """
    mine, its = pdf_lines(right), pdf_lines(found)
    if mine is None or its is None:
        return None
    told = differences(file, its, mine)
    drawn, ours = pdf_looks(found), pdf_looks(right)
    for look in sorted({*drawn, *ours}):
        more = drawn[look] > ours[look] and _pale(look)
        if more or (look in drawn) != (look in ours):
            message = said("verify.element-not-planlibs", found=look)
            told.problems.append(Problem(message, file))
    return told


def _pale(look: str) -> bool:
    """Whether letters could hardly be seen on paper; those of charts stand on dark bars."""
    *parts, sign = look.partition(",")[0].split()
    tones = [1 - float(one) if sign == "k" else float(one) for one in parts]
    return min(tones) > PALE


def _drawings(data: bytes) -> Iterator[bytes]:
    left = LARGEST
    for found in _STREAM.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            drawn = unpacking.decompress(found[1], left)
        except zlib.error:
            drawn = found[1]  # not packed, or a picture
        left -= len(drawn)
        if left <= 0:
            raise UnlikeDocument
        if b"BT" in drawn and b"ET" in drawn:
            yield drawn


def _looks(drawn: bytes) -> Iterator[str]:
    state, kept = ("0 g", "0", ""), list[tuple[str, str, str]]()
    for colour, way, size, keeping in (found.groups() for found in _DRAWN.finditer(drawn)):
        if colour:
            state = (" ".join(colour.decode().split()), *state[1:])
        elif way:
            state = (state[0], way.decode(), state[2])
        elif size:
            state = (*state[:2], size.decode())
        elif keeping == b"q":
            kept.append(state)
        elif keeping == b"Q":
            state = kept.pop() if kept else state
        else:
            way_told = "" if state[1] == "0" else f", way {state[1]}"
            yield f"{state[0]}, {state[2]} points{way_told}"
