"""Targets that mean nothing or two things are refused when the plan is read, each with a way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planlib.plan.reading import load_plan

GOOD = Path(__file__).parent / "good-plan"
TAX = "target: {comparison: at_least, value: 100, basis: quota, cadence: every_year}"


def problems_with(tmp_path: Path, target: str, unit: str = '"%"', more: str = "") -> list[str]:
    """The problems of the good plan when its last goal has another target."""
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    text = (folder / "society.yaml").read_text(encoding="utf-8")
    head, last = text.split("  - id: tax")
    last = last.replace(TAX, f"target: {{{target}}}{more}").replace('unit: "%"', f"unit: {unit}")
    (folder / "society.yaml").write_text(f"{head}  - id: tax{last}", encoding="utf-8")
    _, problems = load_plan(folder)
    return [problem.message for problem in problems]


BASELINE = "\n    baseline: {year: 1990, value: 31, source: text}"


@pytest.mark.parametrize(
    ("target", "more", "message"),
    [
        (
            "comparison: at_most, value: -20, basis: change, cadence: by, due: 2015", "",
            "a change by 2015 on the year before, or since a base year?",
        ),
        (
            "comparison: at_most, value: -20, basis: change, cadence: by, due: 2015", BASELINE,
            "a change by 2015 on the year before, or since a base year?",
        ),
        (
            "comparison: at_most, value: -20, basis: change, cadence: over_term", BASELINE,
            "a change on the year before, or on the stated baseline of 1990?",
        ),
        (
            "comparison: at_most, value: -2, basis: change, cadence: every_year", BASELINE,
            "a change on the year before, or on the stated baseline of 1990?",
        ),
    ],
)  # fmt: skip
def test_a_change_says_on_what_it_is(tmp_path: Path, target: str, more: str, message: str) -> None:
    assert problems_with(tmp_path, target, more=more) == [message]


def test_changes_on_the_year_before_and_on_the_plans_baseline_year_are_taken(
    tmp_path: Path,
) -> None:
    for name, cadence in enumerate(("every_year", "keep", "over_term")):
        target = f"comparison: at_most, value: -2, basis: change, cadence: {cadence}"
        folder = tmp_path / str(name)
        folder.mkdir()
        assert problems_with(folder, target) == []


def test_a_change_over_the_term_needs_the_year_it_starts_from(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(GOOD, folder)
    header = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(header.replace("baseline_year: 2010\n", ""), "utf-8")
    text = (folder / "society.yaml").read_text(encoding="utf-8")
    change = TAX.replace("quota", "change").replace("every_year", "over_term")
    (folder / "society.yaml").write_text(text.replace(TAX, change), encoding="utf-8")
    (problem,) = load_plan(folder)[1]
    assert problem.message == "a change over the term needs the year it starts from"
    assert problem.hint == "give 'baseline_year' in plan.yaml"


@pytest.mark.parametrize(
    "unit",
    [
        '"%"',
        '{vi: "%/năm", en: "% a year"}',
        '{vi: "vụ/1.000 dân", en: "cases per 1,000 people"}',
        '{vi: "‰", en: "per thousand"}',
        '{vi: "trẻ/phụ nữ", en: children per woman}',
        '{vi: "số con trung bình", en: average children}',
        '{vi: "hệ số", en: coefficient}',
        '{vi: "chỉ số", en: index}',
        '{vi: "tuổi", en: years of age}',
        '{vi: "có/không", en: "yes/no"}',
    ],
)
@pytest.mark.parametrize("basis", ["level", "count"])
def test_what_is_no_amount_does_not_add_up(tmp_path: Path, unit: str, basis: str) -> None:
    target = f"comparison: at_least, value: 10, basis: {basis}, cadence: over_term"
    (message,) = problems_with(tmp_path, target, unit)
    assert "do not add up over the term" in message


@pytest.mark.parametrize(
    "unit",
    [
        "{vi: hẻm, en: alleys}",
        "{vi: tỷ đồng, en: billion dong}",
        '{vi: "việc làm/năm", en: jobs a year}',
        "{vi: hộ/cá nhân, en: households/individuals}",
        "{vi: điểm trường, en: school sites}",
    ],
)
def test_amounts_add_up(tmp_path: Path, unit: str) -> None:
    target = "comparison: at_least, value: 10, basis: level, cadence: over_term"
    assert problems_with(tmp_path, target, unit) == []


def test_a_level_with_a_limit_above_does_not_add_up(tmp_path: Path) -> None:
    target = "comparison: at_least, value: 1, basis: level, cadence: over_term"
    limits = "\n    limits: {low: 0, high: 1}"
    unit = "{vi: phần, en: parts}"
    assert problems_with(tmp_path, target, unit, limits) == [
        "a figure with a natural limit above does not add up"
    ]


def test_readings_and_revisions_are_looked_at_too(tmp_path: Path) -> None:
    adding = "comparison: at_least, value: 10, cadence: over_term"
    fine = "comparison: at_least, value: 10, cadence: every_year"
    why = "{vi: vì, en: why}"
    revisions = (
        f"\n    revisions: [{{date: '2013-01-01', reason: {why}, target: {{{adding}}}}},"
        f" {{date: '2014-01-01', reason: {why}, readings: ["
        f"{{id: a, default: true, why: {why}, target: {{{fine}}}}},"
        f" {{id: b, why: {why}, target: {{{adding}}}}}]}}]"
    )
    found = problems_with(tmp_path, fine, more=revisions)
    assert found == ["figures in '%' do not add up over the term"] * 2


@pytest.mark.parametrize(
    ("rule", "hint"),
    [("office-tabel", "did you mean 'office-table'?"), ("zzz", "known rules: office-table, rag")],
)
def test_only_a_rule_that_is_carried_out_is_taken(tmp_path: Path, rule: str, hint: str) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    header = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(header.replace("id: office-table", f"id: {rule}"), "utf-8")
    (problem,) = load_plan(folder)[1]
    assert str(problem).replace(f"{folder}/", "") == (
        f"plan.yaml:10: there is no scoring rule '{rule}' ({hint})"
    )
