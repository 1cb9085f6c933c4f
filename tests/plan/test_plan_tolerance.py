"""Tolerances that have no effect or the wrong measure are refused at their line, with a way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planlib.plan.reading import load_plan

GOOD = Path(__file__).parent / "good-plan"
TAX = "target: {comparison: at_least, value: 100, basis: quota, cadence: every_year}"


def told(tmp_path: Path, tax: str, rule: str = "") -> list[str]:
    """The problems of the good plan with another target of its last goal and another rule."""
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    section, header = folder / "society.yaml", folder / "plan.yaml"
    section.write_text(section.read_text("utf-8").replace(TAX, tax), "utf-8")
    if rule:
        text = header.read_text("utf-8").replace("  id: office-table\n", f"  id: {rule}\n")
        header.write_text(text, "utf-8")
    found = load_plan(folder)[1]
    return [str(problem).replace(f"{folder}/", "") for problem in found]


RAG = "rag\n  tolerance: {percent: 5}"


def test_the_rule_carries_the_tolerance_and_a_goal_or_target_may_have_its_own(
    tmp_path: Path,
) -> None:
    own = TAX.replace("}", ", tolerance: {points: 2}}") + "\n    tolerance: {percent: 3}"
    assert told(tmp_path, own, RAG) == []


def test_under_the_offices_table_a_tolerance_has_no_effect(tmp_path: Path) -> None:
    own = TAX.replace("}", ", tolerance: {points: 2}}") + "\n    tolerance: {percent: 3}"
    problems = told(tmp_path, own)
    assert len(problems) == 2
    for problem in problems:
        assert "'tolerance' has no effect: the plan's rule is 'office-table'" in problem
        assert "give plan.yaml the rule 'rag'" in problem
        assert problem.startswith("society.yaml:")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("rag", "the rule 'rag' needs a 'tolerance', such as {percent: 5}"),
        (
            "office-table\n  tolerance: {percent: 5}",
            "'tolerance' goes with the rule 'rag'; 'office-table' tolerates nothing",
        ),
        ("rag\n  tolerance: {}", "'tolerance' holds exactly one of"),
        ("rag\n  tolerance: {percent: 5, value: 3}", "'tolerance' holds exactly one of"),
        ("rag\n  tolerance: {percent: -5}", "should be greater than or equal to 0"),
        ("rag\n  tolerance: {percent: 101}", "should be less than or equal to 100"),
    ],
)
def test_a_rule_says_what_it_tolerates(tmp_path: Path, rule: str, message: str) -> None:
    (problem,) = told(tmp_path, TAX, rule)
    assert message in problem and problem.startswith("plan.yaml:")


@pytest.mark.parametrize(
    ("tax", "message", "hint"),
    [
        (
            TAX + "\n    tolerance: {value: 3}",
            "the tolerance is a 'value', and the figure compared is in percent",
            "write {points: …}",
        ),
        (
            TAX.replace("100", "0").replace("}", ", tolerance: {percent: 3}}"),
            "a tolerance in percent of a target of zero is nothing",
            "write {points: …}",
        ),
    ],
)
def test_a_tolerance_is_told_in_the_measure_of_the_figure(
    tmp_path: Path, tax: str, message: str, hint: str
) -> None:
    (problem,) = told(tmp_path, tax, RAG)
    assert message in problem and hint in problem and problem.startswith("society.yaml:")


def test_points_of_the_rule_do_not_fit_a_goal_that_counts(tmp_path: Path) -> None:
    problems = told(tmp_path, TAX, "rag\n  tolerance: {points: 2}")
    assert problems
    assert all("the tolerance is in percentage points" in problem for problem in problems)
    assert all("{value: 0} tolerates nothing" in problem for problem in problems)


def test_a_yes_or_no_has_no_tolerance(tmp_path: Path) -> None:
    done = "target: {comparison: done, cadence: every_year, tolerance: {percent: 5}}"
    problems = told(tmp_path, done, RAG)
    assert any("'tolerance' needs a distance from the target" in problem for problem in problems)


@pytest.mark.parametrize(("percent", "told_of"), [(4, 0), (6, 1)])
def test_a_tolerance_that_makes_standing_still_nearly_met_is_refused(
    tmp_path: Path, percent: int, told_of: int
) -> None:
    # From 95 to 100 the way is 5: 4 % of 100 lie within it, 6 % reach back past its beginning.
    level = "target: {comparison: at_least, value: 100, basis: level, cadence: every_year}"
    start = "\n    baseline: {year: 2009, value: 95, source: text}"
    own = f"\n    tolerance: {{percent: {percent}}}"
    problems = told(tmp_path, level + start + own, RAG)
    assert len(problems) == told_of
    for problem in problems:
        assert "standing still at 95 would be nearly met" in problem
        assert problem.startswith("society.yaml:")
