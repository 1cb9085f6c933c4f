"""A file of figures needs only the number columns its goals use; every command takes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from examples import turns
from helpers import observations
from typer.testing import CliRunner

from planlib.cli.app import app
from planlib.evaluation import evaluate
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import NUMBER_COLUMNS, Observations
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage
from planlib.review import annual, midterm, profile, sensitivity

PLAN = """
id: my-plan
name: {vi: Kế hoạch, en: Plan}
term: {first: 2021, last: 2025}
baseline_year: 2020
sections: [society]
areas: [my-ward]
figures: [figures.csv]
rule: {id: office-table, dated: "2019-12-31", note: {vi: Vượt, en: Exceeded}, source: our own}
sources: [{id: text, title: {vi: Nghị quyết, en: Resolution}}]
"""
GOAL = """
section: society
name: {vi: Xã hội, en: Society}
goals:
  - id: g
    name: {vi: Chỉ tiêu, en: Goal}
    unit: %s
    source: [{document: text, section: "II", paragraph: 1}]
    target: {%s}
"""
THINGS = "{vi: vụ, en: cases}"
MEMBERS = "[{id: m, name: {vi: m, en: m}}, {id: k, name: {vi: k, en: k}}]"
YEARLY = "cadence: every_year"
# The unit, the target, the columns beside area, goal and year, the rows, the verdict of 2022.
FILES = {
    "a share of counts": (
        '"%"', f"comparison: at_least, value: 95, basis: share, {YEARLY}",
        "numerator,denominator", ["2021,190,200", "2022,188,200"], "not_met",
    ),
    "a stated share": (
        '"%"', f"comparison: at_least, value: 95, basis: share, {YEARLY}",
        "value", ["2021,95", "2022,94"], "not_met",
    ),
    "intervals": (
        THINGS, f"comparison: at_least, value: 95, {YEARLY}",
        "low,high", ["2021,94,96", "2022,96,97"], "exceeded",
    ),
    "lower ends": (
        THINGS, f"comparison: at_least, value: 95, {YEARLY}",
        "low", ["2021,94", "2022,96"], "exceeded",
    ),
    "upper ends": (
        THINGS, f"comparison: at_most, value: 95, {YEARLY}",
        "high", ["2021,94", "2022,96"], "not_met",
    ),
    "a quota": (
        '"%"', f"comparison: at_least, value: 95, basis: quota, {YEARLY}",
        "assigned,value", ["2021,100,94", "2022,100,96"], "exceeded",
    ),
    "a quota without what was assigned": (
        '"%"', f"comparison: at_least, value: 95, basis: quota, {YEARLY}",
        "value", ["2021,94", "2022,96"], "no_data",
    ),
    "a quota of which only the assigned is known": (
        '"%"', f"comparison: at_least, value: 95, basis: quota, {YEARLY}",
        "assigned", ["2021,94", "2022,96"], "no_data",
    ),
    "a change of intervals": (
        '"%"', f"comparison: at_least, value: 5, basis: change, {YEARLY}",
        "low,high", ["2021,96,97", "2022,97,98"], "not_met",
    ),
    "a growth": (
        '"%"', f"comparison: at_least, value: 5, basis: growth, {YEARLY}",
        "numerator,denominator", ["2021,9,90", "2022,8,100"], "exceeded",
    ),
    "a total of intervals": (
        THINGS, "comparison: at_least, value: 5, basis: count, cadence: over_term",
        "low,high", ["2021,2,3", "2022,2,2"], "not_yet",
    ),
    "states alone": (
        THINGS, f"comparison: at_least, value: 5, basis: count, {YEARLY}",
        "state", ["2021,missing", "2022,suppressed"], "suppressed",
    ),
    "members": (
        THINGS, f"comparison: all_of, members: {MEMBERS}, {YEARLY}",
        "member,value", ["2021,m,1", "2021,k,0", "2022,m,1", "2022,k,1"], "met",
    ),
}  # fmt: skip


def written(folder: Path, kind: str) -> Path:
    unit, target, columns, rows, _ = FILES[kind]
    (folder / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "society.yaml").write_text(GOAL % (unit, target), encoding="utf-8")
    registry = "areas:\n  - {id: my-ward, name: {vi: Phường, en: Ward}}\n"
    (folder / "areas.yaml").write_text(registry, encoding="utf-8")
    lines = [f"area,goal,year,{columns}", *(f"my-ward,g,{row}" for row in rows)]
    (folder / "figures.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("kind", FILES)
def test_every_command_takes_the_columns_a_file_has(tmp_path: Path, kind: str) -> None:
    folder = str(written(tmp_path, kind))

    def planlib(*arguments: str) -> str:
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == 0, done.output + repr(done.exception)
        return str(done.stdout)

    planlib("check", folder)
    (row,) = json.loads(planlib("score", folder, "--year", "2022", "--json"))
    assert row["verdict"] == FILES[kind][-1]
    if kind not in turns(FILES, 3):
        return
    planlib("score", folder, "--audience", "public", "--json")
    planlib("methods", folder, "--json")
    planlib("changes", folder, "--from", "2021-06", "--to", "2023-03", "--json")
    for name in ("out.csv", "out.xlsx"):
        planlib("export", "--raw", folder, "-o", str(tmp_path / name))
    planlib("import", str(tmp_path / "out.xlsx"), "--plan", folder, "--into", f"{folder}/b.csv")
    planlib("template", folder, "--year", "2023", "-o", str(tmp_path / "t.xlsx"))


@pytest.mark.parametrize("kind", FILES)
def test_the_alternatives_and_the_outlook_of_the_pages_take_them_too(
    tmp_path: Path, kind: str
) -> None:
    evaluation = evaluate(str(written(tmp_path, kind)))
    assert sensitivity(evaluation, evaluation.area(), 2022).goals
    assert outlook(evaluation, evaluation.area(), 2022).goals
    assert profile(evaluation, evaluation.area(), "g").goal.id == "g"
    assert AnnualPage(annual(evaluation, evaluation.area(), 2022), "vi").table()
    assert MidtermPage(midterm(evaluation, evaluation.area(), 2022), "en").grid()


def test_observations_always_have_their_columns_of_numbers() -> None:
    bare = Observations(observations({"year": 2011, "value": 1}).frame[["area", "goal", "year"]])
    assert set(NUMBER_COLUMNS) <= set(bare.frame.columns)
    assert bare.frame[list(NUMBER_COLUMNS)].isna().all(axis=None)
