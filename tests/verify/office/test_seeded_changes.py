"""Each of 600 seeded changes of documents and tables is found; ``make test`` tries some of each kind.

``make conformance`` tries all. A change is found by what a file says and how it looks, against the
same made again; the bytes, which always differ, are not asked.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from examples import ALL, turns

from planlib.verify.office.differences import differences
from planlib.verify.office.held import OfficeProof
from planlib.verify.office.items import TABLES, UnlikeDocument
from planlib.verify.office.pdf_file import pdf_differences
from planlib.verify.office.read import read_office
from planlib.verify.office.sheet_proof import SheetProof
from planlib.verify.sources import ProvedInputs
from tests.verify.office.tampering import CHANGES, word_changes
from tests.verify.office.tampering_tables import (
    parquet_changes,
    pdf_changes,
    text_changes,
    without_single_letters,
    workbook_changes,
)
from tests.verify.small_review import GOOD_PLAN

# Of a Word file one in so many of each kind; of others, whose kinds take turns, another number.
EVERY, TURN = (1, 1) if ALL else (10, 7)
TIMES = {"report.md": 50, "table.md": 40, "table.csv": 40, "table.html": 50, "table.json": 40,
         "table.parquet": 30, "table.xlsx": 35, "report.pdf": 60}  # fmt: skip
SEED = 2013
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline")


def changes_of(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The changes of a file that are tried."""
    kind, numbers = f".{name.rpartition('.')[2]}", range(0, TIMES[name], TURN)
    if kind == ".xlsx":
        return workbook_changes(data, numbers)
    if kind == ".pdf":
        alone = without_single_letters(data) if TURN == 1 else ()
        return chain(pdf_changes(data, numbers, SEED), alone)
    if kind == ".parquet":
        return parquet_changes(data, numbers, SEED)
    return text_changes(kind, data, numbers, SEED)


def found(name: str, data: bytes, right: bytes) -> bool:
    """Whether a file is seen to differ from the right one."""
    kind = f".{name.rpartition('.')[2]}"
    if kind == ".pdf":
        told = pdf_differences(name, data, right)
        return told is not None and bool(told.problems)
    try:
        file, other = read_office(kind, data), read_office(kind, right)
    except UnlikeDocument:
        return True
    return bool(
        file.strange or differences(name, file, other).problems or file.about != other.about
    )


def test_there_are_six_hundred() -> None:
    assert sum(times for *_, times in CHANGES) + sum(TIMES.values()) > 600


def test_each_change_of_a_word_file_is_found(made: Path) -> None:
    right = (made / "report.docx").read_bytes()
    tried = list(word_changes(right, SEED, every=EVERY))
    assert [what for what, data in tried if not found("report.docx", data, right)] == []
    assert len(tried) >= len(CHANGES)


@pytest.mark.parametrize("name", turns(TIMES, 2, whole=ALL))
def test_each_change_of_another_file_is_found(made: Path, name: str) -> None:
    if not (made / name).exists() or (name.endswith("pdf") and not shutil.which("pdftotext")):
        pytest.skip("needs LibreOffice and pdftotext")
    right = (made / name).read_bytes()
    assert not found(name, right, right)
    tried = list(changes_of(name, right))
    assert [what for what, data in tried if not found(name, data, right)] == []
    assert tried


@pytest.mark.parametrize("kind", [".md", *TABLES])
def test_a_wrong_verdict_is_found_even_where_a_table_is_made_again_wrongly(
    made: Path, kind: str
) -> None:
    """What compares with the verdicts shares nothing with what writes: it finds changes alone."""
    sources = ProvedInputs([GOOD_PLAN], [made / "figures" / "figures.csv"], instead=True)

    def problems(data: bytes) -> list[str]:
        proof = OfficeProof(sources)
        SheetProof(proof).check(made / f"table{kind}", read_office(kind, data))
        return [str(one) for one in proof.problems]

    right = (made / f"table{kind}").read_bytes()
    assert problems(right) == []
    if kind == ".xlsx":
        ((_, wrong),) = workbook_changes(right, range(5, 6))
    elif kind == ".parquet":
        wrong = right.replace(b"Exceeded", b"Excelled")
    else:
        wrong = right.replace(b"Exceeded", b"Missed", 1)
    assert wrong != right
    assert any("verdict" in one or "Missed" in one for one in problems(wrong))
