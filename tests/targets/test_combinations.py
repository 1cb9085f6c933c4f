"""Every combination of comparison, basis and cadence is scored, or refused with a reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from combinations import PAGE, SHIPPED, every, of, page
from helpers import observations, plan

from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Calendar, Frequency, period
from planlib.plan.periods.placed import placed
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence
from planlib.scoring import Standing, score, score_term
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.elsewhere import Elsewhere

MADE = [of(*one) for one in every()]
ALLOWED = [one for one in MADE if isinstance(one, Goal)]
REFUSED = [
    (one, made) for one, made in zip(every(), MADE, strict=True) if not isinstance(made, Goal)
]


def rows_of(goal: Goal, seed: int) -> list[dict[str, Any]]:
    """Figures of a goal as its basis asks for them: high and low, zero, negative and missing."""
    rng = np.random.default_rng(seed)
    target, rows = goal.main_target(), []
    for year in range(2010, 2016):
        row: dict[str, Any] = {"goal": goal.id, "year": year}
        value = float(rng.choice([0, 5, 9.9, 10, 12.5, 20, 25, 100]))
        if rng.random() < 0.15:
            continue
        if target.kind.figure == "members":
            answers = [(member.id, float(rng.integers(0, 2))) for member in target.members]
            rows += [row | {"member": name, "value": answer} for name, answer in answers]
            continue
        if target.kind.figure == "yes_no":
            row["value"] = float(rng.integers(0, 2))
        elif target.basis in {Basis.share, Basis.growth}:
            row |= {"numerator": value, "denominator": float(rng.choice([0, 100, 200]))}
        elif target.basis is Basis.quota:
            row |= {"value": value, "assigned": float(rng.choice([0, 10, 50]))}
        else:
            row["value"] = value
        rows.append(row)
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_every_allowed_combination_is_scored_alike_by_both_codes(seed: int) -> None:
    made = plan(*ALLOWED)
    mine = [row for one in ALLOWED for row in rows_of(one, seed)]
    others = [row | {"area": "b"} for one in ALLOWED for row in rows_of(one, seed + 100)]
    figures = observations(*mine, *others)
    by_area = {
        n: part.to_dict("records") for n, part in figures.frame.groupby("area", observed=True)
    }
    again = Recomputed(made, by_area["a"], area="a", elsewhere=Elsewhere(by_area))
    frame = score(made, figures, areas=["a"])
    assert len(frame) == len(ALLOWED) * 5
    for name, year, verdict in zip(frame["goal"], frame["year"], frame["verdict"], strict=True):
        one = made.goal(str(name))
        assert str(verdict) == again.annual(one, int(year)).verdict, (name, year)
    for year in made.years:
        terms = score_term(made, figures, standing=Standing(year), areas=["a"])
        for name, verdict in zip(terms["goal"], terms["verdict"], strict=True):
            one = made.goal(str(name))
            assert str(verdict) == again.term(one, year).verdict, (name, year)


def test_every_other_combination_is_refused_with_its_reason() -> None:
    assert len(ALLOWED) + len(REFUSED) == len(SHIPPED) * 40
    assert ALLOWED and REFUSED
    for one, reasons in REFUSED:
        assert isinstance(reasons, list) and reasons and all(reasons), one


def test_the_page_is_the_one_the_model_gives() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python tests/targets/combinations.py`"


def reaching(one: Goal, reach: int) -> Goal:
    """The goal, an earlier figure standing in for a later one where the model lets it."""
    stands_in = not any(
        target.cumulative or target.cadence in {Cadence.over_term, Cadence.every_year}
        for target in one.all_targets()
    )
    return one.altered({"latest_within": reach}) if stands_in else one


def test_every_allowed_combination_is_scored_alike_along_quarters_and_their_years() -> None:
    """With figures of up to two quarters ago standing in where the model lets them."""
    frequency, reach = Frequency.quarter, 2
    calendar = Calendar(frequency)
    goals = [placed(reaching(one, reach), calendar, frequency) for one in ALLOWED]
    yearly = plan(*goals)
    made = Plan(
        header=yearly.header.model_copy(update={"periods": frequency}), sections=yearly.sections
    )
    at = calendar.axis(2010, 2012, frequency)
    rows = [
        {**row, "area": area, "year": at[at_year * frequency.in_year + part]}
        for area in ("a", "b")
        for number, one in enumerate(goals)
        for part in range(frequency.in_year)
        for row in rows_of(one, 1000 * part + number + (area == "b"))
        if (at_year := row["year"] - 2010) < 3
    ]
    figures = observations(*rows)
    by_area = {
        n: part.to_dict("records") for n, part in figures.frame.groupby("area", observed=True)
    }
    again = Recomputed(made, by_area["a"], area="a", elsewhere=Elsewhere(by_area))
    for along, proof in ((made, again), (made.along(Frequency.year), again.along(Frequency.year))):
        frame = score(along, figures, areas=["a"])
        frame = frame[frame["year"].isin([int(one) for one in (*at, *range(2011, 2013))])]
        assert len(frame) == len(ALLOWED) * 2 * along.frequency.in_year
        differing = [
            (str(name), str(period(int(year))), str(verdict), proven)
            for name, year, verdict in zip(
                frame["goal"], frame["year"], frame["verdict"], strict=True
            )
            for proven in [proof.annual(along.goal(str(name)), period(int(year))).verdict]
            if str(verdict) != proven
        ]
        assert differing == []
