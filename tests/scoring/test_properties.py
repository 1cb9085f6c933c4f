"""What must hold for every target and every figure, whatever they are."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from examples import examples
from helpers import TEXT, goal, observations, plan
from hypothesis import assume, given
from hypothesis import strategies as st

from planlib.figures.observations import Observations
from planlib.plan.target import Target
from planlib.scoring.score import score, score_term
from planlib.scoring.verdict import position

# Whole hundredths: figures as offices print them, with every tie reachable.
figures = st.integers(-20_000, 20_000).map(lambda n: n / 100)
amounts = st.integers(0, 20_000).map(lambda n: n / 100)
ONE_VALUE = ("at_least", "above", "at_most", "below")
RANK = {"exceeded": 3, "met": 2, "not_yet": 1, "not_met": 1, "not_due": 0, "no_data": 0}


@st.composite
def targets(draw: st.DrawFn, ends: st.SearchStrategy[float] = figures) -> dict[str, Any]:
    """Any target whose figures have a better direction all the way."""
    kind = draw(st.sampled_from([*ONE_VALUE, "about", "between"]))
    better = draw(st.sampled_from(["higher", "lower"]))
    if kind == "between":
        low, high = sorted([draw(ends), draw(ends)])
        beyond = draw(st.sampled_from(["good", "neutral"]))
        return {"comparison": kind, "low": low, "high": high, "better": better, "beyond": beyond}
    target = {"comparison": kind, "value": draw(ends)}
    return target | ({"better": better} if kind == "about" else {})


def better_of(target: dict[str, Any]) -> str:
    return str(Target.model_validate(target | {"cadence": "every_year"}).better)


def one_goal(target: dict[str, Any]) -> Any:
    return plan(goal(unit=TEXT, target=target))


@given(targets(), figures, figures)
def test_a_better_figure_never_gives_a_worse_verdict(
    target: dict[str, Any], one: float, two: float
) -> None:
    worse, better = sorted([one, two], reverse=better_of(target) == "lower")
    made = Target.model_validate(target | {"cadence": "every_year"})
    positions = position(np.array([worse, better]), made)
    assert positions[0] <= positions[1]


typed = st.tuples(st.integers(-(10**9), 10**9), st.integers(0, 6)).map(lambda n: n[0] / 10 ** n[1])
counted = st.tuples(st.integers(0, 10**9), st.integers(0, 3)).map(lambda n: n[0] / 10 ** n[1])


def exact(number: float) -> Fraction:
    """The decimal a double was typed as."""
    return Fraction(repr(number))


def told(target: dict[str, Any], made: Fraction) -> bool:
    """Whether a figure reaches the target, in whole numbers alone."""
    end = exact(target["value"])
    return {
        "at_least": made >= end, "above": made > end, "at_most": made <= end, "below": made < end
    }[target["comparison"]]  # fmt: skip


def reached(target: dict[str, Any], *rows: dict[str, Any]) -> bool:
    unit = "%" if target["basis"] in {"share", "change"} else TEXT
    frame = score(plan(goal(unit=unit, target=target)), observations(*rows))
    return str(frame["verdict"].iloc[-1]) in {"met", "exceeded"}


@examples(150)
@given(st.sampled_from(ONE_VALUE), typed, st.integers(-2, 2), st.integers(0, 6))
def test_a_figure_is_held_against_its_target_in_the_decimals_of_both(
    kind: str, value: float, steps: int, places: int
) -> None:
    figure = float(exact(value) + Fraction(steps, 10**places))
    target = {"comparison": kind, "value": value, "basis": "level", "cadence": "every_year"}
    assert reached(target, {"year": 2015, "value": figure}) == told(target, exact(figure))


@examples(150)
@given(st.sampled_from(ONE_VALUE), counted, st.integers(1, 10**6), st.integers(0, 4))
def test_a_share_is_worked_out_in_fractions(
    kind: str, above: float, below: int, places: int
) -> None:
    share = 100 * exact(above) / below
    end = round(float(share), places)  # as near to the figure as a plan may set it
    assume(0 <= end <= 1e15)
    target = {"comparison": kind, "value": end, "basis": "share", "cadence": "over_term"}
    rows = [{"year": 2011 + i, "numerator": above, "denominator": below} for i in range(5)]
    limits = {"low": 0, "high": 1e15}
    one = plan(goal(target=target, limits=limits))
    verdict = str(score(one, observations(*rows))["verdict"].iloc[-1])
    assert (verdict in {"met", "exceeded"}) == told(target, share)


@examples(150)
@given(
    st.sampled_from(ONE_VALUE), st.lists(typed, min_size=5, max_size=5), st.integers(-1, 1),
    st.integers(0, 6),
)  # fmt: skip
def test_a_total_is_added_up_in_decimals(
    kind: str, yearly: list[float], steps: int, places: int
) -> None:
    total = sum(map(exact, yearly), Fraction(0))
    # Told at 15 digits of all that was added: 1,000,000,000 less .000001 needs one more.
    size = sum((abs(exact(value)) for value in yearly), Fraction(0))
    finest = Fraction(10) ** (math.floor(math.log10(size)) - 14) if size else Fraction(1)
    end = total + Fraction(steps, 10**places)
    assume(not size or all(exact(value) % finest == 0 for value in (*yearly, float(end))))
    target = {
        "comparison": kind, "value": float(end), "basis": "level", "cadence": "over_term",
    }  # fmt: skip
    rows = [{"year": 2011 + i, "value": value} for i, value in enumerate(yearly)]
    assert reached(target, *rows) == told(target, total)


@examples(150)
@given(st.sampled_from(ONE_VALUE), counted, counted, st.integers(0, 4))
def test_a_change_is_taken_in_fractions(kind: str, was: float, now: float, places: int) -> None:
    assume(was > 0)
    change = 100 * (exact(now) - exact(was)) / exact(was)
    end = round(float(change), places)
    assume(-100 <= end <= 1e15)
    target = {"comparison": kind, "value": end, "basis": "change", "cadence": "every_year"}
    rows = [{"year": 2014, "value": was}, {"year": 2015, "value": now}]
    assert reached(target, *rows) == told(target, change)


@examples(60)
@given(
    targets(amounts), st.sampled_from(["every_year", "by", "keep", "over_term"]),
    st.lists(amounts, min_size=6, max_size=6), st.integers(0, 5), amounts,
)  # fmt: skip
def test_a_better_year_never_gives_a_worse_verdict_in_any_cadence(
    target: dict[str, Any], cadence: str, years: list[float], which: int, gain: float
) -> None:
    due = {"due": 2014} if cadence == "by" else {}
    one = one_goal(target | {"cadence": cadence} | due)
    sign = 1 if better_of(target) == "higher" else -1
    improved = list(years)
    improved[which] = years[which] + sign * gain
    before, after = (
        observations(*({"year": 2010 + i, "value": v} for i, v in enumerate(values)))
        for values in (years, improved)
    )
    for scoring in (score, score_term):
        old = scoring(one, before)["verdict"].astype(str).map(RANK)
        new = scoring(one, after)["verdict"].astype(str).map(RANK)
        assert (new >= old).all()


@examples(60)
@given(
    targets(amounts), st.sampled_from(["every_year", "by", "keep", "over_term"]),
    st.lists(amounts, min_size=6, max_size=6), st.sampled_from([1e-3, 0.25, 7.0, 1e6]),
)  # fmt: skip
def test_changing_the_unit_changes_no_verdict_and_no_ratio(
    target: dict[str, Any], cadence: str, years: list[float], factor: float
) -> None:
    due = {"due": 2014} if cadence == "by" else {}
    scaled = {k: v * factor if isinstance(v, float) else v for k, v in target.items()}
    frames = []
    for one, size in ((target, 1.0), (scaled, factor)):
        rows = [{"year": 2010 + i, "value": v * size} for i, v in enumerate(years)]
        frames.append(score(one_goal(one | {"cadence": cadence} | due), observations(*rows)))
    one, two = frames
    assert one["verdict"].tolist() == two["verdict"].tolist()
    for name in ("level", "attainment", "road", "schedule_index"):
        np.testing.assert_allclose(one[name], two[name], rtol=1e-6, atol=1e-9)
    for name in ("secured", "impossible"):
        assert one[name].tolist() == two[name].tolist()


KINDS: list[dict[str, Any]] = [
    {"comparison": "between", "low": 15.0, "high": 20.0, "basis": "count", "cadence": "over_term"},
    {"comparison": "at_least", "value": 90.0, "cadence": "by", "due": 2014},
    {
        "comparison": "between", "low": -7.0, "high": -5.0, "better": "lower", "basis": "change",
        "cadence": "every_year",
    },
    {"comparison": "at_least", "value": 100.0, "basis": "quota", "cadence": "every_year"},
    {"comparison": "at_least", "value": 80.0, "basis": "share", "cadence": "keep"},
]  # fmt: skip


def panel_of(seed: int, areas: int = 4) -> tuple[Any, Observations]:
    """Every kind of goal in some areas, with gaps, revisions and intervals."""
    rng = np.random.default_rng(seed)
    goals = [
        goal(
            f"g{i}", unit="%" if k.get("basis") in {"change", "quota", "share"} else TEXT, target=k
        )
        for i, k in enumerate(KINDS)
    ]
    rows = []
    for area in range(areas):
        for index in range(len(KINDS)):
            for year in range(2010, 2016):
                for vintage in range(rng.integers(0, 3)):
                    row: dict[str, Any] = {
                        "area": f"area-{area}", "goal": f"g{index}", "year": year,
                        "vintage": f"{year + 1}-0{vintage + 1}",
                    }  # fmt: skip
                    value = float(rng.integers(1, 120))
                    if KINDS[index].get("basis") == "share":
                        row |= {"numerator": value, "denominator": 120.0}
                    elif KINDS[index].get("basis") == "quota":
                        row |= {"value": value, "assigned": 60.0}
                    elif rng.random() < 0.2:
                        row |= {"low": value, "high": value + 3}
                    elif rng.random() < 0.2:
                        row |= {"state": "missing"}
                    else:
                        row |= {"value": value}
                    rows.append(row)
    return plan(*goals), observations(*rows)


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.astype({"area": str, "goal": str, "verdict": str, "published_verdict": str})
    return frame.drop(columns="row").sort_values(["goal", "area", "year"]).reset_index(drop=True)


@examples(15)
@given(st.integers(0, 10_000))
def test_verdicts_do_not_depend_on_the_order_of_rows(seed: int) -> None:
    one, figures_ = panel_of(seed)
    shuffled = figures_.frame.sample(frac=1, random_state=seed).reset_index(drop=True)
    for scoring in (score, score_term):
        pd.testing.assert_frame_equal(
            ordered(scoring(one, figures_)), ordered(scoring(one, Observations(shuffled)))
        )


@examples(15)
@given(st.integers(0, 10_000))
def test_scoring_a_panel_equals_scoring_its_areas_and_goals_one_by_one(seed: int) -> None:
    one, figures_ = panel_of(seed)
    for scoring in (score, score_term):
        whole = ordered(scoring(one, figures_))
        pieces = []
        for area in figures_.frame["area"].cat.categories:
            mine = figures_.of_area(str(area))
            pieces += [scoring(one, mine, areas=[str(area)], goals=[each]) for each in one.goals]
        pd.testing.assert_frame_equal(whole, ordered(pd.concat(pieces)))
