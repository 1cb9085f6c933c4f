"""How sure verdicts are, by two codes: what scoring says and what the verifier recomputes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.figures.observations import Observations, vintage_day
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.plan import Plan
from planlib.verify.certainty.recomputed import CertainRecomputed
from planlib.verify.certainty.taught import Taught

YEARLY, TERM = {"cadence": "every_year"}, {"cadence": "over_term"}
AMOUNT: dict[str, Any] = {"unit": TEXT}
STATED = {"baseline": {"year": 2010, "value": 88, "source": "text"}}
GOALS = [
    goal("least", target={"comparison": "at_least", "value": 90, **YEARLY}),
    goal("most", target={"comparison": "at_most", "value": 90.5, **YEARLY}, interval_level=80),
    goal("above", target={"comparison": "above", "value": 91, "cadence": "by", "due": 2012}),
    goal("about", **AMOUNT, target={"comparison": "about", "value": 90, "better": "lower", **YEARLY}),
    goal("range", target={"comparison": "between", "low": 89, "high": 92, **YEARLY}),
    goal(
        "band",
        target={"comparison": "between", "low": 89, "high": 92, "beyond": "bad", "cadence": "keep"},
    ),
    goal("share", target={"comparison": "at_least", "value": 91, "basis": "share", **YEARLY}),
    goal("full", target={"comparison": "at_least", "value": 91, "basis": "share", **YEARLY},
         complete_counts=True),
    goal("shares", target={"comparison": "at_least", "value": 91, "basis": "share", **TERM}),
    goal("growth", target={"comparison": "at_least", "value": 91, "basis": "growth", **YEARLY}),
    goal("quota", target={"comparison": "at_least", "value": 100, "basis": "quota", **YEARLY}),
    goal("quotas", target={"comparison": "at_least", "value": 100, "basis": "quota", **TERM}),
    goal("fall", target={"comparison": "at_most", "value": 0, "basis": "change", **YEARLY}),
    goal("since", **STATED,
         target={"comparison": "at_least", "value": 3, "basis": "change_since", **YEARLY}),
    goal("apart", **AMOUNT,
         target={"comparison": "at_least", "value": 1, "basis": "difference_since", **YEARLY}),
    goal("kept", target={"comparison": "maintain", "better": "higher", **YEARLY}),
    goal("sum", **AMOUNT, target={"comparison": "at_least", "value": 270, "basis": "count", **TERM}),
    goal("ceiling", **AMOUNT,
         target={"comparison": "at_most", "value": 271, "basis": "count", **TERM}),
    goal("done", target={"comparison": "done", **YEARLY}),
]  # fmt: skip
AREAS = ("a", "b")


def figures(seed: int) -> Observations:
    """Figures near their targets, reported once, twice or three times, each with errors or without."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for area in AREAS:
        for one in GOALS:
            for year in range(2010, 2014):
                value = float(np.round(rng.normal(90.5, 1.2), rng.integers(0, 3)))
                for later in range(int(rng.integers(1, 4))):
                    place = {"area": area, "goal": one.id, "year": year}
                    place["vintage"] = f"{year + 1 + 2 * later}-03-31"
                    rows.append(place | _numbers(one.id, value, rng))
                    value = float(np.round(value + rng.choice([0, rng.normal(0, 1)]), 1))
    return observations(*rows)


def _numbers(name: str, value: float, rng: np.random.Generator) -> dict[str, Any]:
    if name == "done":
        return {"value": float(rng.integers(0, 2))}
    if name in {"share", "full", "shares", "growth"} and rng.random() < 0.8:
        tried = int(rng.integers(20, 400))
        return {"numerator": round(tried * value / 100), "denominator": tried}
    found = {"value": value, "assigned": 90.0} if name.startswith("quota") else {"value": value}
    if name not in {"quota", "quotas"} and rng.random() < 0.1:
        return {"low": value - 1, "high": value + 0.5}
    if rng.random() < 0.5:
        found |= {"low": value - 1.0, "high": value + 1.4}
    return found


@pytest.mark.parametrize(
    ("seed", "tolerance", "as_of"), [(1, None, None), (2, {"percent": 1}, "2013-12-31")]
)
def test_both_codes_are_as_sure(
    seed: int, tolerance: dict[str, float] | None, as_of: str | None
) -> None:
    told, compared = as_sure(figures(seed), tolerance, as_of)
    assert told > compared / 3


def as_sure(
    known: Observations, tolerance: dict[str, float] | None, as_of: str | None
) -> tuple[int, int]:
    """How many verdicts both codes told the certainty of, of all that were compared."""
    made = plan(*GOALS, first=2011, last=2013, tolerance=tolerance)
    day = None if as_of is None else vintage_day(as_of)
    evaluation = Evaluation(made, known, as_of)
    taught = Taught(made, known.frame, day)
    told = compared = 0
    for area in AREAS:
        mine = known.of_area(area).frame.to_dict("records")
        again = CertainRecomputed(made, mine, day, area=area, taught=taught)
        for term in (False, True):
            for year in made.years[-1:] if term else made.years:
                scored = (evaluation.term_verdicts if term else evaluation.year_verdicts)(
                    area, year
                )
                for one in scored:
                    right = (again.term if term else again.annual)(one.goal, year)
                    place = f"{one.goal.id} {area} {year} {term}"
                    assert one.verdict.name == right.verdict, place
                    assert one.certainty == pytest.approx(right.certainty, abs=1.5e-4), place
                    told += one.certainty is not None
                    compared += 1
    return told, compared


def awkward(seed: int) -> Observations:
    """Figures on their targets, at the ends of their intervals, of nobody, and gaps in totals."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for area in AREAS:
        for one in GOALS:
            bound = float(one.main_target().near or 0) if one.id != "done" else 1.0
            for year in range(2010, 2014):
                place = {"area": area, "goal": one.id, "year": year, "vintage": f"{year + 1}-03-31"}
                if one.id in {"share", "full", "shares", "growth"}:
                    tried = int(rng.choice([0, 1, 200]))
                    rows.append(place | {"numerator": round(tried * 0.91), "denominator": tried})
                elif one.id.startswith("quota"):
                    assigned = float(rng.choice([0, 90]))
                    rows.append(place | {"value": assigned * 1.01, "assigned": assigned})
                elif one.id == "done":
                    rows.append(place | {"value": 1.0})
                elif rng.random() < 0.9:
                    shape = rng.choice(["at", "low", "high", "interval", "not_applicable"])
                    value = {"sum": 90.0, "ceiling": 91.0}.get(one.id, bound or 90.0)
                    rows.append(place | {
                        "at": {"value": value, "low": value - 1, "high": value + 2},
                        "low": {"value": value, "low": value, "high": value + 2},
                        "high": {"value": value, "low": value - 2, "high": value},
                        "interval": {"low": value - 1, "high": value + 2},
                        "not_applicable": {"state": "not_applicable"},
                    }[str(shape)])  # fmt: skip
    return observations(*rows)


@pytest.mark.parametrize("seed", [3, 4])
def test_both_codes_are_as_sure_of_awkward_figures(seed: int) -> None:
    as_sure(awkward(seed), None, None)


def test_both_codes_are_as_sure_of_quarters_and_of_the_years_they_make() -> None:
    goals = [
        goal("sum", **AMOUNT, target={"comparison": "at_least", "value": 362, "basis": "count", **YEARLY}),
        goal("mean", target={"comparison": "at_least", "value": 90.5, **YEARLY}, make_up="mean"),
        goal("share", target={"comparison": "at_least", "value": 91, "basis": "share", **YEARLY}),
        goal("each", target={"comparison": "at_least", "value": 90, "cadence": "every_period"},
             make_up="last"),
    ]  # fmt: skip
    yearly = plan(*goals, first=2011, last=2012)
    header = yearly.header.model_copy(update={"periods": Frequency.quarter})
    made = Plan(header=header, sections=yearly.sections)
    rng, rows, codes = np.random.default_rng(5), [], []
    calendar = Calendar(Frequency.quarter)
    for area in AREAS:
        for one in goals:
            for year in (2011, 2012):
                for quarter in calendar.parts(year, Frequency.quarter):
                    value = float(np.round(rng.normal(90.5, 1), 1))
                    for later in (0, 1):
                        row = {"area": area, "goal": one.id, "year": year}
                        row["vintage"] = f"{year + 1 + 2 * later}-03-31"
                        rows.append(row | _numbers(one.id, value + later, rng))
                        codes.append(quarter)
    frame = observations(*rows).frame
    frame["year"] = np.array(codes, np.int32)
    known = Observations(pd.DataFrame(frame))
    evaluation = Evaluation(made, known)
    taught = Taught(made, known.frame, None)
    told = 0
    for area in AREAS:
        mine = known.of_area(area).frame.to_dict("records")
        again = CertainRecomputed(made, mine, None, area=area, taught=taught)
        for frequency in (Frequency.quarter, Frequency.year):
            view, other = evaluation.along(frequency), again.along(frequency)
            for period in view.plan.years:
                for one in view.year_verdicts(area, period):
                    right = other.annual(one.goal, period)
                    assert one.certainty == pytest.approx(right.certainty, abs=1.5e-4), one
                    told += one.certainty is not None
    assert told > 40
