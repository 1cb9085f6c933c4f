"""Nothing withheld can be worked out: an attacker with every published figure tries."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import pytest
from attacker import attack
from examples import LONG, examples
from helpers import observations, plan
from hypothesis import given
from hypothesis import strategies as st
from tables import (
    SHARE,
    WARDS,
    YEARS,
    counted,
    district_figures,
    district_plan,
    goal,
    sums,
    with_areas,
)

from planlib.disclosure import Published, published
from planlib.figures.observations import Observations
from planlib.figures.reading import read_observations
from planlib.plan.plan import Plan
from planlib.plan.shipped import figure_files, open_plan


def losses(one: Plan, figures: Observations) -> list[Any]:
    """The counts of people that an attacker can pin down."""
    found = attack(one, figures, published(one, figures).observations)
    return [count for count in found if not count.safe]


@pytest.fixture(scope="module")
def ward_plan() -> tuple[Plan, Observations]:
    one = open_plan("ward-2010-2015")
    return one, read_observations(figure_files(one), one)


def test_no_withheld_count_of_the_ten_wards_can_be_worked_out(
    ward_plan: tuple[Plan, Observations],
) -> None:
    one, figures = ward_plan
    public = published(one, figures).observations
    found = attack(one, figures, public)
    assert len({(c.area, c.goal, c.year) for c in found}) > 100
    assert {c.year for c in found} >= set(YEARS)
    assert [count for count in found if not count.safe] == []


@cache
def a_district(seed: int = 1) -> tuple[Plan, Observations, Published]:
    """A district and what is published of it, worked out once."""
    one, figures = district_plan(), district_figures(seed)
    return one, figures, published(one, figures)


@pytest.mark.parametrize("seed", [1, 2] if LONG else [1])
def test_no_withheld_count_of_a_district_with_totals_can_be_worked_out(seed: int) -> None:
    one, figures, public = a_district(seed)
    found = attack(one, figures, public.observations)
    assert len(found) > 200
    assert {c.area for c in found} >= set(WARDS) and {c.year for c in found} == set(YEARS)
    assert [count for count in found if not count.safe] == []


def test_without_complementary_suppression_the_attacker_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*given: Any) -> Any:
        return given[-1]  # each figure from the day it has to be withheld for its own sake

    one, figures = district_plan(), district_figures()
    monkeypatch.setattr("planlib.disclosure.publishing.linked_complements", nothing)
    lost = losses(one, figures)
    exact = [count for count in lost if count.high - count.low < 0.5]
    assert len(lost) > 20 and len(exact) > 10
    assert all(abs(count.low - count.truth) < 1e-6 for count in exact)


counts = st.integers(0, 12)


@given(
    wards=st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=5),
    shares=st.lists(st.floats(0, 1), min_size=5, max_size=5),
    totals=st.booleans(),
)
@examples(60)
def test_no_small_table_gives_a_count_away(
    wards: list[tuple[int, int, int]], shares: list[float], totals: bool
) -> None:
    names = [f"w{at}" for at in range(len(wards))]
    one = with_areas(
        plan(
            counted("all", parts_add_up=True),
            counted("men", part_of="all"),
            counted("women", part_of="all"),
            goal("sent", target=SHARE, sensitive=True, denominator="all"),
        ),
        *sums(*names),
    )
    table = {
        name: {"men": men, "women": women, "all": men + women, "sent": round(share * (men + women))}
        for name, (men, women, _), share in zip(names, wards, shares, strict=False)
    }
    if totals:
        table["district"] = {
            key: sum(one[key] for one in list(table.values())) for key in table[names[0]]
        }
    rows: list[dict[str, Any]] = []
    for name, row in table.items():
        rows += [
            {"area": name, "goal": key, "year": 2012, "value": row[key]}
            for key in ("all", "men", "women")
        ]
        sent = {"numerator": row["sent"], "denominator": row["all"]}
        rows.append({"area": name, "goal": "sent", "year": 2012} | sent)
    assert losses(one, observations(*rows)) == []


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(lambda many: sum(many) > 4))
@examples(60)
def test_knowing_which_counts_are_small_is_no_help(many: list[int]) -> None:
    names = [f"w{at}" for at in range(len(many))]
    one = with_areas(plan(counted()), *sums(*names))
    counts = {"district": sum(many)} | dict(zip(names, many, strict=True))
    figures = observations(
        *({"area": n, "goal": "users", "year": 2012, "value": c} for n, c in counts.items())
    )
    found = attack(one, figures, published(one, figures).observations, knows_small=True)
    assert [count for count in found if not count.safe] == []


def test_the_same_figures_are_withheld_every_time_and_in_any_order() -> None:
    """And in a moment: about one second on a machine with nothing else to do."""
    one, figures, first = a_district()
    mixed = figures.frame.sample(frac=1, random_state=5).reset_index(drop=True)
    for again in (Observations(mixed), *([figures] if LONG else [])):
        start = time.process_time()
        assert published(one, again).withheld == first.withheld
        assert time.process_time() - start < 5


def test_publishing_what_is_public_already_withholds_nothing_more() -> None:
    one, _, once = a_district()
    # As figures that came from elsewhere: those that know they are public are left as they are.
    again = published(one, Observations(once.observations.frame))
    assert published(one, once.observations).observations is once.observations
    places = [{(w.area, w.goal, w.year) for w in result.withheld} for result in (once, again)]
    assert places[0] == places[1]
