"""Two implementations of one rule agree: arrays that score, and plain Python that proves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from examples import LONG, turns
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import Observations, State, vintage_day
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.report.vocabulary import LOOKS
from planlib.review import midterm
from planlib.scoring.verdict import Verdict
from planlib.verify.cells import clean
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.judged import RecomputedVerdict
from planlib.verify.texts import ESTIMATE, FELL_ROSE, GLYPHS, WORDS, YES_NO

PLANS = ("ward-2010-2015", "viet-nam-2011-2015", "viet-nam-2016-2020")
DATES = ("2013-12-20", "2018-10-30")
TURNS = dict(zip(PLANS, ((), DATES[:1], DATES[1:]), strict=True))
if LONG:
    DATES += ("2012-12-31", "2014-03-27", "2020-06-30")


def of_review(verdict: GoalVerdict) -> dict[str, Any]:
    published = verdict.published_verdict
    return {
        "verdict": verdict.verdict.name,
        "published": published.name if published is not None else None,
        "figure": (verdict.value, verdict.low, verdict.high, verdict.level),
        "target": verdict.target,
        "on": "term" if verdict.term else "year",
        "readings": verdict.readings,
        "report": (verdict.vintage, verdict.estimate, verdict.words),
        "inputs": [(one.file, one.row) for one in verdict.inputs],
    }


def recomputed(answer: RecomputedVerdict) -> dict[str, Any]:
    numbers = (answer.value, answer.low, answer.high, answer.level)
    return {
        "verdict": answer.verdict,
        "published": answer.published,
        "figure": tuple(None if n is None else clean(n) for n in numbers),
        "target": answer.target,
        "on": answer.on,
        "readings": answer.readings,
        "report": (answer.vintage, answer.estimate, answer.words),
        "inputs": list(answer.inputs),
    }


def compare(plan: Plan, figures: Observations, area: str, day: int | None) -> set[str]:
    """Every goal, every year, every term so far; returns the verdicts that came up."""
    rows = figures.of_area(area).frame.to_dict("records")
    made, evaluation = Recomputed(plan, rows, day), Evaluation(plan, figures, day)
    seen = set()
    for year in plan.years:
        in_year = evaluation.year_verdicts(area, year)
        on_term = evaluation.term_verdicts(area, year)
        for verdict in in_year:
            assert recomputed(made.annual(verdict.goal, year)) == of_review(verdict), verdict
            seen.add(verdict.verdict.name)
        for verdict in on_term:
            assert recomputed(made.term(verdict.goal, year)) == of_review(verdict), verdict
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANS)
def test_every_shipped_plan_in_every_year_and_on_the_term(name: str) -> None:
    evaluation = evaluate(name)
    seen: set[str] = set()
    areas = evaluation.plan.header.areas
    for area in areas[:: 4 if LONG else len(areas)]:  # each takes seconds
        seen |= compare(evaluation.plan, evaluation.figures, area, None)
    for date in DATES if LONG else TURNS[name]:
        seen |= compare(evaluation.plan, evaluation.figures, evaluation.area(), vintage_day(date))
    assert len(seen) >= 6  # nearly every verdict there is came up


@pytest.mark.parametrize("name", PLANS)
def test_the_mid_term_as_a_review_shows_it(name: str) -> None:
    evaluation = evaluate(name)
    rows = evaluation.figures.of_area(evaluation.area()).frame.to_dict("records")
    made = Recomputed(evaluation.plan, rows)
    for after in turns(evaluation.plan.years, 2):
        for verdict in midterm(evaluation, evaluation.area(), after).verdicts:
            assert recomputed(made.midterm(verdict.goal, after)) == of_review(verdict)


def test_a_revised_plan_is_read_as_it_stood_on_the_day() -> None:
    why = {"vi": "Nghị quyết", "en": "A resolution"}
    kinds = {"comparison": "at_least", "cadence": "by", "due": 2014}
    revision = {"date": "2013-07-01", "reason": why, "target": {"value": 80, **kinds}}
    one = plan(goal(target={"value": 90, **kinds}, revisions=[revision]))
    figures = observations(
        *(
            {"year": year, "value": 85, "vintage": f"{year + 1}-01-31"}
            for year in (2012, 2013, 2014)
        )
    )
    for day, verdict in (("2013-06-30", "not_yet"), ("2014-02-28", "exceeded")):
        at = vintage_day(day)
        compare(one.in_force(at), figures, "a", at)
        rows = figures.frame.to_dict("records")
        assert Recomputed(one, rows, at).annual(one.goal("g"), 2012).verdict == verdict


def test_an_area_without_figures_has_no_data_everywhere() -> None:
    evaluation = evaluate(PLANS[0])
    made = Recomputed(evaluation.plan, [])
    for verdict in evaluation.year_verdicts("ward-99", 2013):
        assert made.annual(verdict.goal, 2013).verdict == verdict.verdict.name


# ------------------------------------------------------- targets and figures of every kind
def random_target(rng: np.random.Generator, basis: str) -> dict[str, Any]:
    kinds = ["at_least", "at_most", "above", "below", "about", "between"]
    if basis == "count":
        kinds.append("all_of")
    kind = str(rng.choice(["done"] if basis == "level" and rng.random() < 0.3 else kinds))
    cadences = ["every_year", "by", "keep"] + ["over_term"] * (kind not in {"done", "all_of"})
    cadence = str(rng.choice(cadences))
    target: dict[str, Any] = {"comparison": kind, "basis": basis, "cadence": cadence}
    low, high = sorted(float(end) for end in rng.choice([0, 5, 10, 20, 50, 90, 100], 2))
    if kind == "between":
        target |= {"low": low, "high": high, "better": str(rng.choice(["higher", "lower"]))}
        target["beyond"] = str(rng.choice(["good", "neutral", "bad"]))
    elif kind == "all_of":
        target["members"] = [{"id": f"m-{i}", "name": TEXT} for i in range(3)]
    elif kind != "done":
        target["value"] = high
    if kind == "about":
        target["better"] = str(rng.choice(["higher", "lower"]))
    if cadence == "by":
        target["due"] = int(rng.integers(2011, 2016))
    return target


def random_goal(rng: np.random.Generator, name: str) -> Goal:
    basis = str(rng.choice(["level", "count", "share", "quota", "change", "growth"]))
    unit: Any = TEXT if basis in {"level", "count"} else "%"
    shape = rng.integers(3)
    more: dict[str, Any] = {}
    if rng.random() < 0.2 and basis in {"level", "count"}:
        more["limits"] = {"low": 0, "high": 100}
    if rng.random() < 0.2:
        more["baseline"] = {"year": 2010, "value": 5, "source": "text"}
    targets = [random_target(rng, basis) for _ in range(2)]
    for alone in ("done", "all_of"):  # comparisons that stand beside no other
        found = [target for target in targets if target["comparison"] == alone]
        if found:
            return goal(name, unit, target=found[0])
    if shape == 0:
        readings = [
            {"id": f"r-{i}", "default": i == 0, "why": TEXT, "target": t}
            for i, t in enumerate(targets)
        ]
        return goal(name, unit, readings=readings, **more)
    if shape == 1 and basis in {"level", "share"}:
        yearly = [
            {k: v for k, v in random_target(rng, basis).items() if k != "due"}
            | {"cadence": "every_year", "year": int(year)}
            for year in sorted(rng.choice(range(2011, 2016), 3, replace=False))
        ]
        if all(t["comparison"] != "done" for t in yearly):
            return goal(name, unit, yearly=yearly, **more)
    return goal(name, unit, target=targets[0], **more)


def random_rows(rng: np.random.Generator, one: Goal) -> list[dict[str, Any]]:
    """Some years with figures, intervals, silence, revisions and members."""
    rows = []
    named = [m.id for t in one.all_targets() for m in t.members]
    done = any(t.comparison == "done" for t in one.all_targets())
    for year in range(2009, 2016):
        for member in dict.fromkeys(named) or [""]:
            for report in range(int(rng.choice([0, 1, 1, 2]))):
                row: dict[str, Any] = {"goal": one.id, "year": year, "member": member}
                row["vintage"] = f"{year + 1}-0{report + 1}-15"
                silence = rng.random()
                any_figure = [0, 0.1, 0.2, 1, 9.5, 20, 47, 100]
                if one.main_target().basis in {"level", "change"}:
                    any_figure.append(-5)
                value = float(rng.choice([0, 1] if named or done else any_figure))
                if silence < 0.1:
                    row["state"] = str(rng.choice([state.name for state in list(State)[2:]]))
                elif silence < 0.2 and not named and not done:
                    ends = {"low": value, "high": value + 5}
                    ends.pop(str(rng.choice(["low", "high", "none"])), None)
                    if rng.random() < 0.5:
                        ends["exclusive"] = str(rng.choice(list(ends)))
                    row |= ends
                elif one.main_target().basis in {"share", "growth"} and silence < 0.8:
                    row |= {"numerator": value, "denominator": float(rng.choice([0, 40, 100]))}
                else:
                    row |= {"value": value, "state": str(rng.choice(["measured", "estimate"]))}
                if one.main_target().basis == "quota" and rng.random() < 0.9:
                    row["assigned"] = float(rng.choice([0, 40, 50]))
                rows.append(row)
    return rows


@pytest.mark.parametrize("seed", range(12 if LONG else 1))
def test_forty_random_goals_are_judged_alike(seed: int) -> None:
    rng = np.random.default_rng(seed)
    goals = [random_goal(rng, f"g-{index}") for index in range(40)]
    rows = [row for one in goals for row in random_rows(rng, one)]
    made = plan(*goals)
    figures = observations(*rows)
    compare(made, figures, "a", None)
    compare(made, figures, "a", vintage_day(str(rng.choice(["2012-12-31", "2014-01-20"]))))


COUNT = {"basis": "count", "cadence": "over_term"}
CHANGE = {"basis": "change", "cadence": "every_year"}


def share(*pairs: tuple[float, float]) -> list[dict[str, Any]]:
    parts = ("numerator", "denominator")
    return [dict(zip(parts, pair, strict=True)) for pair in pairs]


def quota(*pairs: tuple[float, float]) -> list[dict[str, Any]]:
    return [dict(zip(("value", "assigned"), pair, strict=True)) for pair in pairs]


def amounts(*values: float) -> list[dict[str, Any]]:
    return [{"value": value} for value in values]


@pytest.mark.parametrize(
    ("target", "figures", "yearly", "term"),
    [
        # A ceiling: 3, 6, 9, 12, 12 of at most 10; and 9 at the end.
        (
            {"comparison": "at_most", "value": 10, **COUNT},
            amounts(3, 3, 3, 3, 0), "met met met not_met not_met", "not_met",
        ),
        (
            {"comparison": "at_most", "value": 10, **COUNT},
            amounts(3, 3, 3, 0, 0), "met met met met exceeded", "exceeded",
        ),
        # 1 of 10, the same again, 10 of 20.
        (
            {"comparison": "at_least", "value": 50, "basis": "share", "cadence": "over_term"},
            share((1, 10), (0, 0), (9, 10), (0, 0), (0, 0)),
            "not_yet not_yet met met met", "met",
        ),
        # 27 of 30 assigned.
        (
            {"comparison": "at_least", "value": 100, "basis": "quota", "cadence": "over_term"},
            quota((9, 10), (9, 10), (9, 10), (0, 0), (0, 0)),
            "not_yet not_yet not_yet not_yet not_met", "not_met",
        ),
        # Of a stock of nothing.
        (
            {"comparison": "at_least", "value": 3, "basis": "growth", "cadence": "over_term"},
            share((6, 0), (6, 100), (6, 100), (6, 100), (6, 100)),
            " ".join(["not_applicable"] * 5), "not_applicable",
        ),
        # From nothing to 3, down to nothing, still nothing, 5 below it.
        (
            {"comparison": "at_most", "value": 0, **CHANGE},
            amounts(0, 3, 0, 0, -5),
            "no_data not_met met met not_applicable", "not_met",
        ),
        # By 2013: 9 of 10 decided, whatever came later.
        (
            {"comparison": "at_least", "value": 10, "cadence": "by", "due": 2013},
            amounts(8, 9, 9, 10, 12), "not_yet not_yet not_met met exceeded", "not_met",
        ),
        (
            {"comparison": "at_least", "value": 0.3, "basis": "level", "cadence": "over_term"},
            amounts(0.1, 0.2, 0, 0, 0), "not_yet met met met met", "met",
        ),
        (
            {"comparison": "at_least", "value": 1_000_000_001, "cadence": "every_year"},
            amounts(1e9, 1e9 + 1, 1e9 + 2, 1e9 + 1, 1e9 + 1),
            "not_met met exceeded met met", "not_met",
        ),
        (
            {"comparison": "at_least", "value": 95, "basis": "share", "cadence": "over_term"},
            share(*[(1e308, 1.1e308)] * 5), "not_yet not_yet not_yet not_yet not_met", "not_met",
        ),
    ],
)  # fmt: skip
def test_what_is_worked_by_hand_is_scored_and_proved(
    target: dict[str, Any], figures: list[dict[str, Any]], yearly: str, term: str
) -> None:
    basis = target.get("basis", "level")
    one = plan(goal(unit=TEXT if basis in {"level", "count"} else "%", target=target))
    rows = [{"year": 2011 + place, **row} for place, row in enumerate(figures)]
    told = observations(*rows)
    compare(one, told, "a", None)
    made = Recomputed(one, told.frame.to_dict("records"))
    assert [made.annual(one.goal("g"), year).verdict for year in one.years] == yearly.split()
    assert made.term(one.goal("g"), 2015).verdict == term


def test_a_term_verdict_names_the_row_that_decided_it() -> None:
    target = {
        "comparison": "between",
        "low": 0.97,
        "high": 1.03,
        "beyond": "bad",
        "cadence": "keep",
    }
    one = plan(goal(unit=TEXT, target=target), baseline=None)
    told = observations(
        *({"year": 2011 + place, "value": value} for place, value in enumerate((1, 1.05, 1, 1.02)))
    )
    compare(one, told, "a", None)
    (verdict,) = Evaluation(one, told).term_verdicts("a", 2014)
    assert (verdict.verdict.name, verdict.value, verdict.decided) == ("not_yet", 1.05, 2012)
    assert verdict.rule.endswith("(level, keep) in 2012: 1.05 -> not_yet")
    assert [one.row for one in verdict.inputs] == [3]  # the line of 2012


# ----------------------------------------------------------------------------- words
@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_words_a_proof_trusts_are_those_of_the_catalogues(code: str) -> None:
    language = Language(code)
    assert WORDS[code] == {verdict.name: language.verdict(verdict) for verdict in Verdict}
    assert {verdict.name: look.glyph for verdict, look in LOOKS.items()} == GLYPHS
    assert YES_NO[code] == (language("figure.done"), language("figure.undone"))
    assert language("figure.estimate", figure="1") == f"{ESTIMATE[code][0]} 1"
    told = language("change.fell", size="1"), language("change.rose", size="1")
    assert told == tuple(f"{word} 1" for word in FELL_ROSE[code])
