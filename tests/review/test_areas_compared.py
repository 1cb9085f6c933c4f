"""Areas compared: what strangers bring, what is withheld, what must not be read across a break."""

from __future__ import annotations

import numpy as np
import pytest
from helpers import goal, observations
from helpers import plan as plan_of

import planlib
from planlib.evaluation import Evaluation
from planlib.plan.areas import Area
from planlib.plan.plan import Plan
from planlib.review.areas import area_comparison

SHARE = {"comparison": "at_least", "value": 90, "basis": "share", "cadence": "every_year"}
LEVEL = {"comparison": "at_most", "value": 6, "cadence": "every_year"}
TEXT = {"vi": "chữ", "en": "text"}


def plan(*goals, **more) -> Plan:
    return plan_of(*(goals or (goal(target=SHARE),)), **more)


def rows(*pairs: tuple[float, float], year: int = 2013, **more) -> list[dict[str, object]]:
    return [
        {"area": f"a{at}", "year": year, "numerator": above, "denominator": below, **more}
        for at, (above, below) in enumerate(pairs)
    ]


def compared(*figures, of: Plan | None = None, period: int = 2013, **more):
    held = Evaluation(of or plan(), observations(*figures))
    found = area_comparison(held, "g", period, **more)
    return found, {one.area: one for one in found.areas}


def test_an_area_beyond_the_limits_of_its_size_is_outside_and_a_small_one_is_not():
    found, areas = compared(*rows((500, 1000), (520, 1000), (480, 1000), (800, 1000), (8, 10)))
    assert found.method == "binomial" and found.average == pytest.approx(100 * 2308 / 4010)
    assert areas["a3"].outside == "high" and areas["a4"].outside is None
    assert areas["a4"].value == areas["a3"].value == 80.0
    assert areas["a4"].shrunken < areas["a3"].shrunken
    assert areas["a3"].lower < found.average < areas["a3"].upper


def test_no_rank_stands_without_a_band_that_holds_it():
    found, _ = compared(*rows((50, 100), (55, 100), (52, 104), (49, 90), (70, 100)))
    for one in found.known:
        assert one.rank_low <= one.rank <= one.rank_high


def test_areas_that_differ_by_chance_alone_are_not_told_apart():
    found, _areas = compared(*rows((50, 100), (52, 100), (49, 100)))
    assert {one.standing for one in found.known} == {"alike"} and not found.told_apart
    assert [(one.rank_low, one.rank_high) for one in found.known] == [(1, 3)] * 3
    assert not found.spread.found


def test_figures_without_their_two_numbers_have_neither_limits_nor_ranks():
    values = [{"area": name, "year": 2013, "value": 90 + at} for at, name in enumerate("abc")]
    found, _areas = compared(*values)
    assert (found.method, found.silence) == ("none", "no_denominators")
    assert [one.value for one in found.areas] == [90, 91, 92]
    assert all(
        one.rank is None and one.upper is None and one.shrunken is None for one in found.areas
    )


@pytest.mark.parametrize(
    ("figures", "silence"),
    [
        ([{"area": "a", "year": 2012, "value": 5}], "no_figures"),
        (rows((5, 10)), "one_area"),
        (rows((5.5, 10.25), (6.5, 11.5)), "not_counts"),
    ],
)
def test_why_there_is_no_funnel_is_told(figures, silence):
    found, _ = compared(*figures)
    assert found.silence == silence and found.average is None and not found.curve


def test_a_denominator_of_zero_does_not_apply_and_is_in_nobodys_average():
    found, areas = compared(*rows((5, 10), (0, 0), (6, 10)))
    assert areas["a1"].state == "not_applicable" and areas["a1"].rank is None
    assert found.average == 55.0


@pytest.mark.parametrize(("above", "rank"), [(0, 1), (10, 1)])
def test_all_equal_areas_share_the_first_rank_and_no_limit_lets_them_out(above, rank):
    found, _ = compared(*rows(*[(above, 10)] * 4))
    assert {(one.rank, one.outside, one.standing) for one in found.known} == {(rank, None, "alike")}


def test_rates_take_the_power_of_ten_that_their_numbers_give():
    rates = [
        {"area": name, "year": 2013, "value": value, "numerator": count, "denominator": people}
        for name, value, count, people in (
            ("a", 30.0, 3, 10_000), ("b", 57.1, 8, 14_000), ("c", 0.0, 0, 9_000), ("d", 400, 40, 10_000),
        )
    ]  # fmt: skip
    found, areas = compared(*rates, of=plan(goal(unit=TEXT, target=LEVEL)))
    assert (found.method, found.scale) == ("poisson", 100_000)
    assert areas["d"].outside == "high" and areas["d"].rank == 4 and areas["c"].rank == 1
    rates[0]["value"] = 77.0
    found, _ = compared(*rates, of=plan(goal(unit=TEXT, target=LEVEL)))
    assert found.silence == "not_a_quotient"


def test_a_range_missed_on_both_sides_ranks_by_the_distance_from_it():
    middle = {"comparison": "between", "low": 50, "high": 50, "beyond": "bad", "basis": "share",
              "cadence": "every_year"}  # fmt: skip
    figures = rows((300, 1000), (510, 1000), (900, 1000), (650, 1000))
    found, areas = compared(*figures, of=plan(goal(target=middle)))
    assert [one.rank for one in found.known] == [3, 1, 4, 2]
    assert areas["a1"].standing == "better" and areas["a2"].standing == "worse"


def withheld(number: float) -> list[dict[str, object]]:
    return [*rows((50, 100), (60, 100)), {"area": "z", "year": 2013, "numerator": number,
                                          "denominator": 100}]  # fmt: skip


def test_what_the_public_may_not_see_changes_no_number_it_sees():
    secret = goal(target=SHARE, sensitive=True)
    shown = []
    for number in (1, 3):
        held = Evaluation(plan(secret), observations(*withheld(number)), audience="public")
        found = area_comparison(held, "g", 2013)
        shown.append((found.average, found.areas, found.curve, found.spread, found.unequal))
        (hidden,) = (one for one in found.areas if one.area == "z")
        assert hidden.state == "withheld"
        assert (hidden.value, hidden.n, hidden.rank, hidden.shrunken) == (None,) * 4
        assert all("z" not in one.peers for one in found.areas)
    assert shown[0] == shown[1]


def with_areas(*areas: Area, of: Plan | None = None) -> Plan:
    return (of or plan()).model_copy(update={"registry": areas})


def test_a_whole_is_not_compared_with_its_parts_nor_what_was_not_there():
    registry = (
        Area(id="a0", name=TEXT),
        Area(id="a1", name=TEXT, part_of="a0"),
        Area(id="a2", name=TEXT, part_of="a0"),
        Area(id="a3", name=TEXT, valid_to="2012-12-31"),
    )
    found, areas = compared(*rows((9, 10), (5, 10), (4, 10), (1, 10)), of=with_areas(*registry))
    assert found.left_out == (("a0", "has_parts"), ("a3", "not_there"))
    assert {"a1", "a2"} <= set(areas) and found.average == 45.0


def test_peers_are_of_the_group_in_the_register():
    registry = tuple(
        Area(id=f"a{at}", name=TEXT, peer_group="rural" if at % 2 else "urban") for at in range(4)
    )
    _, areas = compared(*rows((5, 10), (6, 10), (7, 10), (8, 10)), of=with_areas(*registry))
    assert areas["a1"].peers == ("a3",) and areas["a1"].peers_value == 80.0


def test_a_change_across_a_new_boundary_or_definition_is_flagged():
    moved = Area(id="a1", name=TEXT, changes=[{"date": "2012-07-01", "note": TEXT}])
    later = Area(id="a0", name=TEXT, changes=[{"date": "2014-07-01", "note": TEXT}])
    figures = [*rows((40, 100), (50, 100), year=2010), *rows((50, 100), (50, 100))]
    found, areas = compared(*figures, of=with_areas(moved, later))
    assert found.base == 2010 and areas["a0"].change == 10.0
    assert areas["a0"].breaks == () and [str(day) for day, _ in areas["a1"].breaks] == [
        "2012-07-01"
    ]
    redefined = goal(
        target=SHARE, revisions=[{"date": "2013-02-01", "definition": TEXT, "reason": TEXT}]
    )
    _, areas = compared(*figures, of=plan(redefined))
    assert all(one.breaks for one in areas.values() if one.change is not None)


def test_a_break_is_flagged_where_an_area_has_figures_but_none_of_the_base():
    moved = Area(id="a1", name=TEXT, changes=[{"date": "2012-07-01", "note": TEXT}])
    figures = [*rows((40, 100), year=2010), *rows((45, 100), (50, 100), year=2011)]
    figures += rows((50, 100), (60, 100))
    found, areas = compared(*figures, of=with_areas(moved))
    assert found.base == 2010 and areas["a1"].change is None
    assert [year for year, _ in areas["a1"].history] == [2011, 2013]
    assert [str(day) for day, _ in areas["a1"].breaks] == ["2012-07-01"]


def test_the_order_areas_are_listed_in_says_nothing_of_how_unequal_they_are():
    other = goal("poor", target=SHARE)
    sizes, poor = [100, 300, 50, 80, 500, 60, 90], [20, 20, 20, 40, 40, 60, 60]
    figures = rows(*[(size * (40 + at) / 100, size) for at, size in enumerate(sizes)])
    figures = [{**row, "numerator": round(row["numerator"])} for row in figures]
    figures += [{**row, "goal": "poor"} for row in rows(*[(one, 100) for one in poor])]
    of = plan(goal(target=SHARE), other)
    found, _ = compared(*figures, of=of, order_by="poor")
    again, _ = compared(*reversed(figures), of=of, order_by="poor")
    assert again.unequal == found.unequal
    # one area is a fifth: of the three poorest alike each is in it by a third
    first = sum(round(size * (40 + at) / 100) for at, size in enumerate(sizes[:3])) / 450 * 100
    assert found.unequal.first == pytest.approx(first) and found.unequal.each == 1


def test_fifths_and_slope_are_in_the_order_of_another_goal_where_one_is_named():
    other = goal("poor", target=SHARE)
    figures = [*rows(*[(50 + at, 100) for at in range(10)])]
    figures += [{**row, "goal": "poor"} for row in rows(*[(90 - at, 100) for at in range(10)])]
    own, _ = compared(*figures, of=plan(goal(target=SHARE), other))
    found, _ = compared(*figures, of=plan(goal(target=SHARE), other), order_by="poor")
    assert own.unequal.gap == 8.0 and found.unequal.gap == -8.0
    assert found.ordered_by.id == "poor" and found.unequal.slope == pytest.approx(-10.0)


def test_what_cannot_be_compared_is_refused_in_a_line():
    done = goal(target={"comparison": "done", "cadence": "by", "due": 2015})
    held = Evaluation(plan(done), observations({"year": 2013, "value": 1}))
    for call in (
        lambda: area_comparison(held, "g", 2013),
        lambda: area_comparison(held, "h", 2013),
        lambda: area_comparison(
            Evaluation(plan(), observations(*rows((1, 2)))), "g", 2013, limits="x"
        ),
    ):
        with pytest.raises(planlib.InputError) as raised:
            call()
        assert len(raised.value.problems) == 1


def test_the_limits_of_public_health_are_those_it_prints():
    sizes = ((500, 1000), (450, 1000), (51, 100))
    _, areas = compared(*rows(*sizes), limits="public-health")
    share = 1001 / 2100
    room = 3.090232306 * np.sqrt(share * (1 - share) / 100)
    assert areas["a2"].upper == pytest.approx(100 * (share + room))


def test_a_frame_has_a_row_an_area_and_says_what_holds_for_all():
    e = planlib.evaluate("ward-2010-2015")
    frame = planlib.compare_areas(e, goal="poor-households", period="2013", lang="en")
    assert len(frame) == 10 and frame["outside"].tolist().count("high") == 1
    assert frame.attrs["method"] == "binomial" and frame.attrs["differ"]
    assert frame["rank_low"].dtype == "Int64" and frame["value"].dtype == float
