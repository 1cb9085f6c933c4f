"""What is looked at before a workbook is opened: the directory of the archive, then its bytes.

An Excel file is a zip of XML. It can be a bomb (a kilobyte that unfolds into gigabytes, or one cell
in the last row and column), carry macros, fetch from elsewhere, or be encrypted. All of it shows
without opening: from the directory, and from unpacking every part once against what the directory
says of it, keeping nothing. Nothing here imports more than the standard library, so a refusal is
quick and small.
"""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from planlib.errors import InputError, refused, said, system_reason
from planlib.excel.workbook.bounds import (
    LARGEST_DIRECTORY,
    WIDEST,
    Amounts,
    column_number,
    directory_size,
    format_fault,
    odd_encoding,
    overlapping,
    sheets_fault,
    spread_of,
)
from planlib.excel.workbook.refusals import damaged

MEGA = 1_000_000
LARGEST_FILE = 100 * MEGA
MOST_PARTS = 2_000
# Of one part and of all together. A sheet of a million rows of tidy figures has some 300 MB.
LARGEST_PART, LARGEST_WHOLE = 600 * MEGA, 1_000 * MEGA
# An office's sheet is read cell by cell, with its formulas and formats; a plan's table has 0.1 MB.
LARGEST_OFFICE_SHEET = 5 * MEGA
LARGEST_OFFICE = 12 * MEGA  # all parts of such a workbook that are text
STEEPEST, STEEP_FROM = 100, 100_000  # as Apache POI: more than 100 times its size, from 100 kB on
LARGEST_AREA = 40 * MEGA  # cells of the rectangle a reader has to hold
_CHUNK = 1 << 20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WIDE = re.compile(rb'r="([A-Z]{2,3})[0-9]')
# What writers of very long sheets do not do; each would make a cell's place uncertain.
_UNUSUAL = (b":row", b"<c>", b"<c t", b"<c s", b"r='", b"r =", b"<v ")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


def check_workbook(path: Path) -> None:
    """Refuse what must not be opened; raises InputError with one reason."""
    try:
        _check(path)
    except OSError as error:
        reason = system_reason(error) or said("figures.not-of-its-kind")
        raise refused(said("storage.cannot-read", reason=reason), path) from None
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError,
            EOFError, RuntimeError):  # fmt: skip
        raise damaged(path) from None


def largest_sheet(path: Path) -> int:
    """The size in bytes of the largest sheet once unpacked. The file has passed the check."""
    with zipfile.ZipFile(path) as archive:
        return max(
            (part.file_size for part in archive.infolist() if _is_sheet(part.filename)), default=0
        )


def _other_kind(path: Path) -> InputError:
    """What a file is that is no workbook by its first bytes, and what to do, by its ending."""
    kind = path.suffix.lower()
    if kind.startswith(".xls"):
        return refused(said("excel.not-excel-file"), path, hint=said("excel.save-xlsx"))
    hint = {".px": "excel.ask-json-stat", ".tsv": "excel.name-it-csv", ".txt": "excel.name-it-csv"}
    told = said(hint.get(kind, "excel.save-as-table"))
    return refused(said("excel.not-a-table"), path, hint=told)


def _check(path: Path) -> None:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        message = said("excel.workbook-too-large", most=LARGEST_FILE // MEGA, found=size // MEGA)
        raise refused(message, path)
    with path.open("rb") as stream:
        start = stream.read(8)
        if start == _OLE:
            with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
                encrypted = data.find(_ENCRYPTED) >= 0
            if encrypted:
                hint = said("excel.take-password-off-file")
                raise refused(said("excel.workbook-encrypted"), path, hint=hint)
            raise refused(said("excel.is-xls"), path, hint=said("excel.save-xlsx"))
    if not start.startswith(b"PK"):
        raise _other_kind(path)
    with path.open("rb") as stream:
        if directory_size(stream) > LARGEST_DIRECTORY:
            raise refused(said("excel.archive-unfolds-like-bomb"), path)
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_directory(path, parts, size)
        _check_names(path, parts)
        large = [part for part in parts if part.file_size > LARGEST_OFFICE_SHEET and _is_text(part)]
        long = any(_is_sheet(part.filename) for part in large)
        if long and not _looks_tidy(archive, parts):
            found = max(part.file_size for part in large) / MEGA
            message = said("excel.sheet-too-large", most=LARGEST_OFFICE_SHEET // MEGA, found=found)  # fmt: skip
            raise refused(message, path, hint=said("excel.copy-table-alone-into"))
        _check_large(path, parts, large, long=long)
        _check_sheets(path, archive)
        amounts = Amounts()
        with path.open("rb") as stream:
            # The shared texts first: how often each is used is counted in the sheets.
            for part in sorted(parts, key=lambda part: not _is_texts(part.filename)):
                _check_part(path, stream, part, amounts)
                if amounts.fault is not None:
                    raise refused(amounts.fault, path, hint=said("excel.copy-table-alone-into"))


def _check_large(
    path: Path, parts: list[zipfile.ZipInfo], large: list[zipfile.ZipInfo], *, long: bool
) -> None:
    """Only a long table of tidy figures, and its texts, may be large."""
    odd = [p for p in large if not long or not (_is_sheet(p.filename) or _is_texts(p.filename))]
    whole = 0 if long else sum(part.file_size for part in parts if _is_text(part))
    if odd or whole > LARGEST_OFFICE:
        name = odd[0].filename if odd else path.name
        found = odd[0].file_size if odd else whole
        message = said("excel.part-unfolds-too-large", part=name,
                       found=-(-found // MEGA),
                       most=(LARGEST_OFFICE_SHEET if odd else LARGEST_OFFICE) // MEGA)  # fmt: skip
        raise refused(message, path, hint=said("excel.copy-table-alone-into"))


def _check_sheets(path: Path, archive: zipfile.ZipFile) -> None:
    links = "xl/_rels/workbook.xml.rels"
    names = {part.filename.lower(): part.filename for part in archive.infolist()}
    if links not in names:
        raise zipfile.BadZipFile
    fault = sheets_fault(archive.read(names["xl/workbook.xml"]), archive.read(names[links]))
    if fault is not None:
        raise refused(fault, path, hint=said("excel.copy-table-alone-into"))


def _check_directory(path: Path, parts: list[zipfile.ZipInfo], size: int) -> None:
    if len(parts) > MOST_PARTS:
        raise refused(said("excel.archive-parts-more", n=len(parts), most=MOST_PARTS), path)
    if any(part.flag_bits & 0x1 for part in parts):
        raise refused(said("excel.workbook-encrypted"), path)
    bomb = said("excel.archive-unfolds-like-bomb")
    if sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise refused(bomb, path)
    if sum(part.compress_size for part in parts) > size or overlapping(parts):
        raise refused(bomb, path)  # parts that share bytes
    for part in parts:
        if part.file_size > LARGEST_PART:
            raise refused(bomb, path)
        if part.file_size > STEEP_FROM and part.file_size > STEEPEST * part.compress_size:
            raise refused(bomb, path)
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise damaged(path)


def _check_names(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise damaged(path)
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise refused(said("excel.workbook-carries-macros"), path, hint=said("excel.save-xlsx"))
    if any(name.startswith(("xl/externallinks/", "xl/connections")) for name in names):
        hint = said("excel.paste-values-data-edit")
        raise refused(said("excel.workbook-fetches-other-files"), path, hint=hint)
    if any(name.startswith(("xl/embeddings/", "xl/activex/", "xl/ctrlprops/")) for name in names):
        raise refused(
            said("excel.workbook-carries-embedded-objects"), path, hint=said("excel.delete-them")
        )
    fault = format_fault(names, path)
    if fault is not None:
        raise refused(fault[0], path, hint=fault[1])


def _looks_tidy(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    """Whether the first lines of sheets and shared texts hold the heads of tidy figures."""
    start = b""
    for part in parts:
        if _is_sheet(part.filename) or part.filename.lower() == "xl/sharedstrings.xml":
            with archive.open(part) as stream:
                start += stream.read(_CHUNK)
    named = all(b">" + head + b"<" in start for head in (b"area", b"goal"))
    return named and any(b">" + head + b"<" in start for head in (b"year", b"period"))


def _is_sheet(name: str) -> bool:
    return name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml")


def _is_texts(name: str) -> bool:
    return name.lower() == "xl/sharedstrings.xml"


def _is_text(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels", ".vml"))


def _check_part(path: Path, stream: BinaryIO, part: zipfile.ZipInfo, amounts: Amounts) -> None:
    """Unpack one part and keep nothing: its size, its text, and how far its cells lie apart."""
    name = part.filename.lower()
    chunks = _unpacked(path, stream, part)
    if not _is_text(part):
        for _ in chunks:
            pass
    elif _is_texts(name):
        amounts.take_texts(_unmarked(path, chunks))
    elif part.file_size <= LARGEST_OFFICE_SHEET:
        text = b"".join(chunks)
        _check_markup(path, text, text)
        amounts.take_part(text)
        if _is_sheet(name) or b"sheetData" in text:
            _check_spread(path, part.filename, *spread_of(text))
        elif name.endswith(".rels"):
            _check_relations(path, text)
    else:
        held, widest = b"", 26
        for number, chunk in enumerate(chunks):
            text = held + chunk
            _check_markup(path, text, text if number == 0 else b"")
            if _is_sheet(name):
                amounts.take_uses(chunk)
                if any(text.find(mark) >= 0 for mark in _UNUSUAL):
                    raise damaged(path)
                if wide := _WIDE.search(text):
                    widest = max(
                        widest, *(column_number(m) for m in [wide[1], *_WIDE.findall(text)])
                    )
                _check_spread(path, part.filename, widest, 1)
            held = chunk[-64:]


def _unmarked(path: Path, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks, each looked at for what no part may hold."""
    held = start = b""
    for chunk in chunks:
        start = b"" if held else chunk
        _check_markup(path, held + chunk, start)
        held = chunk[-64:]
        yield chunk


def _check_markup(path: Path, text: bytes, start: bytes) -> None:
    if b"<!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        raise refused(said("excel.archive-unfolds-like-bomb"), path)
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in start[:8] or odd_encoding(start):
        raise damaged(path)


def _check_spread(path: Path, name: str, widest: int, last_row: int) -> None:
    if widest > WIDEST or last_row > 1_048_576 or widest * last_row > LARGEST_AREA:
        hint = said("excel.delete-stands-far-right")
        raise refused(said("excel.cells-too-far-apart", part=name), path, hint=hint)


def _check_relations(path: Path, text: bytes) -> None:
    for found in _RELATION.findall(text):
        if b"External" in found and b"/hyperlink" not in found:
            hint = said("excel.paste-values-data-edit")
            raise refused(said("excel.workbook-fetches-other-files"), path, hint=hint)


def _unpacked(path: Path, stream: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part; refuses one that holds more or less than the directory says."""
    stream.seek(part.header_offset)
    header = stream.read(30)
    signature, *_, name_length, extra_length = struct.unpack("<4s5H3I2H", header)
    if signature != b"PK\x03\x04":
        raise zipfile.BadZipFile
    stream.seek(name_length + extra_length, 1)
    unpack = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type else None
    left, total = part.compress_size, 0
    while left > 0:
        packed = stream.read(min(left, 1 << 16))
        if not packed:
            raise EOFError
        left -= len(packed)
        while packed:
            chunk = unpack.decompress(packed, _CHUNK) if unpack else packed
            packed = unpack.unconsumed_tail if unpack else b""
            total += len(chunk)
            if total > part.file_size:
                raise refused(said("excel.archive-unfolds-like-bomb"), path)
            yield chunk
    if total != part.file_size or (unpack is not None and not unpack.eof):
        raise zipfile.BadZipFile
