"""Workbooks that must not be opened are refused from the outside, quickly and in little memory."""

from __future__ import annotations

import copy
import random
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from planlib.errors import InputError
from planlib.intake.workbook_safety import check_workbook

MEGA = 1_000_000
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "kp.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("A").write_row(0, 0, ["Chỉ tiêu", 5])
    return path


def altered(book: Path, **parts: bytes | None) -> Path:
    """The workbook with parts replaced, added or (None) left out; names have ``__`` for a slash."""
    wanted = {name.replace("__", "/"): data for name, data in parts.items()}
    out = book.with_name("altered.xlsx")
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, data in wanted.items():
            if data is not None:
                new.writestr(name, data)
    return out


def test_a_plain_workbook_passes(book: Path) -> None:
    check_workbook(book)


def sheet(cells: str) -> bytes:
    return f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()


def bomb(book: Path) -> Path:
    return altered(book, **{SHEET.replace("/", "__"): sheet(" " * (150 * MEGA))})


def large_sheet(book: Path) -> Path:
    row = "".join(f'<c r="A{n}"><v>{n * 7919 % 1000003}</v></c>' for n in range(1, 400_000))
    return altered(book, **{SHEET.replace("/", "__"): sheet(f"<row>{row * 7}</row>")})


def lying(book: Path) -> Path:
    """Ten bytes in the directory, sixty megabytes in truth, and a checksum that fits the ten."""
    path = altered(book, **{SHEET.replace("/", "__"): b"x" * (60 * MEGA)})
    data = path.read_bytes()
    right = struct.pack("<II", zlib.crc32(b"x" * (60 * MEGA)), 0)[:4]
    wrong = struct.pack("<I", zlib.crc32(b"x" * 10))
    data = data.replace(right, wrong).replace(struct.pack("<I", 60 * MEGA), struct.pack("<I", 10))
    path.write_bytes(data)
    return path


def shared_bytes(book: Path) -> Path:
    """Many names in the directory for the same compressed bytes."""
    path = altered(book, xl__media__1=random.Random(1).randbytes(50_000))
    with zipfile.ZipFile(path, "a") as archive:
        first = archive.getinfo("xl/media/1")
        for number in range(2, 40):
            again = copy.copy(first)
            again.filename = f"xl/media/{number}"
            archive.filelist.append(again)
        archive.writestr("end", b"")  # so that the directory is written anew
    return path


def far_cell(text: str) -> Callable[[Path], Path]:
    def made(book: Path) -> Path:
        return altered(book, **{SHEET.replace("/", "__"): sheet(text)})

    return made


def many_parts(book: Path) -> Path:
    return altered(book, **{f"xl__media__{n}.xml": b"<a/>" for n in range(2_100)})


def huge_file(book: Path) -> Path:
    with book.open("r+b") as stream:
        stream.truncate(101 * MEGA)  # a file with a hole takes no room on the disk
    return book


def encrypted(book: Path) -> Path:
    book.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000) + "EncryptedPackage".encode("utf-16-le")
    )
    return book


def old_excel(book: Path) -> Path:
    book.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000))
    return book


def cut_off(book: Path) -> Path:
    book.write_bytes(book.read_bytes()[:-300])
    return book


def locked_entry(book: Path) -> Path:
    data = book.read_bytes()
    at = data.index(b"PK\x01\x02")
    book.write_bytes(data[: at + 8] + b"\x01\x00" + data[at + 10 :])
    return book


def text(book: Path) -> Path:
    book.write_text("TT,Chỉ tiêu\n", encoding="utf-8")
    return book


def opendocument(book: Path) -> Path:
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return book


LINK = (b'<Relationships><Relationship Id="r1" Type="http://x/oleObject" Target="http://x/a" '
        b'TargetMode="External"/></Relationships>')  # fmt: skip
REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb": (bomb, "unfolds like a bomb"),
    "lying directory": (lying, "unfolds like a bomb"),
    "shared bytes": (shared_bytes, "unfolds like a bomb"),
    "entities": (
        far_cell('<!DOCTYPE a [<!ENTITY b "bbbb">]><row r="1"><c r="A1"/></row>'), "like a bomb",
    ),
    "large sheet": (large_sheet, "a sheet has at most 5 MB"),
    "huge file": (huge_file, "at most 100 MB, found 101 MB"),
    "many parts": (many_parts, "parts, more than 2000"),
    "last cell": (far_cell('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too far apart"),
    "prefixed": (
        far_cell('<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'),
        "too far apart",
    ),
    "single quotes": (far_cell("<row r='1048576'><c r = 'XFD1048576'/></row>"), "too far apart"),
    "coded": (far_cell('<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>'), "too far apart"),
    "far row": (far_cell('<row r="999999999"><c><v>1</v></c></row>'), "too far apart"),
    "macros": (lambda b: altered(b, **{"xl__vbaProject.bin": b"x"}), "carries macros"),
    "external link": (
        lambda b: altered(b, **{"xl__externalLinks__externalLink1.xml": b"<a/>"}), "other files",
    ),
    "connection": (lambda b: altered(b, **{"xl__connections.xml": b"<a/>"}), "other files"),
    "external object": (
        lambda b: altered(b, **{"xl__worksheets___rels__sheet1.xml.rels": LINK}), "other files",
    ),
    "embedded": (lambda b: altered(b, **{"xl__embeddings__o.bin": b"x"}), "embedded objects"),
    "encrypted": (encrypted, "is encrypted"),
    "encrypted entry": (locked_entry, "is encrypted"),
    "old format": (old_excel, "the old .xls format"),
    "cut off": (cut_off, "not a whole Excel file"),
    "text": (text, "not an Excel file"),
    "opendocument": (opendocument, "not an Excel file"),
    "no workbook": (lambda b: altered(b, **{"xl__workbook.xml": None}), "not a whole Excel file"),
    "utf-16": (
        lambda b: altered(b, **{"xl__workbook.xml": "<a/>".encode("utf-16")}), "not a whole",
    ),
}  # fmt: skip
MEASURED = """
import sys, time
from planlib.cli import main
code = 0
try:
    main()
except SystemExit as end:
    code = end.code
# Of this program alone: getrusage counts what the one that started it had.
status = open("/proc/self/status").read()
megabytes = int(status.split("VmHWM:")[1].split()[0]) / 1024
print(f"{code} {time.process_time():.3f} {megabytes:.0f}")
"""


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_not_be_opened_is_refused_with_a_reason(book: Path, name: str) -> None:
    make, message = REFUSED[name]
    with pytest.raises(InputError, match=message) as refused:
        check_workbook(make(book))
    assert len(refused.value.problems) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("name", ["bomb", "large sheet", "huge file", "last cell", "encrypted"])
def test_a_refusal_is_quick_and_small(book: Path, name: str) -> None:
    path = REFUSED[name][0](book)
    command = [sys.executable, "-c", MEASURED, "import", str(path), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, seconds, megabytes = done.stdout.split()
    assert code == "1" and re.search(REFUSED[name][1], done.stderr)
    assert int(megabytes) < 200
    # Of the processor, the start of Python included: the machine may be busy with something else.
    assert float(seconds) < 1


def test_a_link_to_a_web_page_in_the_source_column_is_harmless(book: Path) -> None:
    link = LINK.replace(b"oleObject", b"hyperlink")
    check_workbook(altered(book, **{"xl__worksheets___rels__sheet1.xml.rels": link}))


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            check_workbook(path)
