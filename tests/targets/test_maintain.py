"""Not worse than it was: a figure held against that of an earlier period, or of the baseline."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from helpers import TEXT, goal, observations, plan
from pydantic import ValidationError

from planlib.errors import Faults
from planlib.language.language import Language
from planlib.plan.reading import load_plan
from planlib.plan.target import Target
from planlib.report.text.phrases import target_text
from planlib.scoring.score import score
from planlib.verify.recompute import Recomputed

STATES = Path(__file__).parent / "states-plan"
KEEP = {"comparison": "maintain", "better": "higher", "cadence": "every_year"}


def judged(
    target: dict[str, Any], *rows: dict[str, Any], unit: Any = TEXT, **more: Any
) -> tuple[str, float | None]:
    """Verdict and figure of 2012, by both codes."""
    tolerance = more.pop("tolerance", None)
    made, figures = (
        plan(goal(unit=unit, target=target, **more), tolerance=tolerance),
        observations(*rows),
    )
    frame = score(made, figures, years=[2012], areas=["a"])
    again = Recomputed(made, figures.frame.to_dict("records")).annual(made.goal("g"), 2012)
    value = float(frame["value"][0])
    assert str(frame["verdict"][0]) == again.verdict
    assert again.value == (None if value != value else pytest.approx(value))
    return again.verdict, again.value


@pytest.mark.parametrize(
    ("better", "value", "verdict", "moved"),
    [
        ("higher", 71.2, "met", 0.0),
        ("higher", 80, "met", pytest.approx(8.8)),  # more is kept too, and no more than kept
        ("higher", 71.1, "not_met", pytest.approx(-0.1)),
        ("lower", 71.2, "met", 0.0),
        ("lower", 60, "met", pytest.approx(-11.2)),
        ("lower", 71.3, "not_met", pytest.approx(0.1)),
    ],
)
def test_as_good_as_in_the_baseline_year_is_met(
    better: str, value: float, verdict: str, moved: float
) -> None:
    rows = {"year": 2010, "value": 71.2}, {"year": 2012, "value": value}
    assert judged(KEEP | {"better": better}, *rows) == (verdict, moved)


def test_another_period_or_a_stated_baseline_may_be_named() -> None:
    rows = {"year": 2008, "value": 60}, {"year": 2010, "value": 70}, {"year": 2012, "value": 65}
    assert judged(KEEP, *rows) == ("not_met", -5.0)
    assert judged(KEEP | {"since": 2008}, *rows) == ("met", 5.0)
    stated = {"year": 2005, "value": 66, "source": "text"}
    assert judged(KEEP, *rows, baseline=stated) == ("not_met", -1.0)
    assert judged(KEEP | {"since": 2008}, *rows, baseline=stated) == ("met", 5.0)


def test_a_share_is_held_against_the_share_there_was() -> None:
    rows = (
        {"year": 2010, "numerator": 45, "denominator": 50},
        {"year": 2012, "numerator": 88, "denominator": 100},
    )
    assert judged(KEEP | {"basis": "share"}, *rows, unit="%") == ("not_met", -2.0)
    near = judged(KEEP | {"basis": "share"}, *rows, unit="%", tolerance={"points": 2})
    assert near == ("nearly_met", -2.0)


def test_nothing_is_said_where_it_is_not_known_what_there_was() -> None:
    assert judged(KEEP, {"year": 2012, "value": 65}) == ("no_data", None)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({"comparison": "maintain", "cadence": "every_year"}, "'maintain' needs 'better'"),
        (KEEP | {"value": 5}, "'maintain' has no 'value'"),
        (KEEP | {"cadence": "over_term"}, "does not go with 'level' and 'over_term'"),
        (KEEP | {"basis": "change"}, "does not go with 'change' and 'every_year'"),
        (
            {"comparison": "at_least", "value": 5, "cadence": "every_year", "since": 2008},
            "'since' goes with 'maintain', not with 'at_least'",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused(target: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Target.model_validate(target)
    reason = refused.value.errors()[0]["ctx"]["error"]
    assert isinstance(reason, Faults)
    assert any(message in found for found in reason.found), reason.found


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"since": 2008}, "not less than in 2008"),
        ({"better": "lower", "since": 2008}, "not more than in 2008"),
        ({}, "not less than in the base year"),
    ],
)
def test_it_says_when_it_was(more: dict[str, Any], text: str) -> None:
    made = goal(unit=TEXT, target=KEEP | more)
    assert target_text(made, made.main_target(), Language("en")) == text


@pytest.mark.usefixtures("here")
def test_pages_of_what_is_to_be_kept_are_proven(tmp_path: Path) -> None:
    folder, out = tmp_path / "states-plan", tmp_path / "reports"
    shutil.copytree(STATES, folder)
    section = folder / "labour.yaml"
    text = section.read_text("utf-8")
    keep = "{comparison: maintain, better: lower, since: 2009, cadence: every_year}"
    start = text.index("    target: {comparison: at_most, value: 10")
    own = "    targets:\n      - {area: south, since: 2010}\n"
    section.write_text(f"{text[:start]}    target: {keep}\n{own}", "utf-8")
    with (folder / "figures.csv").open("a", encoding="utf-8") as stream:
        stream.write("north,leavers,2009,2010-02-01,8.5,report\n")
        stream.write("south,leavers,2010,2011-02-01,12.5,report\n")
    assert load_plan(folder)[1] == []
    made = planlib(
        "batch", str(folder), "--areas", "north,south", "--years", "2012", "--midterm",
        "--lang", "en,vi", "--out", str(out),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    proof = planlib("verify", str(out), "--plan-dir", str(folder))
    assert proof.returncode == 0, proof.stdout + proof.stderr
    page = (out / "states-plan" / "south" / "annual-2012.en.html").read_text("utf-8")
    assert "not more than in 2010" in page and "down 0.6" in page


def test_what_is_kept_lies_before_the_term(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    shutil.copytree(STATES, folder)
    section = folder / "labour.yaml"
    text = section.read_text("utf-8")
    start = text.index("    target: {comparison: at_most, value: 10")
    keep = "{comparison: maintain, better: lower, since: 2012, cadence: every_year}"
    section.write_text(f"{text[:start]}    target: {keep}\n", "utf-8")
    (problem,) = load_plan(folder)[1]
    assert "'since' lies before the term, which begins in 2011; found 2012" in str(problem)
