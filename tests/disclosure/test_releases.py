"""Releases one after the other: whoever keeps them all learns no more of a withheld count."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from attacker import Found, attack, releases, unavoidable
from examples import LONG, examples
from helpers import observations, plan
from hypothesis import given
from hypothesis import strategies as st
from tables import SHARE, counted, district_figures, district_plan, goal, sums, with_areas

from planlib.disclosure import published
from planlib.evaluation.given.figures import GivenFigures
from planlib.figures.observations import Observations, State, vintage_day
from planlib.plan.plan import Plan
from planlib.scoring.certainty.lessons import Lessons

EARLY, LATE = "2013-01-31", "2013-06-30"
GROWTH = {"comparison": "at_most", "value": 10, "basis": "growth", "cadence": "every_year"}
LEVEL = {"comparison": "at_most", "value": 10, "cadence": "every_year"}
PEOPLE = {"vi": "người", "en": "people"}
THREE = with_areas(plan(counted()), *sums("a", "b", "c"))


def report(day: str, **counts: float) -> list[dict[str, Any]]:
    """What was reported of some areas on a day."""
    return [
        {"area": name, "goal": "users", "year": 2012, "vintage": day, "value": count}
        for name, count in counts.items()
    ]


def withheld(one: Plan, figures: Observations, day: str | None = None) -> dict[str, str]:
    found = published(one, figures, as_of=None if day is None else vintage_day(day))
    return {w.area: w.why for w in found.withheld}


def lost(one: Plan, figures: Observations, **more: Any) -> list[Found]:
    """The small counts that somebody with every release can narrow down."""
    given = releases(one, figures)
    found = attack(one, figures, given, **more)
    return [count for count in found if not count.safe]


# ------------------------------------------------------------------ one area of a district
def test_a_figure_that_was_withheld_once_stays_withheld_after_a_revision() -> None:
    figures = observations(
        *report(EARLY, district=19, a=3, b=7, c=9), *report(LATE, district=20, b=8)
    )
    # In January the seven is the cheapest to withhold beside the three. In June the nine would be,
    # since it was reported once; but then the seven, told in June, would give the three away.
    assert withheld(THREE, figures, EARLY) == {"a": "primary", "b": "complementary"}
    assert withheld(THREE, figures, LATE) == {"a": "primary", "b": "complementary"}
    assert lost(THREE, figures) == []


def test_each_release_made_for_itself_alone_would_give_the_count_away() -> None:
    first = observations(*report(EARLY, district=19, a=3, b=7, c=9))
    both = observations(*report(EARLY, district=19, a=3, b=7, c=9), *report(LATE, district=20, b=8))
    alone = published(THREE, first).observations
    second = both.frame.copy()
    hidden = second["area"].isin(["a", "c"])
    second.loc[hidden, "state"] = State.suppressed
    (three, *_) = attack(THREE, both, [alone, Observations(second, public=True)])
    assert (three.low, three.high) == pytest.approx((3, 3))


def test_what_was_told_before_a_count_became_small_is_no_cover_for_it() -> None:
    # b and c are out since January, so only June's total can hide the three.
    figures = observations(
        *report(EARLY, district=36, a=7, b=20, c=9), *report(LATE, district=32, a=3)
    )
    assert withheld(THREE, figures, EARLY) == {}
    assert withheld(THREE, figures, LATE) == {"a": "primary", "district": "complementary"}
    assert lost(THREE, figures) == []


def test_where_earlier_releases_gave_it_away_the_new_one_still_does_not() -> None:
    # The total that the three belongs to was out a month before the three was reported.
    figures = observations(
        *report(EARLY, district=36, a=7, b=20, c=9),
        *report("2013-05-31", district=32),
        *report(LATE, a=3),
    )
    given = releases(THREE, figures)
    (three,) = attack(THREE, figures, given)
    assert not three.safe and unavoidable(THREE, figures, given, three)
    (alone,) = attack(THREE, figures, given[-1])
    assert alone.safe


def test_a_revised_part_under_an_unrevised_total_is_a_tie_where_the_sum_holds() -> None:
    # January's total was right and ward a's figure was not: June's three follows from the total.
    figures = observations(
        *report(EARLY, district=32, a=7, b=20, c=9), *report(LATE, a=3, b=21, c=8)
    )
    assert lost(THREE, figures) == []
    assert set(withheld(THREE, figures)) > {"a"}


def test_a_percentage_is_small_from_the_day_it_can_be_reckoned() -> None:
    one = plan(
        goal("users", PEOPLE, target=LEVEL),
        goal("sent", target=SHARE, sensitive=True, denominator="users"),
    )
    rows = [
        {"goal": "sent", "year": 2012, "vintage": EARLY, "value": 20.0},
        {"goal": "users", "year": 2012, "vintage": LATE, "value": 15},
    ]
    figures = observations(*rows)
    assert published(one, figures, as_of=vintage_day(EARLY)).withheld == ()
    # 20 % of 15 are three. The 20 % are out, so the fifteen have to go too.
    found = published(one, figures).withheld
    assert {(w.goal, w.why) for w in found} == {("sent", "primary"), ("users", "complementary")}


# ------------------------------------------------------------------ replays
def test_a_release_replayed_later_is_the_same_as_it_was() -> None:
    one, figures = district_plan(), district_figures()
    days = sorted(set(figures.frame["vintage"]))
    for day in days[1:6:2] if LONG else days[1:6:4]:
        then = Observations(figures.frame[figures.frame["vintage"] <= day])
        was, now = published(one, then), published(one, figures, as_of=int(day))
        assert was.withheld == now.withheld and was.withheld
        pd.testing.assert_frame_equal(
            was.observations.frame.astype({"source": str, "words": str, "note": str}),
            now.observations.frame.astype({"source": str, "words": str, "note": str}),
        )


def cut_alike(one: Plan, figures: Observations, area: str) -> None:
    """The release of every day, cut from that of every report, is what it is by itself."""
    given = GivenFigures(one, figures, "public")
    given.release(None)
    for day in sorted(set(figures.frame["vintage"].tolist())):
        alone = GivenFigures(one, figures, "public")
        assert given.withholds(day) == alone.withholds(day)
        assert given.reported_areas(day) == alone.reported_areas(day)
        assert learned(given.lessons(one, day)) == learned(alone.lessons(one, day))
        for mine, its in (
            (given.release(day), alone.release(day)),
            (given.about(one, day, [area]), alone.about(one, day, [area])),
        ):
            pd.testing.assert_frame_equal(
                *(plain(shown.frame).reset_index(drop=True) for shown in (mine, its))
            )


def learned(lessons: Lessons) -> str:
    return str([(name, vars(one)) for name, one in lessons.items()])


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The texts of figures as texts, whatever others there were."""
    texts = frame.select_dtypes("category").columns
    return frame.astype(dict.fromkeys(texts, str))


def test_a_day_is_cut_from_the_release_of_every_report() -> None:
    whole = district_figures().frame
    years = Observations(whole[whole["year"] == 2011].reset_index(drop=True))
    cut_alike(district_plan(), years, "ward-01")


def test_no_report_after_the_day_is_in_a_release_not_even_its_words() -> None:
    figures = observations(
        *report(EARLY, a=30),
        *({**row, "note": "revised 77", "source": "June"} for row in report(LATE, a=31)),
    )
    frame = published(THREE, figures, as_of=vintage_day(EARLY)).observations.frame
    assert frame["value"].tolist() == [30]
    assert "revised 77" not in frame["note"].cat.categories
    assert "June" not in frame["source"].cat.categories


def test_no_release_tells_what_an_earlier_one_withheld() -> None:
    one, figures = district_plan(), district_figures(2)
    before: set[tuple[str, str, int]] = set()
    for day in sorted(set(figures.frame["vintage"]))[: 6 if LONG else 3]:
        found = published(one, figures, as_of=int(day)).withheld
        now = {(w.area, w.goal, w.year) for w in found}
        assert now >= before
        before = now


# ------------------------------------------------------------------ whatever the figures
counts = st.integers(0, 12)
moves = st.lists(st.integers(-3, 3), min_size=3, max_size=5)


@given(
    wards=st.lists(counts, min_size=3, max_size=5),
    revisions=st.lists(st.tuples(moves, st.booleans()), min_size=1, max_size=3),
)
@examples(40)
def test_no_revisions_of_a_district_give_a_count_away(
    wards: list[int], revisions: list[tuple[list[int], bool]]
) -> None:
    names = [f"w{at}" for at in range(len(wards))]
    one = with_areas(plan(counted()), *sums(*names))
    now = dict(zip(names, wards, strict=True))
    rows = report("2013-01", district=sum(wards), **now)
    for month, (step, with_total) in enumerate(revisions, start=2):
        moved = {name: max(0, now[name] + by) for name, by in zip(names, step, strict=False) if by}
        now |= moved
        if with_total:
            moved["district"] = sum(now.values())
        rows += report(f"2013-{month:02d}", **moved)
    figures = observations(*rows)
    if LONG:  # as of the district in the test above
        cut_alike(one, figures, "w0")
    given = releases(one, figures)
    for count in attack(one, figures, given):
        if not count.safe:
            assert unavoidable(one, figures, given, count), count
    for count in attack(one, figures, given[-1]):
        assert count.safe, count


def test_the_district_of_ten_wards_is_safe_from_who_kept_every_release() -> None:
    one, figures = district_plan(), district_figures()
    frame = figures.frame[figures.frame["year"] == 2011]
    year = Observations(frame.reset_index(drop=True))
    found = attack(one, year, releases(one, year))
    assert len(found) > 50
    assert [count for count in found if not count.safe] == []


# ------------------------------------------------------------------ years
def grown(*years: tuple[int, int, int]) -> Observations:
    return observations(
        *(
            {
                "goal": "sent", "year": year, "vintage": f"{year + 1}-01-31",
                "numerator": more, "denominator": stock,
            }
            for year, more, stock in years
        )
    )  # fmt: skip


def test_a_growth_over_its_stock_ties_the_years_together() -> None:
    one = plan(goal("sent", target=GROWTH, sensitive=True))
    figures = grown((2011, 12, 100), (2012, 3, 112), (2013, 10, 115))
    naive = figures.frame.copy()
    naive.loc[1, "state"] = State.suppressed
    (three, *_) = attack(one, figures, Observations(naive, public=True))
    assert (three.low, three.high) == pytest.approx((3, 3))
    found = {(w.year, w.why) for w in published(one, figures).withheld}
    assert found == {(2012, "primary"), (2013, "complementary")}
    assert lost(one, figures) == []


def test_growth_that_does_not_add_up_ties_nothing() -> None:
    one = plan(goal("sent", target=GROWTH, sensitive=True))
    moved = grown((2011, 12, 100), (2012, 3, 140), (2013, 10, 160))  # people move in as well
    assert {w.year for w in published(one, moved).withheld} == {2012}


def stock_plan(**flows: Any) -> Plan:
    return plan(
        counted("users", **flows),
        counted("new-users"),
        counted("recovered"),
    )


def stock_figures(told: str) -> Observations:
    stocks, came, left = (100, 109, 120, 126), (0, 12, 14, 9), (0, 3, 3, 3)
    return observations(
        *(
            {"goal": name, "year": 2011 + at, "vintage": f"{2012 + at}-{told}", "value": count}
            for name, series in (("users", stocks), ("new-users", came), ("recovered", left))
            for at, count in enumerate(series)
        )
    )


def test_a_declared_stock_and_its_flows_are_protected_together() -> None:
    tied = stock_plan(inflows=["new-users"], outflows=["recovered"])
    figures = stock_figures("01-31")
    plainly = published(stock_plan(), figures)
    assert {(w.goal, w.why) for w in plainly.withheld} == {("recovered", "primary")}
    broken = attack(tied, figures, plainly.observations)
    assert any(not one.safe for one in broken)
    assert lost(tied, figures) == []


def test_last_years_count_beside_this_years_is_withheld_with_last_years() -> None:
    change = {"comparison": "at_most", "value": -5, "basis": "change", "cadence": "every_year"}
    one = with_areas(plan(goal("users", "%", target=change, sensitive=True)), *sums("a", "b", "c"))
    rows = report(EARLY, district=63, a=3, b=20, c=40)
    rows += [
        {
            "area": name, "goal": "users", "year": 2013, "vintage": "2014-01-31",
            "value": now, "numerator": now, "denominator": was,
        }
        for name, now, was in (("district", 70, 63), ("b", 22, 20), ("c", 39, 40))
    ]  # fmt: skip
    found = {(w.area, w.year) for w in published(one, observations(*rows)).withheld}
    hidden = {area for area, year in found if year == 2012} - {"a"}
    # Whatever hides the three in 2012 is not told beside the figure of 2013.
    assert hidden and {(area, 2013) for area in hidden} <= found
