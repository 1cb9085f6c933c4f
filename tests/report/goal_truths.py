"""What the pages of one goal have to state: explored, explained, and compared between areas."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from stated import Place, numbers_of
from truths import Results, Truth, near, of_year, sets, share, shows, split

from planlib.evaluation.verdicts import GoalVerdict
from planlib.outlook.words import Outlook
from planlib.report.pages.record_section import standings


def mine(found: Results) -> GoalVerdict:
    """The verdict the page is about."""
    goal = found.page.goal  # type: ignore[attr-defined]
    return next(one for one in found.verdicts if one.goal.id == goal.id)


def main_target(found: Results, place: Place, told: Any) -> bool:
    one = mine(found)
    return sets(told["target"], replace(one, target=one.goal.main_target()))


def a_place(found: Results, place: Place, told: Any) -> bool:
    return told["paragraph"] in {where.paragraph for where in mine(found).goal.source}


def chance_of(told: Any, chance: float | None) -> bool:
    """A chance in whole percent, or beyond 1 and 99."""
    key, facts = told
    if chance is None or key == "outlook.event.none":
        return chance is None
    if "percent" not in facts:
        return (chance > 0.99) == key.endswith("high")
    return near(facts["percent"], 100 * chance)


def ahead(found: Results) -> Any:
    return found.page.outlook.of(mine(found).goal.id)  # type: ignore[attr-defined]


def forecast(found: Results, place: Place, told: Any) -> bool:
    one = ahead(found)
    key, record = told["record"]
    right = chance_of(told["chance"], one.probability)
    if key != "outlook.record":
        return right and (one.record is None or one.word in set(Outlook))
    mean = near(record["share"], 100 * one.record.k / one.record.n)
    years = record["years"][1]["n"]
    event = [*numbers_of(told["event"])] == [found.page.plan.years[-1]]
    return right and mean and event and (record["n"], record["k"], years) == (
        one.record.n, one.record.k, one.record.years
    )  # fmt: skip


def fan(found: Results, place: Place, told: Any) -> bool:
    end = ahead(found).fan[-1]
    return told["year"] == end.year and all(
        near(number, getattr(end, name))
        for name in ("low_50", "high_50", "low_80", "high_80") for number in numbers_of(told[name])
    )  # fmt: skip


def trend(found: Results, place: Place, told: Any) -> bool:
    one = ahead(found).trend
    right = {"slope": one.slope, "low": one.low, "high": one.high, "coverage": 100 * one.coverage}
    numbers = {name: [*numbers_of(told[name])] for name in right}
    return all(near(numbers[name][0], right[name]) for name in right) and all(
        near(number, one.p) for number in numbers_of(told["direction"])
    )  # fmt: skip


def events(found: Results, place: Place, told: Any) -> bool:
    one = ahead(found)
    return all(chance_of(told[name], getattr(one, name)) for name in ("reached", "holding", "kept"))


def basis(found: Results, place: Place, told: Any) -> bool:
    one = ahead(found)
    return (told["n"], told["year"]) == (one.points, one.last_year)


def record(found: Results, place: Place, told: Any) -> bool:
    overall, *each = standings()
    if "cases" in told:
        return bool(told["cases"] == overall.ours.cases)
    (cover,) = (
        numbers_of(told["cover"]) if not isinstance(told["cover"], float) else (told["cover"],)
    )
    return share(cover, overall.ours.cover_80) and (told["won"], told["indicators"]) == (
        sum(one.better for one in each), len(each)
    )  # fmt: skip


def split_rules(found: Results, place: Place, told: Any) -> bool:
    """On how many goals rules disagree, of those any of them can judge."""
    right = split(found)
    return all(told[name] == right[name] for name in told)


def outside(found: Results, place: Place, told: Any) -> bool:
    """How many areas lie beyond the limits of chance for their size, counted from the limits."""
    areas = [
        one for one in found.page.found.areas if one.lower is not None and one.value is not None
    ]  # type: ignore[attr-defined]
    above = sum(one.value > one.upper for one in areas)
    below = sum(one.value < one.lower for one in areas)
    (average,) = numbers_of(told["average"])
    counts = {"above": above, "below": below, "inside": len(areas) - above - below, "n": len(areas)}
    return near(average, found.page.found.average) and all(  # type: ignore[attr-defined]
        told[name] == number for name, number in counts.items() if name in told
    )  # fmt: skip


def own(found: Results, place: Place, told: Any) -> bool:
    compared = found.page.found  # type: ignore[attr-defined]
    one = next(one for one in compared.areas if one.area == found.page.area)
    ranked = sum(other.rank is not None for other in compared.areas)
    (figure,), (low, high) = numbers_of(told["figure"]), numbers_of(told["explained"])
    band = {one.rank_low, one.rank_high, ranked}
    return near(figure, one.value) and near(low, one.lower) and near(high, one.upper) and set(
        numbers_of(told["band"])
    ) == band  # fmt: skip


def ranks(found: Results, place: Place, told: Any) -> bool:
    """Whose whole band of ranks lies in one half, counted from the bands."""
    areas = [one for one in found.page.found.areas if one.standing is not None]  # type: ignore[attr-defined]
    middle = (len(areas) + 1) / 2
    halves = Counter(
        "better" if one.rank_high < middle else "worse" if one.rank_low > middle else "alike"
        for one in areas
    )  # fmt: skip
    return told["n"] == len(areas) and all(
        told.get(name, 0) == halves[name] for name in ("better", "worse", "alike") if name in told
    )  # fmt: skip


def spread(found: Results, place: Place, told: Any) -> bool:
    compared = found.page.found  # type: ignore[attr-defined]
    beyond = sum(one.beyond_spread is not None for one in compared.areas)
    return near(told["ratio"], compared.spread.ratio) and told.get("n", beyond) == beyond


def unequal(found: Results, place: Place, told: Any) -> bool:
    gaps = found.page.found.unequal  # type: ignore[attr-defined]
    right = {
        "first": gaps.first,
        "last": gaps.last,
        "gap": gaps.last - gaps.first,
        "slope": gaps.slope,
    }
    return all(near(next(numbers_of(told[name])), number) for name, number in right.items())


def of_period(found: Results, place: Place, told: Any) -> bool:
    right = {"period": found.year, "base": found.page.found.base}  # type: ignore[attr-defined]
    return all(told[name] == right[name] for name in set(told) & set(right))


def number(count: Any) -> Truth:
    return lambda found, place, told: told["n"] == count(found)


GOAL_TRUTHS: dict[str, Truth] = {
    "reading.target": main_target,
    **dict.fromkeys(
        ("title.explore", "heading.by_year", "heading.made", "heading.reading_of", "made.basis.share",
         "heading.methods.verdict", "heading.methods.forecast", "methods.forecast.ask", "caption.rules",
         "made.decided"), of_year),
    "explore.summary": lambda f, place, told: of_year(f, place, {"year": told["year"]})
    and shows(told["figure"], mine(f)) and sets(told["target"], mine(f)),
    "made.target": lambda f, place, told: sets(told["target"], mine(f)),
    "made.figure": lambda f, place, told: shows(told["figure"], mine(f)),
    "made.level": lambda f, place, told: near(told["level"], 100 * (mine(f).level or 0.0)),
    "made.road": lambda f, place, told: near(told["road"], 100 * (mine(f).road or 0.0)),
    "heading.vintages": number(lambda f: len(f.page.profile.points)),
    "place": a_place, "place.noted": a_place,
    "methods.forecast.chance": forecast,
    "outlook.range": fan, "outlook.trend": trend, "outlook.events": events,
    "outlook.basis": basis, "outlook.basis.pooled": basis,
    "record.how": record, "record.result": record, "record.result.not": record,
    "heading.methods.all": split_rules, "methods.all.how": split_rules,
    **dict.fromkeys(("title.compare", "caption.compare.areas", "caption.compare.ranks",
                     "heading.compare.change", "caption.compare.change"), of_period),
    "compare.areas_counted": number(lambda f: len(f.page.found.areas)),
    "compare.some_outside": outside, "compare.none_outside": outside,
    "compare.own": own, "compare.spread.found": spread, "compare.spread.chance": spread,
    "compare.ranks.some": ranks, "compare.ranks.none": ranks,
    "compare.gap.own": unequal, "compare.gap.other": unequal,
    "compare.withheld": number(lambda f: sum(one.state == "withheld" for one in f.page.found.areas)),
    "compare.without": number(lambda f: sum(
        one.value is None and one.state != "withheld" for one in f.page.found.areas)),
    "compare.broken": lambda f, place, told: of_period(f, place, told) and told["n"] == sum(
        bool(one.breaks) for one in f.page.found.areas),
}  # fmt: skip
