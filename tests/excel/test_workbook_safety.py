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
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from examples import LONG, turns

from planlib.errors import InputError
from planlib.excel.workbook.safety import check_workbook

MEGA = 1_000_000
SHEET = "xl/worksheets/sheet1.xml"


def plain(folder: Path) -> Path:
    path = folder / "kp.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("A").write_row(0, 0, ["Chỉ tiêu", 5])
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return plain(tmp_path)


@pytest.fixture(scope="module")
def refused_book(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A workbook that is refused, by its name; each is made once, and no test changes it."""
    return cache(lambda name: REFUSED[name][0](plain(tmp_path_factory.mktemp("refused"))))


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
    row = "".join(f'<c r="A{n}"><v>{n * 7919 % 1000003}</v></c>' for n in range(1, 200_000))
    return altered(
        book, **{SHEET.replace("/", "__"): sheet(f"<row>{row * (14 if LONG else 2)}</row>")}
    )


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


def with_sheet(cells: str = '<row r="1"><c r="A1"><v>1</v></c></row>', after: str = "",
               before: str = "", **parts: bytes | None) -> Callable[[Path], Path]:  # fmt: skip
    """A workbook whose sheet holds these cells, and what stands behind and before them."""

    def made(book: Path) -> Path:
        text = f"<worksheet>{before}<sheetData>{cells}</sheetData>{after}</worksheet>"
        return altered(book, **{SHEET.replace("/", "__"): text.encode()}, **parts)

    return made


def noise(size: int) -> str:
    """Text that does not fold together."""
    return random.Random(1).randbytes(size // 2).hex()


def texts_used(length: int, times: int) -> Callable[[Path], Path]:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times))
    texts = f"<sst><si><t>{noise(length)}</t></si></sst>".encode()
    return with_sheet(cells, **{"xl__sharedStrings.xml": texts})


def long_formula(book: Path) -> Path:
    first = f'<row r="1"><c r="A1"><f t="shared" si="0">{"+".join(["A1"] * 9_000)}</f></c></row>'
    others = [f'<row r="{n}"><c r="A{n}"><f t="shared" si="0"/></c></row>' for n in range(2, 9_000)]
    return with_sheet(first + "".join(others))(book)


def many_names(count: int) -> Callable[[Path], Path]:
    """So many names for the one sheet there is."""

    def made(book: Path) -> Path:
        with zipfile.ZipFile(book) as archive:
            text = archive.read("xl/workbook.xml").decode()
        names = "".join(
            f'<sheet name="{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, count + 1)
        )
        text = re.sub("<sheet .*?/>", names, text)
        return altered(book, **{"xl__workbook.xml": text.encode()})

    return made


def many_styles(book: Path) -> Path:
    luck = random.Random(1)
    looks = "".join(f'<xf numFmtId="{luck.randrange(10**9)}"/>' for _ in range(70_000))
    return altered(
        book, **{"xl__styles.xml": f"<styleSheet><cellXfs>{looks}</cellXfs></styleSheet>".encode()}
    )


def many_cells(book: Path) -> Path:
    """Twelve sheets that are each of a fair size."""
    sheets, links, parts = "", "", {}
    for n in range(1, 13):
        rows = "".join(
            f'<row r="{r}"><c r="A{r}"><v>{r * n * 7919 % 9973}</v></c></row>'
            for r in range(1, 46_000)
        )
        parts[f"xl__worksheets__sheet{n}.xml"] = sheet(rows)
        sheets += f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>'
        links += f'<Relationship Id="rId{n}" Type="x/worksheet" Target="worksheets/sheet{n}.xml"/>'
    parts["xl__workbook.xml"] = f"<workbook><sheets>{sheets}</sheets></workbook>".encode()
    parts["xl___rels__workbook.xml.rels"] = f"<Relationships>{links}</Relationships>".encode()
    return altered(book, **parts)


def huge_directory(book: Path) -> Path:
    with zipfile.ZipFile(book, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/{number}", b"")
    return book


def binary_book(book: Path) -> Path:
    return altered(book, **{"xl__workbook.xml": None, "xl__workbook.bin": b"x"})


def opendocument_sheet(book: Path) -> Path:
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
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
    "merged everywhere": (
        with_sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "at most 300000 cells, found 17179869184",
    ),
    "a merged column": (
        with_sheet(after="<mergeCells><mergeCell  ref = 'B1:B1048576'/></mergeCells>"), "at most 300000",
    ),
    "linked everywhere": (
        with_sheet(after='<hyperlinks><hyperlink location="A1" ref="A1:XFD1048576"/></hyperlinks>'),
        "merged or linked areas of a sheet have at most",
    ),
    "many merges": (
        with_sheet(after="".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_000))),
        "at most 10000 merged",
    ),
    "long shared formula": (long_formula, "formulas of a sheet are too long"),
    "a text of a megabyte": (texts_used(1_000_000, 5_000), "a cell has at most 32767 characters"),
    "a long text often": (texts_used(32_000, 20_000), "texts of a workbook have at most 200 MB"),
    "many sheets": (many_names(5_000), "a workbook has at most 60 sheets"),
    "many names of a sheet": (many_names(50), "not a whole Excel file"),
    "many styles": (many_styles, "at most 66000 cell styles"),
    "many cells": (many_cells, "altered.xlsx unfolds to [0-9]+ MB; at most 12 MB are read"),
    "many columns": (
        with_sheet(before="".join(f'<col min="{n * 7919 % 9973}" max="9999" hidden="1"/>' for n in range(20_000))),
        "not a whole Excel file",
    ),
    "large drawing": (
        lambda b: altered(b, **{"xl__drawings__drawing1.xml": f"<a>{noise(6 * MEGA)}</a>".encode()}),
        "drawing1.xml unfolds to 7 MB; at most 5 MB",
    ),
    "huge directory": (huge_directory, "unfolds like a bomb"),
    "hidden markup": (
        lambda b: altered(b, **{"xl__styles.xml": b'<?xml version="1.0" encoding="cp037"?><a/>'}),
        "not a whole",
    ),
    "binary workbook": (binary_book, "the .xlsb format"),
    "opendocument sheet": (opendocument_sheet, "the OpenDocument format"),
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
def test_what_must_not_be_opened_is_refused_with_a_reason(
    refused_book: Callable[[str], Path], name: str
) -> None:
    with pytest.raises(InputError, match=REFUSED[name][1]) as refused:
        check_workbook(refused_book(name))
    assert len(refused.value.problems) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("name", turns([
    "bomb", "large sheet", "huge file", "last cell", "encrypted", "merged everywhere", "many merges",
    "long shared formula", "a text of a megabyte", "a long text often", "many sheets", "many styles",
    "many cells", "huge directory",
], 4))  # fmt: skip
def test_a_refusal_is_quick_and_small(refused_book: Callable[[str], Path], name: str) -> None:
    command = [sys.executable, "-c", MEASURED, "import", str(refused_book(name)), "--lang", "en"]
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


def test_elements_within_elements_without_end_are_refused_when_the_sheet_is_read(
    book: Path,
) -> None:
    from planlib.excel.workbook.sheets import open_office_book

    deep = with_sheet(after="<x>" * 900 + "</x>" * 900)(book)
    with pytest.raises(InputError, match="not a whole Excel file"):
        open_office_book(deep)


@pytest.mark.parametrize(
    "part", ["xl__sharedStrings.xml", "xl__styles.xml", SHEET.replace("/", "__")]
)
def test_a_missing_part_is_told_without_the_words_of_a_library(book: Path, part: str) -> None:
    from planlib.excel.workbook.sheets import open_office_book

    path = altered(book, **{part: None})
    with pytest.raises(InputError, match="not a whole Excel file") as refused:
        open_office_book(path)
    assert len(refused.value.problems) == 1
