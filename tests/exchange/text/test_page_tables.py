"""Tables on the pages of PDF files are read as those of other documents; what is open is plain text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from matplotlib.figure import Figure

from planlib.exchange.text.files.page_tables import page_passages
from planlib.exchange.text.proposals import Proposal
from planlib.exchange.text.reading import read_text

HEAD = ["No.", "Indicator", "Unit", "Baseline 2020", "Target 2025"]
ROWS = [
    ["1", "Households with clean water", "%", "72", "95"],
    ["2", "Pupils who complete lower secondary school", "%", "81.5", "at least 90"],
    ["3", "New homes built", "homes", "", "1,400"],
    ["4", "Road deaths per 100,000 inhabitants", "deaths", "6.2", "no more than 4"],
]
TITLE = "Northfield District Plan 2021-2025"


def shown(*lines: str) -> list[tuple[str, ...]]:
    text = "\n".join(lines)
    return [one.cells for one in page_passages(text, text, 3)]


def test_wrapped_cells_are_joined_column_by_column() -> None:
    """As an office program writes them: rows apart by an empty line, cells over several lines."""
    assert shown(
        "No.    Indicator       Unit      Baseline   Target",
        "                                 2020       2025",
        "",
        "1      Households      %         72         95",
        "       connected to",
        "       clean water",
        "",
        "2      Road deaths     deaths    6.2        no more",
        "       per 100,000                          than 4",
        "",
        "The council reports on them each year.",
    ) == [
        ("No.", "Indicator", "Unit", "Baseline 2020", "Target 2025"),
        ("1", "Households connected to clean water", "%", "72", "95"),
        ("2", "Road deaths per 100,000", "deaths", "6.2", "no more than 4"),
        (),
    ]


def test_rows_without_space_between_them_go_on_in_small_letters() -> None:
    assert shown(
        "STT    Chỉ tiêu          Đơn vị    Thực hiện   Mục tiêu 2025",
        "                                   2020",
        "1      Tỷ lệ hộ dùng     %         80          95",
        "       nước sạch",
        "2      Trồng cây xanh    cây                   1.500",
    ) == [
        ("STT", "Chỉ tiêu", "Đơn vị", "Thực hiện 2020", "Mục tiêu 2025"),
        ("1", "Tỷ lệ hộ dùng nước sạch", "%", "80", "95"),
        ("2", "Trồng cây xanh", "cây", "", "1.500"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        # Cells that stand in the middle of their row: whose is "Households"?
        ["Goal            2020    Target", "Households", "with water      72      95",
         "Pupils at", "school          80      90"],
        # A run of words over two columns.
        ["Goal            2020    Target", "Homes           10      20", "Schools in all districts  40"],
        # Two columns of prose.
        ["We will build 20 homes        and plant 40 trees", "in the north of the town      by the river, 50",
         "and 30 in the south           more in the parks"],
        # A table that goes on from the page before: no heads.
        ["7    Homes built        10      20", "8    Schools built      4       6", "9    Roads built        1       3"],
    ],
)  # fmt: skip
def test_what_is_open_is_plain_text(lines: list[str]) -> None:
    assert all(not cells for cells in shown(*lines))


def test_no_number_of_a_page_is_lost() -> None:
    """What the page shows and its plain text must hold the same numbers; else it is plain text."""
    table = "Goal     2020   Target\nHomes      10       20\nSchools     1        2"
    assert [one.row for one in page_passages(table, table, 1)] == [True] * 3
    assert not any(one.row for one in page_passages(f"{table}\nPage 7", table, 1))


def as_pdf(file: Path) -> None:
    figure = Figure(figsize=(9, 4))
    figure.text(0.05, 0.9, TITLE)
    for line, row in enumerate([HEAD, *ROWS]):
        for x, cell in zip((0.05, 0.1, 0.5, 0.62, 0.8), row, strict=True):
            figure.text(x, 0.8 - 0.06 * line, cell, fontsize=9)
    figure.savefig(file)


def as_docx(file: Path) -> None:
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(len(ROWS) + 1, len(HEAD))
    for line, row in enumerate([HEAD, *ROWS]):
        for cell, text in zip(table.rows[line].cells, row, strict=True):
            cell.text = text
    document.save(str(file))


def told(one: Proposal) -> tuple[object, ...]:
    return one.name, one.terms, one.unit, one.due, one.baseline, one.confidence


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_a_table_of_a_pdf_file_says_what_that_of_a_word_file_says(tmp_path: Path) -> None:
    as_pdf(tmp_path / "plan.pdf")
    as_docx(tmp_path / "plan.docx")
    pdf, docx = (read_text(tmp_path / f"plan.{kind}").proposals for kind in ("pdf", "docx"))
    assert [told(one) for one in pdf] == [told(one) for one in docx]
    assert [one.terms["value"] for one in pdf] == [95, 90, 1400, 4]
    assert pdf[0].confidence == "sure" and {one.passage.page for one in pdf} == {1}
