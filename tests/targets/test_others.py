"""Targets held against others: another goal, area, group or series, and a place among the areas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from examples import turns
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.figures.observations import Observations, vintage_day
from planlib.plan.areas import Area
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import Dimension
from planlib.plan.plan import Plan
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.elsewhere import Elsewhere

Row = dict[str, Any]
BESIDE = {"comparison": "relative", "better": "higher", "cadence": "every_year"}
BELOW = {"comparison": "relative", "better": "lower", "strict": True, "cadence": "every_year"}
RANK = {"comparison": "rank", "better": "higher", "cadence": "every_year"}
NAN = float("nan")


def rows(year: int = 2012, name: str = "g", /, **areas: float | str) -> list[Row]:
    """A figure of each area, or the state of its report."""
    return [
        {"area": area, "goal": name, "year": year}
        | ({"state": told} if isinstance(told, str) else {"value": told})
        for area, told in areas.items()
    ]


def told(
    made: Plan, figures: Observations, area: str, year: int | None = 2012, *, name: str = "g",
    as_of: str | None = None, group: str = "",
) -> tuple[str, tuple[float | None, ...], float | None]:  # fmt: skip
    """Verdict, figure and what it is held against, by both codes alike, with the same rows behind."""
    e = Evaluation(made, figures, as_of)
    one: Goal = e.plan.goal(name)
    one = one.in_group(group) if group else one
    mine = e.verdict_of(one, area, year)
    frame = figures.frame
    by_area = {str(n): part.to_dict("records") for n, part in frame.groupby("area", observed=True)}
    again = Recomputed(
        made, by_area.get(area, []), vintage_day(as_of) if as_of else None,
        area=area, elsewhere=Elsewhere(by_area),
    )  # fmt: skip
    proven = again.annual(one, year) if year else again.term(one, made.years[-1])
    shown = tuple(end for end in (mine.value, mine.low, mine.high) if end is not None)
    assert proven.verdict == mine.verdict.name
    ends = tuple(end for end in (proven.value, proven.low, proven.high) if end is not None)
    assert ends == pytest.approx(shown)
    assert proven.against == (None if mine.against is None else pytest.approx(mine.against))
    assert proven.level == (None if mine.level is None else pytest.approx(mine.level))
    assert proven.inputs == tuple((i.file, i.row) for i in mine.inputs)
    return mine.verdict.name, shown, mine.against


def one(target: Row, unit: Any = TEXT, **more: Any) -> Plan:
    made: Plan = plan(goal(unit=unit, target=target, **more))
    return made


# ------------------------------------------------------------------------------- relative


@pytest.mark.parametrize(
    ("target", "value", "verdict", "apart"),
    [
        (BESIDE, 75.0, "met", 0),
        (BESIDE, 75.1, "exceeded", 0.1),  # better than the other is better than asked for
        (BESIDE, 74.9, "not_met", -0.1),
        (BESIDE | {"strict": True}, 75.0, "not_met", 0),
        (BESIDE | {"strict": True}, 75.1, "met", 0.1),
        (BELOW, 74.9, "met", -0.1),
        (BELOW, 75.0, "not_met", 0),
        (BESIDE | {"value": 5}, 79.9, "not_met", 4.9),
        (BESIDE | {"value": 5}, 80.0, "met", 5),
        (BESIDE | {"value": -2}, 73.0, "met", -2),
        (BESIDE | {"measure": "percent", "value": 110}, 82.5, "met", 110),
        (BESIDE | {"measure": "percent", "value": 110}, 81.0, "not_met", 108),
    ],
)
def test_a_figure_is_held_against_that_of_another_area(
    target: Row, value: float, verdict: str, apart: float
) -> None:
    figures = observations(*rows(a=value, union=75.0))
    found = told(one(target | {"to": {"area": "union"}}), figures, "a")
    assert found == (verdict, (pytest.approx(apart),), 75)


def test_rows_of_both_figures_stand_behind_the_verdict() -> None:
    e = Evaluation(
        one(BESIDE | {"to": {"area": "union"}}), observations(*rows(a=80, b=1, union=75))
    )
    assert [i.row for i in e.year_verdicts("a", 2012)[0].inputs] == [2, 4]


def test_another_goal_of_the_same_area_has_its_own_basis() -> None:
    made = plan(
        goal(unit="%", target=BESIDE | {"to": {"goal": "h"}}),
        goal("h", target={"comparison": "at_least", "value": 1, "basis": "share",
                          "cadence": "every_year"}),
    )  # fmt: skip
    half = {"goal": "h", "year": 2012, "numerator": 30, "denominator": 60}
    assert told(made, observations(*rows(a=55), half), "a") == ("exceeded", (5,), 50)
    assert told(made, observations(half), "a")[0] == "no_data"


def test_a_series_is_the_reference_of_each_of_its_periods() -> None:
    series = {
        "series": [{"year": 2012, "value": 68.4}, {"year": 2013, "value": 70}],
        "name": TEXT,
        "source": "text",
    }
    made = one(BELOW | {"to": series})
    figures = observations(*rows(2012, a=68.3), *rows(2013, a=70), *rows(2014, a=1))
    assert told(made, figures, "a", 2012)[0] == "met"
    assert told(made, figures, "a", 2013)[0] == "not_met"
    assert told(made, figures, "a", 2014) == ("no_data", (), None)


def test_a_group_is_held_against_another_group() -> None:
    sex = Dimension.model_validate(
        {"id": "sex", "name": TEXT, "members": [{"id": m, "name": TEXT} for m in ("women", "men")]}
    )
    made = one(BESIDE | {"value": -5, "to": {"group": "sex=men"}}, by=("sex",))
    made = Plan(
        header=made.header.model_copy(update={"dimensions": (sex,)}), sections=made.sections
    )
    figures = observations(
        *(
            {"year": 2012, "group": f"sex={who}", "value": v}
            for who, v in (("women", 60), ("men", 66))
        )
    )
    assert told(made, figures, "a", group="sex=women") == ("not_met", (-6,), 66)
    assert told(made, figures, "a", group="sex=men")[0] == "not_applicable"  # against itself


def test_an_area_is_not_held_against_itself() -> None:
    made = one(BESIDE | {"to": {"area": "union"}})
    e = Evaluation(made, observations(*rows(a=80, union=75)))
    verdict = e.year_verdicts("union", 2012)[0]
    assert (verdict.verdict.name, verdict.why_none) == ("not_applicable", "itself")
    assert told(made, e.figures, "union")[0] == "not_applicable"


@pytest.mark.parametrize(
    ("other", "verdict", "why"),
    [
        ("missing", "no_data", "other_missing"),
        ("suppressed", "suppressed", "other_withheld"),
        ("not_applicable", "not_applicable", "no_comparison"),
        ("not_due", "not_due", ""),
    ],
)
def test_without_the_other_figure_it_says_why(other: str, verdict: str, why: str) -> None:
    made, figures = one(BESIDE | {"to": {"area": "b"}}), observations(*rows(a=5, b=other))
    assert told(made, figures, "a")[:2] == (verdict, ())
    assert Evaluation(made, figures).year_verdicts("a", 2012)[0].why_none == why


def test_there_is_no_percentage_of_nothing() -> None:
    made = one(BESIDE | {"measure": "percent", "value": 100, "to": {"area": "b"}})
    for own, other in ((5, 0), (5, -1), (-5, 10)):
        assert told(made, observations(*rows(a=own, b=other)), "a")[0] == "not_applicable"


def test_intervals_are_held_against_each_other_by_their_less_favourable_ends() -> None:
    made = one(BESIDE | {"to": {"area": "b"}})
    wide = {"area": "a", "year": 2012, "low": 9, "high": 12}
    assert told(made, observations(wide, *rows(b=10)), "a")[:2] == ("not_met", (-1, 2))
    other = {"area": "b", "year": 2012, "low": 7, "high": 9}
    assert told(made, observations(wide, other), "a")[:2] == ("met", (0, 5))
    assert told(made, observations(*rows(a=9), other), "a")[:2] == ("met", (0, 2))


def test_what_is_known_on_a_day_holds_for_both_figures() -> None:
    made = one(BESIDE | {"to": {"area": "b"}})
    figures = observations(
        {"area": "a", "year": 2012, "value": 10, "vintage": "2013-01-10"},
        {"area": "b", "year": 2012, "value": 9, "vintage": "2013-01-20"},
        {"area": "b", "year": 2012, "value": 11, "vintage": "2013-06-01"},
    )
    assert told(made, figures, "a", as_of="2013-01-15")[0] == "no_data"
    assert told(made, figures, "a", as_of="2013-02-01")[0] == "exceeded"
    assert told(made, figures, "a", as_of="2013-07-01")[0] == "not_met"
    moved = Evaluation(made, figures).changes("2013-02-01", "2013-07-01", "a")
    assert list(zip(moved["before"], moved["after"], strict=True)) == [("exceeded", "not_met")]


def test_a_figure_of_another_area_may_be_supposed() -> None:
    made = one(BESIDE | {"to": {"area": "b"}})
    e = Evaluation(made, observations(*rows(a=10, b=9)))
    assert e.year_verdicts("a", 2012)[0].verdict.name == "exceeded"
    supposed = e.what_if({"g": {"2012": 10.5}}, area="b")
    assert supposed.year_verdicts("a", 2012)[0].value == -0.5


def test_the_term_and_a_deadline_are_judged_like_any_other() -> None:
    kept = one(BESIDE | {"cadence": "keep", "to": {"area": "b"}})
    years = [row for y in range(2011, 2016) for row in rows(y, a=10, b=9 + (y == 2013) * 2)]
    assert told(kept, observations(*years), "a", None)[:2] == ("not_met", (-1,))
    by = one(BESIDE | {"cadence": "by", "due": 2014, "to": {"area": "b"}})
    assert told(by, observations(*rows(2012, a=8, b=9)), "a", 2012)[0] == "not_yet"


def test_areas_may_have_references_of_their_own() -> None:
    made = one(
        BESIDE | {"to": {"area": "c"}},
        targets=[{"area": "b", "value": 2}, {"area": "a", "comparison": "at_least", "value": 3}],
    )
    figures = observations(*rows(a=2, b=6, c=5))
    assert told(made, figures, "a")[:2] == ("not_met", (2,))
    assert told(made, figures, "b")[:2] == ("not_met", (1,))


# ----------------------------------------------------------------------------------- rank


def placed(target: Row, **areas: float | str) -> dict[str, tuple[str, tuple[float | None, ...]]]:
    made, figures = one(RANK | target), observations(*rows(2012, "g", **areas))
    return {area: told(made, figures, area)[:2] for area in areas}


def test_the_best_come_first_and_equal_ones_share_a_place() -> None:
    found = placed({"among": {"best": 2}}, a=9, b=7, c=7, d=5)
    assert found == {
        "a": ("met", (1,)), "b": ("met", (2,)), "c": ("met", (2,)), "d": ("not_met", (4,)),
    }  # fmt: skip
    lowest = placed({"among": {"best": 1}, "better": "lower"}, a=9, b=0.1 + 0.2, c=0.3)
    assert {area: verdict for area, (verdict, _) in lowest.items()} == {
        "a": "not_met", "b": "met", "c": "met",  # 0.1 + 0.2 is 0.3
    }  # fmt: skip


@pytest.mark.parametrize(
    ("among", "reached"),
    turns(
        [
            ("top_half", 5),
            ("first_third", 3),
            ("top_quarter", 2),
            ("top_fifth", 2),
            ("top_tenth", 1),
        ],
        2,
    ),
)
def test_a_share_of_ten_areas_is_counted_down(among: str, reached: int) -> None:
    found = placed({"among": among}, **{f"area-{n}": n for n in range(10)})
    assert sum(verdict == "met" for verdict, _ in found.values()) == reached


def test_only_areas_with_a_figure_are_ranked_and_enough_of_them() -> None:
    found = placed({"among": {"best": 1}}, a=9, b=7, c="missing", d="not_applicable")
    assert found["a"] == ("met", (1,)) and found["c"][0] == "no_data"
    assert found["d"][0] == "not_applicable"
    few = placed({"among": "top_quarter"}, a=9, b=7, c=5)
    assert {verdict for verdict, _ in few.values()} == {"no_data"}  # a quarter of three is nobody
    asked = placed({"among": {"best": 1}, "of_at_least": 4}, a=9, b=7, c=5)
    assert {verdict for verdict, _ in asked.values()} == {"no_data"}
    alone = placed({"among": {"best": 1}}, a=9)
    assert alone["a"] == ("no_data", ())


def test_a_withheld_figure_is_not_given_away_by_the_place_of_another() -> None:
    found = placed({"among": {"best": 2}}, a=9, b=7, c=5, d="suppressed")
    assert found["a"] == ("met", (1, 2))  # whatever d has
    assert found["b"] == ("suppressed", ())  # second or third
    assert found["c"] == ("not_met", (3, 4))
    assert found["d"] == ("suppressed", ())


def test_an_interval_has_the_places_it_may_have() -> None:
    made = one(RANK | {"among": {"best": 2}})
    wide = {"area": "a", "year": 2012, "low": 6, "high": 8}
    figures = observations(wide, *rows(b=7, c=9, d=1))
    assert told(made, figures, "a") == ("not_met", (2, 3), 4)
    assert told(made, figures, "b") == ("not_met", (2, 3), 4)
    assert told(made, figures, "d")[:2] == ("not_met", (4,))


def test_named_areas_are_ranked_and_no_others() -> None:
    made = one(RANK | {"among": {"best": 1}, "of": ["a", "b", "c"]})
    figures = observations(*rows(a=5, b=4, c=3, union=9))
    assert told(made, figures, "a") == ("met", (1,), 3)
    assert told(made, figures, "union")[0] == "not_applicable"


def test_a_whole_does_not_rank_beside_its_parts() -> None:
    made = one(RANK | {"among": {"best": 1}})
    registry = tuple(
        Area.model_validate({"id": n, "name": TEXT} | ({"part_of": whole} if whole else {}))
        for n, whole in (("union", None), ("mid", "union"), ("a", "mid"), ("b", "mid"))
    )
    made = Plan(header=made.header, sections=made.sections, registry=registry)
    figures = observations(*rows(a=5, b=4, union=9), *rows(2013, union=9, mid=3))
    assert told(made, figures, "a") == ("met", (1,), 2)
    assert told(made, figures, "union")[0] == "not_applicable"
    assert told(made, figures, "union", 2013) == ("not_applicable", (), 1)  # mid is a part


def test_a_rank_is_never_exceeded_has_no_level_and_no_forecast() -> None:
    made = one(RANK | {"among": {"best": 1}})
    figures = observations(*(row for y in range(2008, 2013) for row in rows(y, a=y, b=1)))
    e = Evaluation(made, figures)
    first = e.year_verdicts("a", 2012)[0]
    assert (first.verdict.name, first.level, first.attainment, first.road) == (
        "met", None, None, None,
    )  # fmt: skip
    assert e.outlook("2012", "a")["silence"].tolist() == ["against_others"]


@pytest.mark.parametrize("seed", turns(range(4), 3))
def test_both_codes_rank_alike(seed: int) -> None:
    rng = np.random.default_rng(seed)
    found: list[Row] = []
    for n in range(12):
        for year in (2011, 2012):
            kind = rng.integers(0, 8)
            row = {"area": f"area-{n}", "goal": "g", "year": year}
            value = float(rng.integers(0, 6)) / 10 * 3
            if kind == 0:
                continue
            if kind == 1:
                row["state"] = "suppressed" if n % 2 else "not_applicable"
            elif kind == 2:
                row |= {"low": value, "high": value + 0.6}
            else:
                row["value"] = value
            found.append(row)
    among: Any = ["top_quarter", {"best": 3}, "top_half", "first_third"][seed]
    better = ["higher", "lower"][seed % 2]
    made = one(RANK | {"among": among, "better": better})
    figures = observations(*found)
    verdicts = {
        told(made, figures, f"area-{n}", year)[0] for n in range(12) for year in (2011, 2012)
    }
    assert len(verdicts) > 2


def test_places_of_many_areas_are_told_quickly_and_right() -> None:
    made = one(RANK | {"among": {"best": 100}})
    many = 3000
    figures = observations(
        *({"area": f"area-{n}", "year": 2012, "value": n * 7 % many} for n in range(many))
    )
    frame = Evaluation(made, figures).verdicts("2012", areas="all")
    order = np.array([many - n * 7 % many for n in range(many)])
    at = dict(zip(frame["area"], frame["value"], strict=True))
    assert [at[f"area-{n}"] for n in range(many)] == order.tolist()
    assert (frame["verdict"] == "met").sum() == 100
