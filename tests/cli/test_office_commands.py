"""The commands for offices, as a user runs them, and the documentation that shows them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import planlib
from examples import turns
from office import fill, write_template

from planlib.excel.sheets.mapping import read_mapping
from planlib.plan.shipped import open_plan

ROOT = Path(__file__).parent.parent.parent
DOCS = ["workbook.md", "workbook.vi.md"]


def test_from_an_empty_template_to_verdicts(tmp_path: Path) -> None:
    made = planlib("template", "ward-2010-2015", "--area", "ward-01", "--year", "2013",
                   "-o", "kp.xlsx", folder=tmp_path)  # fmt: skip
    assert (made.returncode, made.stdout) == (0, "Đã ghi kp.xlsx: 79 chỉ tiêu, 8 trang.\n")
    fill(tmp_path / "kp.xlsx", {
        ("child-vaccination", "numerator"): 200, ("child-vaccination", "denominator"): 200,
        ("tax-revenue", "value"): "7,9", ("tax-revenue", "assigned"): "8",
    })  # fmt: skip
    done = planlib("import", "kp.xlsx", "--into", "figures.csv", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    left_empty = [line for line in lines if line.startswith("    ")]  # each target by its name
    assert len(left_empty) == 77
    assert [line for line in lines if line not in left_empty] == [
        "kp.xlsx → figures.csv (Kế hoạch nhiệm kỳ 2010-2015 của phường)",
        "  thêm mới: 2",
        "  số liệu sửa lại: 0",
        "  đã có, giữ nguyên: 0",
        "  chỉ tiêu để trống: 77",
        "Đã ghi 2 dòng vào figures.csv.",
    ]
    again = planlib("import", "kp.xlsx", "--into", "figures.csv", "--lang", "en", folder=tmp_path)
    assert "  left as they were: 2\n" in again.stdout
    assert again.stdout.endswith("Nothing new: the figures stay as they are.\n")
    scored = planlib("score", "ward-2010-2015", "--area", "ward-01", "--year", "2013",
                     "--observations", "figures.csv", "--json", folder=tmp_path)  # fmt: skip
    verdicts = {row["goal"]: row["verdict"] for row in json.loads(scored.stdout)}
    assert verdicts["child-vaccination"] == "met"
    assert verdicts["tax-revenue"] == "not_met"
    exported = planlib("export", "--raw", "ward-2010-2015", "--observations", "figures.csv",
                       "-o", "out.csv", folder=tmp_path)  # fmt: skip
    assert exported.stdout == "Đã ghi 2 dòng vào out.csv.\n"


def test_problems_are_told_in_the_users_language_and_marked(tmp_path: Path) -> None:
    plan = open_plan("ward-2010-2015")
    fill(write_template(tmp_path / "kp.xlsx", plan, "ward-01", 2013),
         {("alleys-upgraded", "value"): "nhiều", ("tax-revenue", "value"): 7.9})  # fmt: skip
    told = {}
    for lang in ("vi", "en"):
        done = planlib("import", "kp.xlsx", "--into", "f.csv", "--lang", lang,
                       "--annotate", "marked.xlsx", folder=tmp_path)  # fmt: skip
        assert done.returncode == 1
        told[lang] = done.stderr.splitlines()
    hint = "(nhập số, hoặc chọn tình trạng và để trống ô số)"
    name = "Số hẻm được mở rộng, nâng cấp"
    assert told["vi"] == [
        f"kp.xlsx [Quản lý đô thị!F9]: chỉ tiêu '{name}': 'nhiều' không phải là số {hint}"
    ]
    assert told["en"][0].startswith("kp.xlsx [Quản lý đô thị!F9]: goal '")
    assert not (tmp_path / "f.csv").exists()
    from openpyxl import load_workbook

    book = load_workbook(tmp_path / "marked.xlsx")
    cell = book["Quản lý đô thị"]["F9"]
    assert cell.fill.start_color.rgb == "FFF4B6B6" and "is not a number" in cell.comment.text
    assert book.sheetnames[0] == "Problems"
    assert book["Problems"]["B2"].hyperlink is not None


def test_text_that_looks_like_a_formula_is_none_in_the_marked_copy(tmp_path: Path) -> None:
    plan = open_plan("ward-2010-2015")
    fill(write_template(tmp_path / "kp.xlsx", plan, "ward-01", 2013),
         {("alleys-upgraded", "value"): '=cmd|"/C calc"!A0'})  # fmt: skip
    planlib("import", "kp.xlsx", "--into", "f.csv", "--annotate", "m.xlsx", folder=tmp_path)
    from openpyxl import load_workbook

    kinds = {
        c.data_type for s in load_workbook(tmp_path / "m.xlsx") for r in s.iter_rows() for c in r
    }
    assert "f" not in kinds


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["template", "ward-2010-2015", "--year", "1999", "-o", "k.xlsx"], "must lie in 2010-2015"),
        (["template", "ward-2010-2015", "--year", "2013", "-o", "k.pdf"], "is an .xlsx file"),
        (
            ["template", "ward-2010-2015", "--year", "2013", "--area", "x", "-o", "k.xlsx"],
            "no area",
        ),
        (["template", "ward-2010-2015", "--year", "2013", "-o", "no/k.xlsx"], "cannot be written"),
        (["import", "none.xlsx", "--lang", "en"], "cannot be read: No such file"),
        (["import", "none.csv", "--lang", "en"], "cannot be read: No such file"),
        (["import", "notes.txt", "--lang", "en"], "is no table that planlib reads (name it .csv"),
        (["import", "f.csv", "--lang", "en"], "name the plan with --plan"),
        (["import", "f.csv", "--plan", "nope", "--lang", "en"], "there is no plan 'nope'"),
        (["import", "f.csv", "--plan", "ward-2010-2015"], "không bị thay đổi"),
        (["import", "f.csv", "--annotate", "m.xlsx", "--lang", "en"], "only an .xlsx workbook"),
        (["export", "--raw", "ward-2010-2015", "-o", "k.pdf"], "written as .csv or .xlsx"),
        (["export", "ward-2010-2015", "-o", "k.pdf"], "a table of results is written as"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_one(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "f.csv").write_text("area,goal,year,value\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    done = planlib(*arguments, folder=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert message in done.stderr


@pytest.mark.parametrize("name", turns(DOCS, 2))
def test_the_documentation_shows_what_works(tmp_path: Path, name: str) -> None:
    text = (ROOT / "data" / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / "data" / target).exists(), target
    (block,) = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    for number, line in enumerate(block.splitlines()):
        done = planlib(*line.split()[1:], folder=tmp_path)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        if number == 0:
            fill(tmp_path / "kp-2013.xlsx", {("alleys-upgraded", "value"): 13})
    assert {path.name for path in tmp_path.iterdir()} == {
        ".figures.csv.lock", "figures-2013.xlsx", "figures.csv", "kp-2013.xlsx", "marked.xlsx",
    }  # fmt: skip
    (body,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "map.yaml").write_text(body, encoding="utf-8")
    assert read_mapping(tmp_path / "map.yaml").goals == {"Thu thuế": "tax"}
    years = "\n".join(re.findall(r"^    ((?:years|unit|units): .*)$", text, re.MULTILINE))
    wide = re.sub(r"(?m)^(year|  (assigned|value|percent)):.*\n", "", body) + years
    (tmp_path / "map.yaml").write_text(wide, encoding="utf-8")
    assert read_mapping(tmp_path / "map.yaml").units == {"HH": "hộ", "tá": 12}


def test_both_documentations_have_the_same_examples() -> None:
    def shape(name: str) -> list[str]:
        text = (ROOT / "data" / name).read_text(encoding="utf-8")
        blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
        return [re.sub(r" *#.*| --lang en", "", block) for block in blocks]

    assert shape("workbook.md") == shape("workbook.vi.md")
