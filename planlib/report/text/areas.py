"""What a comparison of areas says, in sentences."""

from __future__ import annotations

from typing import Any

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.base import period_record
from planlib.plan.periods.calendar import period
from planlib.report.text.numbers import digits_for, number_text
from planlib.report.text.phrases import ShownFigure, interval_text
from planlib.report.text.phrases import target_text as told_target
from planlib.report.text.units import quantity_text, unit_text
from planlib.review.compared_areas import AreaComparison, ComparedArea

DOUBTFUL = 25.0  # times as much as chance: hardly separate cases
NO_FIGURE = {"missing": "no_data", "withheld": "suppressed", "not_due": "not_due",
             "not_applicable": "not_applicable"}  # fmt: skip


def figure_words(
    found: AreaComparison, number: float | None, language: Language, *, unit: bool = False
) -> str:
    """A figure of the goal; empty where there is none."""
    if number is None:
        return ""
    shown = ShownFigure(number)
    return interval_text(found.goal, found.target, shown, language, unit=unit)


def area_figure(found: AreaComparison, one: ComparedArea, language: Language) -> str:
    """The figure of an area, or why there is none."""
    if one.state == "interval":
        return language("compare.interval")
    if one.value is None:
        return language(f"figure.{NO_FIGURE[one.state]}")
    ends = [end for end in (one.lower, one.upper) if end is not None and one.outside]
    shown = ShownFigure(one.value)
    return interval_text(found.goal, found.target, shown, language, beside=ends)


def limits_words(found: AreaComparison, one: ComparedArea, language: Language) -> str:
    """The limits of an area of its size: one more digit where they would hide that it lies outside."""
    if one.lower is None or one.upper is None or one.value is None:
        return ""
    low, high = (
        number_text(end, language, digits=digits_for(found.target), ends=[one.value])
        for end in (one.lower, one.upper)
    )
    return language("range", low=low, high=high)


def difference_words(
    found: AreaComparison, number: float, language: Language, *, unit: bool = True
) -> str:
    """A difference of two figures in the unit of differences: percentage points of percentages."""
    told = number_text(number, language, digits=digits_for(found.target), ends=[0.0])
    if not unit:
        return told
    of_percent = found.goal.unit == "%" or unit_text(found.goal, found.target, language) == "%"
    points = language("unit.points") if of_percent else found.goal.unit_in(language.code)
    return quantity_text(told, points, language)


def band_words(one: ComparedArea, count: int, language: Language) -> str:
    """The ranks an area may have; empty where it has none."""
    if one.rank_low is None or one.rank_high is None:
        return ""
    low, high, of = (language.number(number) for number in (one.rank_low, one.rank_high, count))
    if one.rank_low == one.rank_high:
        return language("compare.band.one", low=low, count=of)
    return language("compare.band", low=low, high=high, count=of)


def headline(found: AreaComparison, language: Language) -> str:
    """The one sentence a hurried reader should see."""
    if found.silence:
        return language(f"compare.silence.{found.silence}")
    drawn = [one for one in found.areas if one.rank is not None]
    above, below = (sum(one.outside == side for one in drawn) for side in ("high", "low"))
    average = figure_words(found, found.average, language, unit=True)
    if not above + below:
        return language("compare.none_outside", n=len(drawn), average=average)
    counts = {"above": above, "below": below, "inside": len(drawn) - above - below}
    told: dict[str, Any] = {name: language.number(number) for name, number in counts.items()}
    return language("compare.some_outside", n=len(drawn), average=average, **told)


def own_area(found: AreaComparison, area: str, language: Language) -> str:
    """How one area stands among the others; empty where it has no limits."""
    one = next((one for one in found.areas if one.area == area), None)
    if one is None or one.rank is None:
        return ""
    count = sum(other.rank is not None for other in found.areas)
    return language(
        "compare.own",
        area=found.plan.area_name(area).in_language(language.code),
        figure=figure_words(found, one.value, language, unit=True),
        explained=limits_words(found, one, language),
        band=band_words(one, count, language),
    )


def details(found: AreaComparison, language: Language) -> list[str]:
    """What else the comparison says: spread, ranks, the gap between fifths, who is left out."""
    return [
        *_spread(found, language),
        *_ranks(found, language),
        *_unequal(found, language),
        *_without(found, language),
    ]


def better_words(found: AreaComparison, language: Language) -> str:
    """Which way is better."""
    if found.merit.low is not None:
        held = told_target(found.goal, found.target, language)
        return language("compare.better.nearer", target=held)
    return language("compare.better.higher" if found.merit.more else "compare.better.lower")


def _spread(found: AreaComparison, language: Language) -> list[str]:
    spread = found.spread
    if spread is None:
        return []
    ratio = number_text(spread.ratio, language, digits=2 if spread.ratio < 10 else 0)
    if not spread.found:
        return [language("compare.spread.chance", ratio=ratio)]
    outside = sum(one.beyond_spread is not None for one in found.areas)
    told = [language("compare.spread.found", n=outside, ratio=ratio)]
    return told + ([language("compare.spread.doubtful")] if spread.ratio > DOUBTFUL else [])


def _ranks(found: AreaComparison, language: Language) -> list[str]:
    ranked = [one.standing for one in found.areas if one.standing is not None]
    if not ranked:
        return []
    counts = {name: ranked.count(name) for name in ("better", "worse", "alike")}
    way = better_words(found, language)
    if not counts["better"] + counts["worse"]:
        return [joined((language("compare.ranks.none", n=len(ranked)), way))]
    told: dict[str, Any] = {name: language.number(number) for name, number in counts.items()}
    return [joined((language("compare.ranks.some", n=len(ranked), **told), way))]


def _unequal(found: AreaComparison, language: Language) -> list[str]:
    unequal = found.unequal
    if unequal is None:
        return []
    own = found.ordered_by.id == found.goal.id
    told: dict[str, Any] = {
        "first": figure_words(found, unequal.first, language, unit=True),
        "last": figure_words(found, unequal.last, language, unit=True),
        "gap": difference_words(found, unequal.gap, language),
        "slope": difference_words(found, unequal.slope, language),
    }
    if own:
        return [language("compare.gap.own", **told)]
    name = found.ordered_by.name.in_language(language.code)
    return [language("compare.gap.other", goal=name, **told)]


def _without(found: AreaComparison, language: Language) -> list[str]:
    told = []
    for why in ("has_parts", "not_there"):
        number = sum(one == why for _, one in found.left_out)
        told += [language(f"compare.left_out.{why}", n=number)] if number else []
    withheld = sum(one.state == "withheld" for one in found.areas)
    told += [language("compare.withheld", n=withheld)] if withheld else []
    without = sum(one.value is None for one in found.areas) - withheld
    told += [language("compare.without", n=without)] if without else []
    broken = sum(bool(one.breaks) for one in found.areas)
    if broken and found.base is not None:
        told.append(language("compare.broken", n=broken, base=period_words(found.base)))
    return told


def period_words(code: int) -> object:
    """A period as a text fills it in: by its name in the language."""
    at = period(code)
    return at if hasattr(at, "named") else period_record(code)
