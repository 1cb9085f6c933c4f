"""A Word document turned into PDF or OpenDocument by LibreOffice, where that is installed.

LibreOffice writes the moment and a random identifier into each file; both are set from the content,
so that the same document is the same file.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from planlib.errors import InputError, refused, said
from planlib.report.documents.archives import timeless

PROGRAMS = ("soffice", "libreoffice")
SECONDS, MORE_SECONDS = 180, 20  # that one file may take, and each more of the same run
Converted = Literal["pdf", "odt"]
CONVERTED: dict[str, Converted] = {"odt": "odt", "pdf": "pdf"}
# Tagged, with its title, language and headings: what PDF/UA-1 asks of a file.
_PDF = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
FILTERS = {"pdf": _PDF, "odt": "odt"}
_MOMENTS = (
    re.compile(rb"(?<=/CreationDate\(D:)\d{14}"),
    re.compile(rb"(?<=/ModDate\(D:)\d{14}"),
    re.compile(rb"(?<=<xmp:CreateDate>)[-0-9T:]{19}(?=Z)"),
    re.compile(rb"(?<=<xmp:ModifyDate>)[-0-9T:]{19}(?=Z)"),
)
_NAMES = (re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)"), re.compile(rb"(?<=/DocChecksum /)[0-9A-F]{32}"))
_ODF_MOMENT = re.compile(
    rb"(<(?:dc:date|meta:creation-date)>)[^<]*|(<meta:editing-duration>)[^<]*"
    rb"|(<meta:editing-cycles>)[^<]*"
)

_LIST = re.compile(rb"(?<=\")list\d{6,}(?=\")")
_RANDOM = re.compile(rb'(config:name="Rsid(?:Root)?" config:type="int">)\d+')


@dataclass(frozen=True)
class WordFile:
    """A Word document to convert; ``dated`` stands as its day in a PDF."""

    data: bytes
    dated: date | None = None


def converted(document: bytes, kind: Converted, dated: date | None = None) -> bytes:
    """The file of a Word document as PDF or OpenDocument; ``dated`` stands as its day in the PDF.

    Raises InputError where LibreOffice is not installed, or does not do it.
    """
    (made,) = converted_together([WordFile(document, dated)], kind)
    if isinstance(made, InputError):
        raise made
    return made


def converted_together(documents: Sequence[WordFile], kind: Converted) -> list[bytes | InputError]:
    """Word documents converted by one run of LibreOffice, in their order.

    One that is not made among the others, which may have stopped the run, is tried alone; where it
    is not made then, its place holds why. Raises InputError where LibreOffice is not installed.
    """
    program = converter(kind)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, one in enumerate(documents):
            (folder / f"{number}.docx").write_bytes(one.data)
        trouble = _run(program, folder, kind, len(documents))
        made = [folder / f"{number}.{kind}" for number in range(len(documents))]
        found = [path.read_bytes() if path.is_file() else None for path in made]
    alone = len(documents) == 1
    return [
        _fixed_moment(data, one, kind) if data is not None
        else trouble if alone else converted_together([one], kind)[0]
        for data, one in zip(found, documents, strict=True)
    ]  # fmt: skip


def converter(kind: Converted) -> str:
    """The program that converts. Raises InputError where LibreOffice is not installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        hint = said("documents.install-libreoffice")
        raise refused(said("documents.no-libreoffice", kind=kind), hint=hint)
    return program


@cache
def converter_version() -> str:
    """What LibreOffice says it is. Raises InputError where it is not installed."""
    done = subprocess.run(
        [converter("pdf"), "--version"], capture_output=True, timeout=SECONDS, check=False
    )
    return done.stdout.decode("utf-8", "replace").strip()


def _run(program: str, folder: Path, kind: Converted, count: int) -> InputError:
    """Convert the numbered files of a folder; gives what to say where one is not made."""
    # A profile of its own: one that is open on somebody's desktop would take the job and drop it.
    own = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, own, "--headless", "--convert-to", FILTERS[kind], "--outdir", str(folder)]
    seconds = SECONDS + (count - 1) * MORE_SECONDS
    try:
        done = subprocess.run(
            [*command, *(str(folder / f"{number}.docx") for number in range(count))],
            capture_output=True, timeout=seconds, check=False,
            env=os.environ | {"HOME": str(folder)},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return refused(said("documents.conversion-too-long", seconds=seconds))
    words = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return refused(said("documents.conversion-failed", words=words[-1] if words else "–"))


def _fixed_moment(data: bytes, given: WordFile, kind: Converted) -> bytes:
    if kind == "pdf":
        return _same_pdf(data, given.dated or date(1980, 1, 1))
    return timeless(data, _same_part)


def _same_pdf(data: bytes, dated: date) -> bytes:
    """A PDF without the moment it was written; every replacement is as long as what it replaces."""
    for pattern in _MOMENTS:
        data = pattern.sub(lambda found: _day(dated, len(found[0])), data)
    # Of the last lines only: elsewhere thirty-two hexadecimal digits are somebody's text.
    at = data.rindex(b"trailer")
    head, tail = data[:at], data[at:]
    for pattern in _NAMES:
        tail = pattern.sub(
            hashlib.md5(head, usedforsecurity=False).hexdigest().upper().encode(), tail
        )
    return head + tail


def _day(dated: date, length: int) -> bytes:
    form = "%Y%m%d000000" if length == 14 else "%Y-%m-%dT00:00:00"
    return f"{dated:{form}}".encode()


def _same_part(name: str, content: bytes) -> bytes:
    """A part of an OpenDocument file without moments and random names."""
    if name == "meta.xml":
        return _ODF_MOMENT.sub(_fixed, content)
    if name == "settings.xml":
        return _RANDOM.sub(rb"\g<1>1", content)
    return _lists_in_order(content) if name in ("content.xml", "styles.xml") else content


def _lists_in_order(content: bytes) -> bytes:
    names = dict.fromkeys(_LIST.findall(content))
    known = {name: b"list%d" % at for at, name in enumerate(names)}
    return _LIST.sub(lambda found: known[found[0]], content)


def _fixed(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return found[1] + b"1980-01-01T00:00:00"
    return found[2] + b"PT0S" if found[2] else found[3] + b"1"
