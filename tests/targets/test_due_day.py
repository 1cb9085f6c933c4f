"""A target may be due on a day: late from that day on, judged by the figure of a period that is clear."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import planlib
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.figures.observations import vintage_day
from planlib.language.language import Language
from planlib.plan.reading import load_plan, read_plan
from planlib.report.text.derivation import made_sentences
from planlib.report.text.phrases import when_text
from planlib.scoring.score import Standing, score, score_term
from planlib.verify.recompute import Recomputed

COUNCIL = Path(__file__).parent.parent / "periods" / "oakshire"
STATES = Path(__file__).parent / "states-plan"
DUE = "cadence: by, due: 2024/25-Q2}"


def council(tmp_path: Path, when: str, more: str = "") -> Path:
    """The council's plan, in which the days to decide a claim are due at another time."""
    folder = tmp_path / "oakshire"
    shutil.copytree(COUNCIL, folder)
    section = folder / "services.yaml"
    text = section.read_text("utf-8")
    assert DUE in text
    section.write_text(text.replace(DUE, f"cadence: by, {when}}}{more}"), "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    return [str(one).replace(f"{folder}/", "") for one in load_plan(folder)[1]]


def test_a_day_that_ends_a_period_is_that_period(tmp_path: Path) -> None:
    made = read_plan(council(tmp_path, "due: 2024-09-30"))
    target = made.goal("benefit-days").main_target()
    assert str(target.due) == "2024/25-Q2" and str(target.due_day) == "2024-09-30"
    whole = read_plan(council(tmp_path / "year", "due: 2025-03-31"))
    # 31 March 2025 ends a quarter, and with it the financial year.
    assert str(whole.goal("benefit-days").main_target().due) == "2024/25-Q4"


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("due: 2024-09-15", "2024-09-15 lies inside 2024/25-Q2 and ends no reporting period"),
        ("due: 2024-9-15", "'due'"),
        ("due: 2024-02-30", "such as"),
        ("due: 2026-03-31", "must lie in the term 2023/24-2024/25"),
        ("due: 2024/25-Q4, due_day: 2025-06-30", "must lie in the term 2023/24-2024/25"),
        ("due: 2023/24-Q4, due_day: 2024-12-31", "in the period of 'due' or in the one after it"),
        ("due_day: 2024-09-30", "'due_day' goes with 'due'"),
        ("due: 2024/25-Q2, due_day: soon", "such as"),
    ],
)
def test_what_is_no_clear_day_is_refused_at_its_line(
    tmp_path: Path, when: str, message: str
) -> None:
    folder = council(tmp_path, when)
    found = problems(folder)
    assert found and all(one.startswith("services.yaml:") for one in found), found
    assert message in found[0]


def test_the_hint_says_what_to_write_and_that_is_accepted(tmp_path: Path) -> None:
    (told,) = problems(council(tmp_path, "due: 2024-09-15"))
    assert "'due: 2024/25-Q1' and 'due_day: 2024-09-15'" in told
    for period in ("2024/25-Q1", "2024/25-Q2"):
        again = council(tmp_path / period[-2:], f"due: {period}, due_day: 2024-09-15")
        assert problems(again) == []


def test_a_goal_of_years_in_a_plan_of_quarters_is_asked_which_year(tmp_path: Path) -> None:
    more = "\n    period: year"
    folder = council(tmp_path, "due: 2024-09-30", more)
    text = (folder / "services.yaml").read_text("utf-8").replace("    make_up: mean\n    target: {comparison: at_most", "    target: {comparison: at_most")  # fmt: skip
    (folder / "services.yaml").write_text(text, "utf-8")
    (told,) = problems(folder)
    assert "2024-09-30 lies inside 2024/25 " in told and "'due: 2023/24'" in told


def test_a_milestone_on_any_day_is_judged_by_the_period_it_lies_in() -> None:
    made = plan(goal(target={"comparison": "done", "cadence": "by", "due": "2013-05-15"}))
    rows = observations(
        {"year": 2013, "value": 0, "vintage": "2013-04-30"},
        {"year": 2014, "value": 1, "vintage": "2014-12-31"},
    )
    expected = {"2013-05-14": "not_due", "2013-05-15": "not_met", "2014-12-31": "not_met"}
    for day, verdict in expected.items():
        at = vintage_day(day)
        (found,) = score(made, rows, years=[2013], areas=["a"], as_of=at)["verdict"]
        (term,) = score_term(made, rows, standing=Standing(2013, at), areas=["a"])["verdict"]
        again = Recomputed(made, rows.frame.to_dict("records"), at)
        one = made.goal("g")
        assert found == again.annual(one, 2013).verdict == verdict, day
        assert term == again.term(one, 2013).verdict == verdict, day
    # Done in 2014 counts for 2014; by the day it was not done, and the term stays missed.
    assert score(made, rows, years=[2014], areas=["a"])["verdict"][0] == "met"
    assert score_term(made, rows, areas=["a"])["verdict"][0] == "not_met"


def test_without_a_figure_nothing_is_due_before_the_day() -> None:
    least = {"comparison": "at_least", "value": 90, "cadence": "by"}
    made = plan(goal(target=least | {"due": 2013, "due_day": "2014-03-31"}))
    rows = observations({"year": 2012, "value": 80, "vintage": "2013-01-31"})
    for day, verdict in (("2014-03-30", "not_due"), ("2014-03-31", "no_data")):
        at = vintage_day(day)
        (found,) = score(made, rows, years=[2013], areas=["a"], as_of=at)["verdict"]
        again = Recomputed(made, rows.frame.to_dict("records"), at)
        assert found == again.annual(made.goal("g"), 2013).verdict == verdict


def test_an_area_with_a_period_of_its_own_leaves_the_day_behind() -> None:
    done = {"comparison": "done", "cadence": "by", "due": "2013-05-15"}
    made = goal(
        target=done, targets=[{"area": "b", "due": 2014}, {"area": "c", "due": "2014-06-30"}]
    )
    due = {area: made.in_area(area).main_target() for area in "abc"}
    assert [(one.due, str(one.due_day)) for one in due.values()] == [
        (2013, "2013-05-15"), (2014, "None"), (2014, "2014-06-30"),
    ]  # fmt: skip


def test_it_is_said_in_words() -> None:
    made = plan(goal(target={"comparison": "done", "cadence": "by", "due": "2013-05-15"}))
    target = made.goal("g").main_target()
    assert [when_text(target, Language(code)) for code in ("vi", "en", "fr")] == [
        "đến ngày 15 tháng 5 năm 2013", "by 15 May 2013", "d’ici au 15 mai 2013",
    ]  # fmt: skip
    known = observations({"year": 2012, "value": 0, "vintage": "2012-12-31"})
    (verdict,) = Evaluation(made, known, "2013-03-31").year_verdicts("a", 2013)
    assert "Not due until 15 May 2013." in made_sentences(verdict, Language("en"))


@pytest.mark.usefixtures("here")
def test_pages_and_json_name_the_day_and_are_proven(tmp_path: Path) -> None:
    folder, out = tmp_path / "states-plan", tmp_path / "reports"
    shutil.copytree(STATES, folder)
    section = folder / "labour.yaml"
    text = section.read_text("utf-8")
    assert "south, value: 70, due: 2013}" in text
    day = "south, value: 70, due: 2013, due_day: 2014-02-28}"
    section.write_text(text.replace("south, value: 70, due: 2013}", day), "utf-8")
    made = planlib(
        "batch", str(folder), "--areas", "south", "--years", "2013", "--no-midterm",
        "--as-of", "2014-02-01", "--lang", "en", "--out", str(out),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    proof = planlib("verify", str(out), "--plan-dir", str(folder))
    assert proof.returncode == 0, proof.stdout + proof.stderr
    page = (out / "states-plan" / "south" / "annual-2013.en.html").read_text("utf-8")
    assert "by 28 February 2014" in page
    claims = json.loads((out / "states-plan" / "south" / "verdicts.json").read_text("utf-8"))
    days = {one["target"]["due_day"] for one in claims["verdicts"] if one["goal"] == "employment"}
    assert days == {"2014-02-28"}
    told = planlib("score", str(folder), "--area", "south", "--year", "2013", "--json")
    target = next(one for one in json.loads(told.stdout) if one["goal"] == "employment")["target"]
    assert (target["due"], target["due_day"]) == (2013, "2014-02-28")
