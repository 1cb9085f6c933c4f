"""Every combination of comparison, basis and cadence is scored, or refused with a reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from combinations import NONE, PAGE, SHIPPED, every, header, made_up, of, page, ways
from examples import LONG, turns
from helpers import observations, plan

from planlib.plan.goal import Goal, Section
from planlib.plan.periods.calendar import Calendar, Frequency, period
from planlib.plan.periods.placed import placed
from planlib.plan.periods.text import period_of
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence
from planlib.scoring.score import Standing, score, score_term
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


def _kind(one: Goal) -> tuple[Any, ...]:
    """What a goal is compared with, and how it is measured."""
    target = one.main_target()
    return target.comparison, target.basis


@pytest.mark.parametrize("seed", turns(range(3), 3))
def test_every_allowed_combination_is_scored_alike_by_both_codes(seed: int) -> None:
    """In `make test` each third of them, of all kinds."""
    allowed = turns(ALLOWED, 3)
    assert {_kind(one) for one in allowed} == {_kind(one) for one in ALLOWED}
    made = plan(*allowed)
    mine = [row for one in allowed for row in rows_of(one, seed)]
    others = [row | {"area": "b"} for one in allowed for row in rows_of(one, seed + 100)]
    figures = observations(*mine, *others)
    by_area = {
        n: part.to_dict("records") for n, part in figures.frame.groupby("area", observed=True)
    }
    again = Recomputed(made, by_area["a"], area="a", elsewhere=Elsewhere(by_area))
    frame = score(made, figures, areas=["a"])
    assert len(frame) == len(allowed) * 5
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
    goals = [placed(reaching(one, reach), calendar, frequency) for one in turns(ALLOWED, 7)]
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
        assert len(frame) == len(goals) * 2 * along.frequency.in_year
        differing = [
            (str(name), str(period(int(year))), str(verdict), proven)
            for name, year, verdict in zip(
                frame["goal"], frame["year"], frame["verdict"], strict=True
            )
            for proven in [proof.annual(along.goal(str(name)), period(int(year))).verdict]
            if str(verdict) != proven
        ]
        assert differing == []


TOLD = [one for one, made in zip(every(), MADE, strict=True) if isinstance(made, Goal)]
MONTHS = ("2012-12", "2013-05", "2013-06", "2013-07", "2013-12", "2014-03", "2014-12")


def told_by_months() -> list[Goal]:
    """Every combination told in each way it may be; in `make test` a part of them, in turns."""
    goals = []
    for at, one in enumerate(turns(TOLD, 11)):
        found = ways(*one, Frequency.month)
        allowed = [(way, goal) for way, goal in found.items() if isinstance(goal, Goal)]
        for way, goal in allowed if LONG else [allowed[at % len(allowed)]]:
            goals.append(goal.altered({"id": f"{goal.id}-{way}".replace("_", "-"), "by": ("sex",)}))
    return goals


def test_what_each_is_told_by_is_scored_alike_by_both_codes_in_months_areas_and_groups() -> None:
    top = header(Frequency.month)
    goals = [placed(one, top.calendar, Frequency.month) for one in told_by_months()]
    section = Section.model_construct(
        section="all", name=header().name, note=None, goals=tuple(goals)
    )
    made = Plan(header=top, sections=(section,))
    at = [period_of(text) for text in MONTHS]
    rows = [
        {**row, "area": area, "year": at[row["year"] - 2010 + late], "group": group}
        for number, one in enumerate(goals)
        for area in ("a", "b")
        for group in ("", "sex=women")
        for late in (0, 1)
        for row in rows_of(one, 4 * number + 2 * (area == "b") + bool(group))
        if row["year"] < 2011 + 5 * late
    ]
    figures = observations(*rows)
    by_area = {
        n: part.to_dict("records") for n, part in figures.frame.groupby("area", observed=True)
    }
    again = Recomputed(made, by_area["a"], area="a", elsewhere=Elsewhere(by_area))
    frame = score(made, figures, areas=["a"])
    frame = frame[frame["year"].isin([int(one) for one in at[1:]])]
    assert {str(one) for one in frame["group"].unique()} == {"", "sex=women", "sex=men"}
    differing = []
    for name, group, month, verdict in zip(
        frame["goal"], frame["group"], frame["year"], frame["verdict"], strict=True
    ):
        goal = made.goal(str(name))
        goal = goal.in_group(str(group)) if str(group) else goal
        proven = again.annual(goal, period(int(month))).verdict
        if proven != str(verdict):
            differing.append((str(name), str(group), str(period(int(month))), str(verdict), proven))
    assert differing == []


def test_halves_quarters_and_months_allow_the_same_and_refuse_the_rest() -> None:
    """With a reason each; in `make test` a part of the combinations."""
    for one in turns(TOLD, 17):
        kinds = [Frequency.half, Frequency.quarter, Frequency.month]
        found = [[*ways(*one, kind).items(), *made_up(*one, kind).items()] for kind in kinds]
        for same in zip(*found, strict=True):
            assert len({isinstance(goal, Goal) for _, goal in same}) == 1, (one, same)
            for name, goal in same:
                assert isinstance(goal, Goal) or (goal and all(goal)), (one, name)
                assert name != NONE or isinstance(goal, Goal) or "make_up" in str(goal)
