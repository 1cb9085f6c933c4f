"""What the words drawn inside pictures have to state: titles, targets, chances, what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from goal_truths import chance_of, mine, of_period
from stated import Place, numbers_of
from truths import (
    REACHED,
    SHORT,
    Results,
    Truth,
    found_years,
    likely,
    near,
    of,
    of_year,
    sets,
    wholes,
)

from planlib.outlook.backtest.record import record_of_all_years
from planlib.report.vocabulary import LOOKS
from planlib.review.profile import Profile, profile


def latest(found: Results, place: Place, told: Any) -> bool:
    """The newest figure of the goal, its year and the verdict on it."""
    one, seen = mine(found), profiled(found)
    point = seen.newest[-1]
    judged = next(v for v in seen.verdicts if v.year == point.year)
    (number,) = set(numbers_of(told["figure"])) - found_years(one)
    look = LOOKS[judged.verdict].glyph
    return told["year"] == point.year and near(number, point.value) and look in place.text


def profiled(found: Results) -> Profile:
    """What is known of the goal of a page."""
    page: Any = found.page
    return (
        page.profile
        if hasattr(page, "profile")
        else profile(page.evaluation, page.area, page.goal.id)
    )


def named_target(found: Results, place: Place, told: Any) -> bool:
    """The target of the small chart it stands in, or of the one goal of the page."""
    one = named(found, place)
    year = told.get("year", found.year)
    due = one.goal.target_for(year) if "year" in told else one.target
    return sets(told["target"], replace(one, target=due)) and year in found.years


def named(found: Results, place: Place) -> Any:
    return mine(found) if hasattr(found.page, "goal") else found.named(place.anchor)


def chance(found: Results, place: Place, told: Any) -> bool:
    """How likely the goal is met, as its outlook has it."""
    ahead = found.page._outlook.of(named(found, place).goal.id)  # type: ignore[attr-defined]
    return chance_of(told["chance"], ahead.probability)


def reached(found: Results, place: Place, told: Any) -> bool:
    held = wholes(found.at(place))
    right = {"n": of(held, REACHED | SHORT), "reached": of(held, REACHED), "year": found.year}
    return bool(told == right)


def left_out(found: Results, place: Place, told: Any) -> bool:
    """The goals of a section that nothing was ever reported of."""
    trends = found.review.trends
    return bool(
        told["n"]
        == sum(not any(p.newest for p in trends.get(v.goal.id, ())) for v in found.at(place))
    )


def came_true(found: Results, place: Place, told: Any) -> bool:
    """What came of forecasts of about seven in ten."""
    low, high = told["low"] / 100, told["high"] / 100
    (one,) = (
        r for r in record_of_all_years("walk")
        if r.event == "holding" and (r.low, r.high) == (low, high)
    )  # fmt: skip
    return low <= 0.7 <= high and told["n"] == one.n and near(told["share"], 100 * one.k / one.n)


PICTURE_TRUTHS: dict[str, Truth] = {
    "chart.trend.finding": latest,
    "chart.trend.shown": lambda f, place, told: told["year"] == f.years[0],
    "chart.trend.total": lambda f, place, told: told["year"] == f.years[0],
    "chart.fan": of_year, "chart.multiples.none": of_year, "chart.bands.title": of_period,
    "chart.target": named_target, "chart.trend.target_of": named_target,
    "chart.fan.chance": chance,
    "chart.multiples.finding": reached, "chart.multiples.left_out": left_out,
    "chart.met.middle": lambda f, place, told: near(told["expected"], likely(f)[1]),
    "chart.reliability.finding": came_true,
}  # fmt: skip
