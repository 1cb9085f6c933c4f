"""Changes since the baseline: in percent of it, or as a difference from it, worked by hand."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import planlib
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.evaluation.outlook import outlook
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.plan.reading import load_plan
from planlib.plan.target import Target
from planlib.report.text.phrases import target_text
from planlib.scoring.score import score
from planlib.verify.recompute import Recomputed

STATES = Path(__file__).parent / "states-plan"
BY = {"cadence": "by", "due": 2015}
THIRD = {"comparison": "at_most", "value": -66.7, "basis": "change_since", **BY}
POOR = {"comparison": "at_most", "value": -20, "basis": "difference_since", **BY}
START = {"year": 1990, "value": 90.0, "source": "text"}


def judged(made: Plan, *rows: dict[str, Any]) -> tuple[str, float | None]:
    """Verdict and figure of 2015, by both codes."""
    figures = observations(*rows)
    frame = score(made, figures, years=[2015], areas=["a"])
    verdict, value = str(frame["verdict"][0]), float(frame["value"][0])
    again = Recomputed(made, figures.frame.to_dict("records")).annual(made.goal("g"), 2015)
    assert (verdict, again.value) == (
        again.verdict,
        None if np.isnan(value) else pytest.approx(value),
    )
    return verdict, None if np.isnan(value) else value


@pytest.mark.parametrize(
    ("value", "verdict", "change"),
    [
        (29.97, "met", -66.7),  # (29.97 - 90) / 90
        (27.0, "exceeded", -70.0),
        (45.0, "not_met", -50.0),
        (99.0, "not_met", 10.0),
    ],
)
def test_two_thirds_below_a_stated_baseline(value: float, verdict: str, change: float) -> None:
    made = plan(goal(unit=TEXT, target=THIRD, baseline=START))
    found = judged(made, {"year": 2015, "value": value})
    assert found == (verdict, pytest.approx(change))


def test_twenty_million_fewer_than_in_the_plans_baseline_year() -> None:
    made = plan(goal(unit=TEXT, target=POOR))
    before = {"year": 2010, "value": 117.8}
    assert judged(made, before, {"year": 2015, "value": 97.8}) == ("met", pytest.approx(-20.0))
    assert judged(made, before, {"year": 2015, "value": 97.9}) == ("not_met", pytest.approx(-19.9))
    assert judged(made, before, {"year": 2015, "value": 90}) == ("exceeded", pytest.approx(-27.8))
    # Nothing is known of a change where it is not known what from.
    assert judged(made, {"year": 2015, "value": 90}) == ("no_data", None)


def test_there_is_no_percentage_of_nothing_but_there_is_a_difference() -> None:
    rows = {"year": 2010, "value": 0}, {"year": 2015, "value": 5}
    growth = {"comparison": "at_least", "value": 10, "basis": "change_since", **BY}
    assert judged(plan(goal(unit=TEXT, target=growth)), *rows) == ("not_applicable", None)
    more = {"comparison": "at_least", "value": 5, "basis": "difference_since", **BY}
    assert judged(plan(goal(unit=TEXT, target=more)), *rows) == ("met", 5.0)
    # A balance may come up from below zero: from -3 to 5 it is 8 more.
    below = {"year": 2010, "value": -3}, {"year": 2015, "value": 5}
    assert judged(plan(goal(unit=TEXT, target=growth)), *below) == ("not_applicable", None)
    assert judged(plan(goal(unit=TEXT, target=more)), *below) == ("exceeded", 8.0)


def test_intervals_change_from_their_less_favourable_end() -> None:
    made = plan(goal(unit=TEXT, target=POOR))
    before = {"year": 2010, "low": 100, "high": 110}
    # from 100 at least to 85 at most it is 15 fewer at least
    assert judged(made, before, {"year": 2015, "low": 80, "high": 85}) == ("not_met", None)
    assert judged(made, before, {"year": 2015, "low": 70, "high": 80}) == ("met", None)


def test_a_withheld_baseline_withholds_the_change() -> None:
    made = plan(goal(unit=TEXT, target=POOR))
    rows = {"year": 2010, "state": "suppressed"}, {"year": 2015, "value": 90}
    assert judged(made, *rows)[0] == "suppressed"


def test_the_road_begins_where_nothing_has_changed() -> None:
    made = plan(goal(unit=TEXT, target=POOR))
    figures = observations({"year": 2010, "value": 100}, {"year": 2012, "value": 95})
    frame = score(made, figures, years=[2012], areas=["a"])
    # 5 of 20 fewer after two of five years: five fewer a year from there
    assert frame["road"].tolist() == [0.25]
    assert frame["time_share"].tolist() == [0.4]
    assert frame["required_per_year"].tolist() == [-5.0]


def test_the_rows_of_the_baseline_year_are_inputs_and_a_stated_baseline_needs_none() -> None:
    rows = {"year": 2010, "value": 100}, {"year": 2015, "value": 70}
    figures = observations(*rows)
    for start, inputs in ((None, [2, 3]), (START, [3])):
        more = {} if start is None else {"baseline": start}
        made = plan(goal(unit=TEXT, target=POOR, **more))
        (verdict,) = Evaluation(made, figures).year_verdicts("a", 2015)
        assert [one.row for one in verdict.inputs] == inputs
        again = Recomputed(made, figures.frame.to_dict("records")).annual(made.goal("g"), 2015)
        assert [row for _, row in again.inputs] == inputs


def test_no_forecast_is_made_and_the_reason_is_told() -> None:
    made = plan(goal(unit=TEXT, target=POOR))
    figures = observations(
        *({"year": year, "value": 200.0 - year % 100} for year in range(2005, 2014))
    )
    (ahead,) = outlook(Evaluation(made, figures), "a", 2013).goals
    assert ahead.probability is None
    assert ahead.silence is not None
    assert Language("en")(f"outlook.silence.{ahead.silence}") == (
        "a change since the baseline is not forecast"
    )


@pytest.mark.parametrize(
    ("target", "unit", "more", "text"),
    [
        (THIRD, TEXT, {"baseline": START}, "a fall of at least 66.7% since 1990"),
        (POOR, {"vi": "triệu người", "en": "million people"}, {}, "a fall of at least 20 million people since the base year"),
        (POOR | {"value": -5}, "%", {}, "a fall of at least 5 percentage points since the base year"),
        (POOR | {"value": 0}, TEXT, {}, "no rise since the base year"),
    ],
)  # fmt: skip
def test_a_change_says_since_when(target: Any, unit: Any, more: Any, text: str) -> None:
    made = goal(unit=unit, target=target, **more)
    told = target_text(made, Target.model_validate(target), Language("en"))
    assert told.replace("\N{NO-BREAK SPACE}", " ") == text


def problems(tmp_path: Path, target: str, *, base: bool) -> list[str]:
    folder = tmp_path / "plan"
    shutil.copytree(STATES, folder)
    text = (folder / "labour.yaml").read_text("utf-8")
    old = "target: {comparison: at_most, value: 10, basis: level, cadence: every_year}"
    head = text.split(old)[0]
    (folder / "labour.yaml").write_text(f"{head}target: {{{target}}}\n", "utf-8")
    if not base:
        header = (folder / "plan.yaml").read_text("utf-8")
        (folder / "plan.yaml").write_text(header.replace("baseline_year: 2010\n", ""), "utf-8")
    return [str(problem).replace(f"{folder}/", "") for problem in load_plan(folder)[1]]


@pytest.mark.parametrize("basis", ["change_since", "difference_since"])
def test_a_change_since_needs_a_baseline_and_a_time(tmp_path: Path, basis: str) -> None:
    target = f"comparison: at_most, value: -5, basis: {basis}, cadence: every_year"
    assert problems(tmp_path, target, base=True) == []
    shutil.rmtree(tmp_path / "plan")
    (problem,) = problems(tmp_path, target, base=False)
    assert f"'{basis}' needs a baseline (give the goal a 'baseline'" in problem
    assert problem.startswith("labour.yaml:")
    shutil.rmtree(tmp_path / "plan")
    (problem,) = problems(tmp_path, target.replace("every_year", "over_term"), base=True)
    assert f"'{basis}' is a figure of a time" in problem


@pytest.mark.usefixtures("here")
def test_pages_of_changes_since_the_baseline_are_proven(tmp_path: Path) -> None:
    folder, out = tmp_path / "states-plan", tmp_path / "reports"
    shutil.copytree(STATES, folder)
    section = folder / "labour.yaml"
    text = section.read_text("utf-8")
    i = text.index("    target: {comparison: at_most, value: 10")
    section.write_text(
        text[:i]
        + """    target: {comparison: at_most, value: -10, basis: change_since, cadence: every_year}
    baseline: {year: 2008, value: 12, source: text}
    targets:
      - {area: south, comparison: below, value: -2, basis: difference_since}
      - {area: north, baseline: {year: 2009, value: 10, source: text}}
""",
        "utf-8",
    )
    assert planlib("check", str(folder)).returncode == 0
    made = planlib(
        "batch", str(folder), "--areas", "north,south", "--years", "2012", "--midterm",
        "--lang", "en,vi", "--out", str(out),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    proof = planlib("verify", str(out), "--plan-dir", str(folder))
    assert proof.returncode == 0, proof.stdout + proof.stderr
    north = (out / "states-plan" / "north" / "annual-2012.en.html").read_text("utf-8")
    assert "since 2009" in north and "down" in north
