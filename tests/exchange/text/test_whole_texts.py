"""Documents of every kind become plans that are checked; what cannot be read is one clear line."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from docx import Document
from matplotlib.figure import Figure

# Illustrative: written for these tests.
TEXTS = {
    "en": """\
Northfield District Plan 2021-2025

1. Targets

By 2025, at least 90 % of households will be connected, compared with 72 % in 2020.
Plant 1,200 trees a year (Resolution No. 12 of 3 May 2021).
Complaints: no more than 3.5 per 1,000 residents each year.
""",
    "vi": """\
Kế hoạch phát triển xã giai đoạn 2021-2025

I. CHỈ TIÊU

Đến năm 2025, tỷ lệ hộ nghèo giảm xuống dưới 2,5%; 100% trẻ em dưới 6 tuổi có thẻ bảo hiểm y tế.
Mỗi năm trồng từ 1.200 đến 1.500 cây xanh theo Nghị quyết số 07-NQ/ĐU ngày 30/3/2021.
""",
    "fr": """\
Plan communal 2021-2025

1. Objectifs

D’ici 2025, au moins 90 % des ménages seront raccordés.
Planter 1 234,5 hectares de haies par an (délibération n° 12 du 3 mai 2021).
""",
}


def new(folder: Path, file: str, *more: str) -> str:
    done = planlib("new", "mine", "--from-text", file, *more, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def goals(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        planlib("goals", "mine", "--json", folder=folder).stdout
    )
    return found


@pytest.mark.parametrize("lang", TEXTS)
def test_a_text_becomes_a_plan_that_is_checked(tmp_path: Path, lang: str) -> None:
    (tmp_path / "plan.txt").write_text(TEXTS[lang], encoding="utf-8")
    new(tmp_path, "plan.txt")
    assert planlib("check", "mine", folder=tmp_path).returncode == 0
    for goal in goals(tmp_path):
        assert list(goal["name"]) == [lang]
        assert goal["proposed"]["confidence"] in {"sure", "likely", "doubtful"}
        line = TEXTS[lang].splitlines()[goal["proposed"]["line"] - 1]
        assert goal["proposed"]["words"][:20] in line


@pytest.mark.parametrize("lang", TEXTS)
def test_no_number_of_a_text_is_lost(tmp_path: Path, lang: str) -> None:
    (tmp_path / "plan.txt").write_text(TEXTS[lang], encoding="utf-8")
    new(tmp_path, "plan.txt")
    with (tmp_path / "mine" / "reading" / "numbers.csv").open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))[1:]
    listed = sorted(run for row in rows for run in re.findall("[0-9]+", row[2]))
    assert listed == sorted(re.findall("[0-9]+", TEXTS[lang]))


def as_docx(text: str, file: Path) -> None:
    document = Document()
    for line in filter(None, text.splitlines()):
        document.add_paragraph(line)
    document.save(str(file))


def as_html(text: str, file: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>\n" for line in text.splitlines() if line)
    file.write_text(
        f"<html><head><style>p {{top: 1px}}</style></head><body>{paragraphs}</body></html>", "utf-8"
    )


def as_pdf(text: str, file: Path) -> None:
    figure = Figure()
    figure.text(0.02, 0.2, text, fontsize=8)
    figure.savefig(file)


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_other_documents_say_the_same(tmp_path: Path, kind: str) -> None:
    if kind == "pdf" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    {"docx": as_docx, "html": as_html, "pdf": as_pdf}[kind](TEXTS["en"], tmp_path / f"plan.{kind}")
    new(tmp_path, f"plan.{kind}")
    assert [(g["comparison"], g["value"], g["cadence"], g["due"]) for g in goals(tmp_path)] == [
        ("at_least", 90, "by", 2025), ("at_least", 1200, "every_year", None),
        ("at_most", 3.5, "every_year", None),
    ]  # fmt: skip
    if kind == "pdf":
        assert {goal["proposed"]["page"] for goal in goals(tmp_path)} == {1}


def test_quarters_and_financial_years_become_those_of_the_plan(tmp_path: Path) -> None:
    text = "Council plan 2023/24 to 2025/26\n\nAnswer at least 80% of letters by the end of Q2 2024/25.\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    new(tmp_path, "plan.txt")
    (goal,) = goals(tmp_path)
    assert goal["due"] == "2024/25-Q2"


def test_a_step_due_in_a_quarter_is_due_on_its_last_day(tmp_path: Path) -> None:
    text = "Council plan 2023-2025\n\nAdopt a library strategy by the end of Q3 2024.\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    new(tmp_path, "plan.txt", "--lang", "en")
    (goal,) = goals(tmp_path)
    assert (goal["comparison"], goal["due_day"]) == ("done", "2024-09-30")


def test_places_become_areas_with_targets_of_their_own(tmp_path: Path) -> None:
    text = "Kế hoạch 2021-2025\n\nĐến năm 2025, hộ dùng nước sạch tại khu phố 3 đạt ít nhất 90%.\n"
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    new(tmp_path, "plan.txt")
    (goal,) = goals(tmp_path)
    assert [(one["area"], one["target"]["value"]) for one in goal["targets"]] == [("khu-pho-3", 90)]


def test_rows_of_a_table_are_read_below_their_heads_and_lose_no_number(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("District plan 2021-2025")
    table = document.add_table(rows=2, cols=3)
    for row, cells in enumerate(
        [("Indicator", "2020", "Target for 2025"), ("Homes with water (%)", "72", "at least 95")]
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.save(str(tmp_path / "plan.docx"))
    new(tmp_path, "plan.docx", "--lang", "en")
    (goal,) = goals(tmp_path)  # what stood in 2020, before the plan, is no target
    assert (goal["name"]["en"], goal["unit"]) == ("Homes with water", "%")
    assert (goal["comparison"], goal["value"], goal["due"]) == ("at_least", 95, 2025)
    assert goal["proposed"]["confidence"] == "sure"
    listed = (tmp_path / "mine" / "reading" / "numbers.csv").read_text("utf-8")
    for number in ("2021", "2025", "2020", "72", "95"):
        assert number in listed


def damaged(folder: Path, name: str) -> None:
    file = folder / name
    if name == "empty.txt":
        file.write_text(" \n", encoding="utf-8")
    elif name == "numbers.txt":
        file.write_text("12 34\n", encoding="utf-8")
    elif name == "story.txt":
        file.write_text(
            "The river ran to the sea, and the people of the town were glad.\n", encoding="utf-8"
        )
    elif name == "scan.pdf":
        figure = Figure()
        figure.add_subplot().imshow([[0, 1], [1, 0]])
        figure.gca().set_axis_off()
        figure.savefig(file)
    elif name != "missing.txt":
        file.write_bytes(b"not what it says")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.txt", "missing.txt: cannot be read"),
        ("empty.txt", "empty.txt: holds no text"),
        ("numbers.txt", "numbers.txt: the language of the text cannot be told"),
        ("story.txt", "story.txt: no target was found in the text"),
        ("plan.odt", "plan.odt: is no kind of document that is read"),
        ("plan.docx", "plan.docx: is no Word document"),
        ("plan.pdf", "plan.pdf: cannot be read as PDF"),
        ("scan.pdf", "scan.pdf: holds no text that can be read"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str, says: str) -> None:
    if name.endswith(".pdf") and shutil.which("pdftotext") is None:
        says = f"{name}: PDF files are read by pdftotext, which is not installed"
    damaged(tmp_path, name)
    done = planlib("new", "mine", "--from-text", name, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and done.stderr.startswith(says), done.stderr
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(TEXTS["en"], encoding="utf-8")
    new(tmp_path, "plan.txt")
    done = planlib("new", "mine", "--from-text", "plan.txt", folder=tmp_path)
    assert done.returncode == 1 and "is there already" in done.stderr
